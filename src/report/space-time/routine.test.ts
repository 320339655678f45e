import { expect, test } from 'vitest';
import { isRoutine } from './routine.ts';

test.each(['beat', 'beat-answer', 'Heartbeat_response', 'pong', 'keep-alive', 'status-answer'])(
  '%s is sent whatever happens',
  (kind) => {
    expect(isRoutine(kind)).toBe(true);
  },
);

test.each(['append', 'vote-request', 'beaten', 'request', 'no-beat', ''])('%s is not', (kind) => {
  expect(isRoutine(kind)).toBe(false);
});
