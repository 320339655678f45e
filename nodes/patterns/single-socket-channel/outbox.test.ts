import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { outbox } from './outbox.ts';

describe('outbox', () => {
  test('numbers messages from 1 and keeps them until they are acknowledged', () => {
    const box = outbox<string>(10);
    expect([box.push('a'), box.push('b'), box.push('c')]).toEqual([1, 2, 3]);
    expect(box.acknowledge(2)).toBe(true);
    expect(box.unacknowledged()).toEqual([{ number: 3, message: 'c' }]);
  });

  test('refuses a message that does not fit, and takes the next after an acknowledgement', () => {
    const box = outbox<string>(1);
    expect([box.push('a'), box.push('b')]).toEqual([1, undefined]);
    box.acknowledge(1);
    expect(box.push('c')).toBe(2);
  });

  test.each([
    ['one that is no longer kept', 1],
    ['one that was never sent', 4],
  ])('cannot go on from %s', (_, received) => {
    const box = outbox<string>(10);
    for (const message of ['a', 'b', 'c']) box.push(message);
    box.acknowledge(2);
    expect(box.acknowledge(received)).toBe(false);
    expect(box.acknowledged).toBe(2);
  });

  const step = fc.oneof(
    fc.constant({ push: true }),
    fc.record({ push: fc.constant(false), upTo: fc.nat({ max: 30 }) }),
  );
  test.prop([fc.array(step), fc.integer({ min: 1, max: 5 })])(
    'what is kept is what was taken and not acknowledged, without gap, and never too much',
    (steps, sizeMax) => {
      const box = outbox<number>(sizeMax);
      let taken = 0;
      for (const one of steps) {
        if ('upTo' in one) box.acknowledge(one.upTo);
        else if (box.push(taken + 1) !== undefined) taken++;
        const kept = box.unacknowledged();
        expect(kept.length).toBeLessThanOrEqual(sizeMax);
        expect(box.acknowledged + kept.length).toBe(taken);
        expect(kept.every(({ number, message }) => number === message)).toBe(true);
      }
    },
  );
});
