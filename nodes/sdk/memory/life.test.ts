import { describe, expect, test } from 'vitest';
import { nodeId } from '../../../src/core/ids.ts';
import { Life, presentLife } from './life.ts';
import { Timeline } from './timeline.ts';

/** A life that notes what happens to it and what it threw. */
function aLife() {
  const timeline = new Timeline();
  const thrown: unknown[] = [];
  const life = new Life(nodeId(1), timeline, (_, error) => thrown.push(error));
  const done: string[] = [];
  const note = (what: string) => life.act(() => void done.push(what));
  const pass = async (): Promise<void> => {
    while (await timeline.step(timeline.nowMs + 1000)) continue;
  };
  return { life, timeline, thrown, done, note, pass };
}

describe('what happens to a node', () => {
  test('happens at once while it runs', () => {
    const { done, note } = aLife();
    note('a');
    expect(done).toEqual(['a']);
  });

  test('waits while it is paused, and then happens in its order', async () => {
    const { life, done, note, pass } = aLife();
    life.pause();
    for (const what of ['a', 'b', 'c']) note(what);
    await pass();
    expect(done).toEqual([]);
    life.resume();
    await pass();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  test('comes behind what waited, even when it comes after the resuming', async () => {
    const { life, done, note, pass } = aLife();
    life.pause();
    note('a');
    note('b');
    life.resume();
    note('c');
    expect(done).toEqual([]);
    await pass();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  test('comes behind what waited, too, when it comes from there', async () => {
    const { life, done, note, pass } = aLife();
    life.pause();
    life.act(() => {
      done.push('a');
      note('c');
    });
    note('b');
    life.resume();
    await pass();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  test('waits again when it is paused in the middle of what waited, and none of it is lost or doubled', async () => {
    const { life, timeline, done, note, pass } = aLife();
    life.pause();
    for (const what of ['a', 'b', 'c', 'd']) note(what);
    life.resume();
    await timeline.step(1000);
    life.pause();
    await pass();
    expect(done).toEqual(['a']);
    life.resume();
    life.pause();
    life.resume();
    note('e');
    await pass();
    expect(done).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('never happens once it is dead', async () => {
    const { life, done, note, pass } = aLife();
    life.pause();
    note('a');
    life.end();
    life.resume();
    note('b');
    await pass();
    expect(done).toEqual([]);
    expect(life.state).toBe('dead');
  });

  test('is told apart from what happens to nobody, through promises too', async () => {
    const { life } = aLife();
    const seen: (Life | undefined)[] = [presentLife()];
    life.act(() => {
      seen.push(presentLife());
      void Promise.resolve().then(() => seen.push(presentLife()));
    });
    await Promise.resolve();
    expect(seen).toEqual([undefined, life, life]);
  });
});

describe('what a node throws', () => {
  test('is told of, and comes to nobody else', () => {
    const { life, thrown } = aLife();
    life.act(() => {
      throw new Error('a defect');
    });
    expect(thrown).toEqual([new Error('a defect')]);
  });

  test('is told of when it was held, too', async () => {
    const { life, thrown, pass } = aLife();
    life.pause();
    life.act(() => {
      throw new Error('a defect');
    });
    expect(thrown).toEqual([]);
    life.resume();
    await pass();
    expect(thrown).toEqual([new Error('a defect')]);
  });

  test('after its end is nobody’s', () => {
    const { life, thrown } = aLife();
    life.end();
    life.failed(new Error('too late'));
    expect(thrown).toEqual([]);
  });
});
