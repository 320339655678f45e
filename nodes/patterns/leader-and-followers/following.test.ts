import { describe, expect, test } from 'vitest';
import { loneEnv } from '../../sdk/memory/lone-env.fixture.ts';
import { generation } from '../generation-clock/generation.ts';
import { openGenerationClock } from '../generation-clock/generation-clock.ts';
import { reconcile } from '../high-water-mark/conflicting-suffix.ts';
import { highWaterMark } from '../high-water-mark/high-water-mark.ts';
import { logIndex, type LogEntry } from '../write-ahead-log/entry.ts';
import { openWriteAheadLog } from '../write-ahead-log/log.ts';
import { committedLog } from './committed-log.ts';
import { following } from './following.ts';
import type { Append } from './messages.ts';

const entry = (index: number, of: number): LogEntry<string> => ({
  index: logIndex(index),
  generation: generation(of),
  command: `${of}.${index}`,
});

/** A follower in generation 3 whose log has entries of these generations, and what it has shown. */
async function follower(generations: readonly number[]) {
  const lone = loneEnv();
  const env = lone.env();
  const log = await lone.settle(openWriteAheadLog<string>(env));
  const clock = await lone.settle(openGenerationClock(env));
  await lone.settle(clock.enter(generation(3)));
  for (const of of generations) log.append(generation(of), `${of}.${log.last.index + 1}`);
  await lone.settle(log.sync());
  const shown: string[] = [];
  const committed = committedLog(env, log, highWaterMark(2), ({ command }) => shown.push(command));
  const follow = following({ log, committed, generations: clock, reconcile });
  const append = (before: readonly [number, number], entries: LogEntry<string>[], mark: number) => {
    const message: Append<string> = {
      kind: 'append',
      generation: generation(3),
      before: { index: logIndex(before[0]), generation: generation(before[1]) },
      entries,
      mark: logIndex(mark),
    };
    return lone.settle(follow.append(message));
  };
  const beat = (mark: number): void =>
    follow.beat({
      kind: 'beat',
      generation: generation(3),
      mark: logIndex(mark),
      round: 1,
      isRegular: true,
    });
  return { append, beat, log, shown, forgetLeader: () => follow.forgetLeader() };
}

describe('a follower', () => {
  test('acknowledges entries when they are durable', async () => {
    const { append, log } = await follower([]);
    const answer = await append([0, 0], [entry(1, 3), entry(2, 3)], 0);
    expect(answer).toMatchObject({ kind: 'appended', matched: 2 });
    expect(log.durable).toBe(2);
  });

  test('says where its log differs, and changes nothing', async () => {
    const { append, log } = await follower([1, 2]);
    const answer = await append([2, 1], [entry(3, 3)], 0);
    expect(answer).toMatchObject({ kind: 'mismatched', hint: { at: { index: 2, generation: 2 } } });
    expect(log.last.index).toBe(2);
  });

  test('shows what the mark covers, once, in order', async () => {
    const { append, beat, shown } = await follower([]);
    await append([0, 0], [entry(1, 3), entry(2, 3), entry(3, 3)], 1);
    expect(shown).toEqual(['3.1']);
    beat(3);
    beat(3);
    beat(2);
    expect(shown).toEqual(['3.1', '3.2', '3.3']);
  });

  test('does not show an older leader’s entry that the mark covers, before its log is verified', async () => {
    const { append, beat, shown } = await follower([1, 2, 2]);
    beat(3);
    expect(shown).toEqual([]);
    await append([1, 1], [entry(2, 3), entry(3, 3)], 3);
    expect(shown).toEqual(['1.1', '3.2', '3.3']);
  });

  test('forgets in a new generation what was verified in the last', async () => {
    const { append, beat, shown, forgetLeader } = await follower([]);
    await append([0, 0], [entry(1, 3), entry(2, 3)], 1);
    forgetLeader();
    beat(2);
    expect(shown).toEqual(['3.1']);
  });

  test('an append without entries verifies what is before it', async () => {
    const { append, shown } = await follower([1, 2]);
    expect(await append([2, 2], [], 2)).toMatchObject({ kind: 'appended', matched: 2 });
    expect(shown).toEqual(['1.1', '2.2']);
  });

  test('a late append with fewer entries takes nothing back', async () => {
    const { append, log } = await follower([]);
    await append([0, 0], [entry(1, 3), entry(2, 3)], 0);
    expect(await append([0, 0], [entry(1, 3)], 0)).toMatchObject({ kind: 'appended', matched: 1 });
    expect(log.last.index).toBe(2);
  });
});
