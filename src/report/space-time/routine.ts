/**
 * Which messages are sent whether or not anything happens: signs of life, acknowledgements of a channel, probes. They
 * are most of what a calm network carries, so a diagram hides them until asked for.
 *
 * Told by the kind's name, as the systems of this repository and most others name them.
 */

const routineWords = new Set([
  'beat',
  'heartbeat',
  'ping',
  'pong',
  'keepalive',
  'probe',
  'status',
  'hello',
  'welcome',
  'resume',
  'received',
]);

/** `beat`, `beat-answer`, `Heartbeat_response`; not a kind whose first word only begins like one, `beaten`. */
export function isRoutine(kind: string): boolean {
  const [first, second] = kind.toLowerCase().split(/[^a-z]+/);
  return routineWords.has(first ?? '') || `${first}${second}` === 'keepalive';
}
