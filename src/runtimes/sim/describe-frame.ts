/** A frame in a few words, for people who look at a run: its kind, and what it says, as short as it can be said. */
import type { Frame } from '../../../nodes/sdk/network.ts';

export interface FrameWords {
  readonly kind: string;
  readonly text: string;
}

const textCharsMax = 80;

/** Of a message in a channel's envelope the message is told: the envelope is the same for all. */
export function describeFrame(frame: Frame): FrameWords {
  const { message } = frame as { readonly message?: unknown };
  const told = isFrame(message) ? message : frame;
  const fields = Object.entries(told).filter(([name]) => name !== 'kind');
  const text = fields.map(([name, value]) => `${name} ${words(value)}`).join(', ');
  return {
    kind: told.kind,
    text: text.length > textCharsMax ? `${text.slice(0, textCharsMax)}…` : text,
  };
}

/** The number of items, the fields of an object in their order without their names, anything else as it is. */
function words(value: unknown): string {
  if (Array.isArray(value)) return `×${value.length}`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `(${Object.values(value).map(words).join(' ')})`;
}

const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
