import { describe, expect, test } from 'vitest';
import type { DrawnMessage, SpaceTime } from '../../space-time/model.ts';
import type { Call } from './calls.ts';
import { layOut } from './layout.ts';

const message = (
  sentUs: number,
  arrivedUs: number | null,
  [from, to]: readonly [number, number] = [1, 2],
  kind = 0,
): DrawnMessage => ({ sentUs, arrivedUs, from, to, kind, text: '' });

const diagram = (...messages: readonly DrawnMessage[]): SpaceTime => ({
  segments: [{ startUs: 1000, endUs: 9000 }],
  lifelines: ['clients', 'n1', 'n2'],
  kinds: [
    { name: 'append', count: 2, routine: false },
    { name: 'beat', count: 2, routine: true },
  ],
  messages,
  events: [],
  outages: [],
  faults: [],
  messagesLeftOut: 0,
  eventsLeftOut: 0,
});

const call = (client: number, callUs: number, endUs: number, open = false): Call => ({
  operation: callUs,
  says: 'write 1',
  client,
  callUs,
  endUs,
  open,
  outcome: open ? 'info' : 'ok',
  part: 'evidence',
});

const all = { widthMin: 900, zoom: 1, isShown: () => true };

describe('a message', () => {
  test('goes from its sender’s line down to its receiver’s', () => {
    const { arrows, xs, y } = layOut(
      diagram(message(2000, 2500), message(3000, 3400, [2, 0])),
      [],
      all,
    );
    expect(arrows).toEqual([
      { x1: xs[1], y1: y(2000), x2: xs[2], y2: y(2500), end: 'arrives' },
      { x1: xs[2], y1: y(3000), x2: xs[0], y2: y(3400), end: 'arrives' },
    ]);
    expect(arrows[0]!.y2).toBeGreaterThan(arrows[0]!.y1);
  });

  test('that never arrived ends before its receiver', () => {
    const { arrows, xs } = layOut(diagram(message(2000, null)), [], all);
    expect(arrows[0]!.end).toBe('lost');
    expect(arrows[0]!.x2).toBeGreaterThan(xs[1]!);
    expect(arrows[0]!.x2).toBeLessThan(xs[2]!);
  });

  test('that arrives later than what is drawn leaves it, and is not taken for lost', () => {
    const { arrows, bottom, height } = layOut(diagram(message(8900, 20_000)), [], all);
    expect(arrows[0]).toMatchObject({ end: 'leaves' });
    expect(arrows[0]!.y2).toBeGreaterThan(bottom);
    expect(arrows[0]!.y2).toBeLessThan(height);
  });

  test('that was sent before what is drawn comes in over the upper edge', () => {
    const { arrows, xs, top } = layOut(diagram(message(10, 2000)), [], all);
    expect(arrows[0]).toMatchObject({ y1: top, x2: xs[2], end: 'arrives' });
    expect(arrows[0]!.x1).toBeGreaterThan(xs[1]!);
  });

  test('of a kind that is hidden takes no room', () => {
    const messages = [message(2000, 2500), message(3000, 3500, [1, 2], 1)];
    const shown = layOut(diagram(...messages), [], all);
    const hidden = layOut(diagram(...messages), [], { ...all, isShown: (kind) => kind === 0 });
    expect(hidden.arrows.map((arrow) => arrow !== undefined)).toEqual([true, false]);
    expect(hidden.height).toBeLessThan(shown.height);
  });
});

describe('an operation', () => {
  test('is as long as it took, left of the clients’ line, and its words fit', () => {
    const { bars, y, xs } = layOut(diagram(message(2000, 2500)), [call(1, 2000, 2010)], all);
    expect(bars[0]).toMatchObject({ y: y(2000), openAbove: false, openBelow: false });
    expect(bars[0]!.height).toBeCloseTo(y(2010) - y(2000));
    expect(bars[0]!.height).toBeGreaterThanOrEqual(20);
    expect(bars[0]!.x + bars[0]!.width).toBeLessThan(xs[0]!);
  });

  test('has a lane of its own while another is under way, and not after it', () => {
    const calls = [
      call(1, 2000, 4000),
      call(2, 3000, 5000),
      call(1, 4500, 6000),
      call(2, 5000, 6000),
    ];
    const { bars } = layOut(diagram(message(2000, 2500)), calls, all);
    expect(bars[1]!.x).toBeGreaterThan(bars[0]!.x);
    expect([bars[2]!.x, bars[3]!.x]).toEqual([bars[0]!.x, bars[1]!.x]);
  });

  test('without an end is open to the end of what is drawn', () => {
    const { bars, bottom } = layOut(diagram(message(2000, 2500)), [call(1, 10, 3000, true)], all);
    expect(bars[0]).toMatchObject({ openAbove: true, openBelow: true });
    expect(bars[0]!.y + bars[0]!.height).toBe(bottom);
  });

  test('before or after what is drawn is left out', () => {
    const calls = [call(1, 10, 20), call(1, 9500, 9600)];
    expect(layOut(diagram(message(2000, 2500)), calls, all).bars).toEqual([]);
  });
});

test('it is as wide as was asked, or as its lines need', () => {
  const one = diagram(message(2000, 2500));
  expect(layOut(one, [], all).width).toBeCloseTo(900);
  expect(layOut(one, [], { ...all, widthMin: 100 }).width).toBeGreaterThan(300);
});
