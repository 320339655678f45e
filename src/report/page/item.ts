/**
 * Something in a diagram that can be pointed at and moved to by key: what it says is beside the pointer, beside itself
 * while it has the focus, and its name for a screen reader.
 */
import { svg } from './dom.ts';
import type { Tooltip } from './tooltip.ts';

export interface Item {
  /** The same whenever the diagram is drawn again. */
  readonly key: string;
  /** Where it begins along the diagram. */
  readonly at: number;
  readonly element: SVGGElement;
}

interface Description {
  readonly key: string;
  readonly at: number;
  readonly names: readonly (string | false)[];
  readonly lines: readonly string[];
  /** What a click and Enter do, if anything. */
  readonly act?: () => void;
  readonly pressed?: boolean;
}

export function item(
  tooltip: Tooltip,
  { key, at, names, lines, act, pressed }: Description,
  ...children: readonly SVGElement[]
): Item {
  const element = svg(
    'g',
    {
      class: ['item', ...names].filter((name) => name !== false).join(' '),
      'data-key': key,
      tabindex: -1,
      role: act === undefined ? 'img' : 'button',
      'aria-label': lines.join(', '),
      'aria-pressed': pressed === undefined ? undefined : String(pressed),
      click: () => act?.(),
      keydown: (event: KeyboardEvent) => {
        if (act === undefined || (event.key !== 'Enter' && event.key !== ' ')) return;
        event.preventDefault();
        act();
      },
      pointermove: (event: PointerEvent) => tooltip.show(lines, event.clientX, event.clientY),
      pointerleave: tooltip.hide,
      focus: () => {
        // A click focuses too, and then the pointer has its words beside it already.
        if (!element.matches(':focus-visible')) return;
        const { left, width, bottom } = element.getBoundingClientRect();
        tooltip.show(lines, left + width / 2, Math.min(bottom, innerHeight - 40));
      },
      blur: tooltip.hide,
    },
    ...children,
  );
  return { key, at, element };
}
