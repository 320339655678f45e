import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { EndOfTick } from './end-of-tick.ts';

describe('the end of a turn', () => {
  test('keeps the trace before it lets frames go, once for all that happened in the turn', async () => {
    const done: string[] = [];
    const end = new EndOfTick(() => done.push('trace'));
    end.sendWaits(() => done.push('frame 1'));
    end.traceWaits();
    end.sendWaits(() => done.push('frame 2'));
    expect(done).toEqual([]);
    await turn();
    expect(done).toEqual(['trace', 'frame 1', 'frame 2']);
  });

  test('what is said while it ends leaves at the end of the next', async () => {
    const done: string[] = [];
    const end = new EndOfTick(() => done.push('trace'));
    end.sendWaits(() => end.sendWaits(() => done.push('later')));
    await turn();
    expect(done).toEqual(['trace']);
    await turn();
    expect(done).toEqual(['trace', 'trace', 'later']);
  });
});
