import { expect, test } from 'vitest';
import { nodeIds } from '../../../src/core/ids.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { Losses } from './losses.ts';
import type { Pipe } from './pipe.ts';
import { Timeline } from './timeline.ts';
import { Ways } from './ways.ts';

const [n1, n2, n3] = nodeIds(3);

/** Connections are opened one after another; each says when it would break. */
function cables(perHour: number) {
  const timeline = new Timeline();
  const random = seededRandom(1);
  const losses = new Losses(timeline, random, perHour);
  const ways = new Ways(random, { latencyMsMin: 1, latencyMsMax: 1, slowShare: 0 });
  const open = (to = n2!) => {
    let lostAtMs = Number.POSITIVE_INFINITY;
    const pipe = {
      there: ways.of(n1!, to),
      resetAfter: (delayMs: number) => void (lostAtMs = timeline.nowMs + delayMs),
    } as unknown as Pipe;
    losses.threaten(pipe);
    return { lostAtMs, close: () => losses.forget(pipe) };
  };
  return { open, timeline };
}

test('without losses nothing breaks', () => {
  expect(cables(0).open().lostAtMs).toBe(Number.POSITIVE_INFINITY);
});

test('an hour of one connection after another has about as many losses as it should', async () => {
  const { open, timeline } = cables(1000);
  let losses = -1;
  for (let nowMs = 0; nowMs < 3_600_000; losses++) {
    await timeline.step(nowMs);
    const { lostAtMs, close } = open();
    expect(lostAtMs).toBeGreaterThan(nowMs);
    nowMs = lostAtMs;
    close();
  }
  expect(losses).toBeGreaterThan(900);
  expect(losses).toBeLessThan(1100);
});

test('a connection takes no loss from another: neither on its link, while that one lasts, nor on other links', () => {
  const alone = cables(100);
  const beside = cables(100);
  beside.open(n3);
  const first = beside.open();
  expect(first.lostAtMs).toBe(alone.open().lostAtMs);
  expect(beside.open().lostAtMs).not.toBe(first.lostAtMs);
});

test('what is opened in place of one that has ended would break when that one would have', () => {
  const { open } = cables(100);
  const first = open();
  const second = open();
  first.close();
  expect(open().lostAtMs).toBe(first.lostAtMs);
  expect(second.lostAtMs).not.toBe(first.lostAtMs);
});
