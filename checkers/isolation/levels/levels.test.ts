import { describe, expect, test } from 'vitest';
import { anomalyOrder } from '../verdicts.ts';
import { closureOf } from './anomalies.ts';
import { decidedLevels, excludedBy, levelNamed, levels, summaryOf } from './levels.ts';

describe('the lattice of levels', () => {
  test('every level implies levels that there are, and none itself', () => {
    const stronger = (name: string, path: readonly string[] = []): void => {
      expect(path).not.toContain(name);
      for (const weaker of levels[name]!.implies) {
        expect(Object.keys(levels)).toContain(weaker);
        stronger(weaker, [...path, name]);
      }
    };
    for (const name of Object.keys(levels)) stronger(name);
  });

  test('nothing is excluded by nothing, and everything but oddities of writes by a dirty write', () => {
    expect(summaryOf([])).toEqual({ anomalyTypes: [], not: [], alsoNot: [] });
    const excluded = excludedBy(['G0']);
    for (const level of decidedLevels) expect(excluded).toContain(level);
  });

  test.each(anomalyOrder)('%s excludes strict serializability', (anomaly) => {
    expect(excludedBy([anomaly])).toContain('strict-serializable');
  });

  test.each([
    [
      'G-single-item',
      ['consistent-view', 'repeatable-read'],
      ['snapshot-isolation', 'serializable'],
    ],
    ['G2-item', ['repeatable-read'], ['serializable', 'strict-serializable']],
    ['G1a', ['read-committed'], ['repeatable-read', 'read-atomic', 'snapshot-isolation']],
    ['G2-item-realtime', ['strict-serializable'], []],
    ['G-single-item-realtime', ['strong-snapshot-isolation'], ['strict-serializable']],
    ['G1c-process', ['strong-session-read-committed'], ['strong-session-serializable']],
  ])('%s excludes %j and what is stronger', (anomaly, not, among) => {
    const summary = summaryOf([anomaly]);
    expect(summary.not).toEqual(not);
    expect(summary.alsoNot).toEqual(expect.arrayContaining(among));
  });

  test('what needs real time excludes no level without it', () => {
    for (const anomaly of anomalyOrder.filter((name) => name.endsWith('-realtime')))
      expect(excludedBy([anomaly])).not.toContain('serializable');
  });

  test('an anomaly without need of an order is one with it, not the other way', () => {
    expect(closureOf(['G0'])).toContain('G1c-realtime');
    expect(closureOf(['G0-realtime'])).not.toContain('G1c');
  });

  test('levels have the names of Adya too', () => {
    expect(levelNamed('PL-3')).toBe('serializable');
    expect(levelNamed('PL-2+')).toBe('consistent-view');
    expect(levelNamed('serializable')).toBe('serializable');
  });
});
