import { describe, expect, test } from 'vitest';
import { partsWith, plantedBugs } from './parts.ts';

const right = partsWith([]);

describe('parts', () => {
  test.each(plantedBugs.map(({ id }) => id))('%s takes the place of one part', (id) => {
    const parts = partsWith([id]);
    const replaced = Object.keys(right).filter(
      (socket) => parts[socket as keyof typeof parts] !== right[socket as keyof typeof right],
    );
    expect(replaced.length).toBe(1);
  });

  test('bugs in different parts can be planted together', () => {
    const parts = partsWith(['quorum/half-is-enough', 'generation-clock/generation-in-memory']);
    expect(parts.quorum).not.toBe(right.quorum);
    expect(parts.openGenerationClock).not.toBe(right.openGenerationClock);
  });

  test('two in the same part cannot', () => {
    const both = [
      'leader-and-followers/vote-twice-in-generation',
      'leader-and-followers/ignore-log-in-vote',
    ];
    expect(() => partsWith(both)).toThrow(`${both[1]} and ${both[0]} replace the same part`);
  });

  test('the same bug twice is planted once', () => {
    const id = 'quorum/half-is-enough';
    expect(partsWith([id, id]).quorum).not.toBe(right.quorum);
  });

  test('a bug that is not known is refused by its name', () => {
    expect(() => partsWith(['quorum/half'])).toThrow('--bug: quorum/half is not known');
  });

  test('every bug says what it does, under which faults it shows and as what', () => {
    for (const { id, mistake, shows } of plantedBugs) {
      expect(id).toMatch(/^[a-z-]+\/[a-z-]+$/);
      expect(mistake.length).toBeGreaterThan(10);
      expect(shows.under.length * shows.as.length).toBeGreaterThan(0);
    }
  });
});
