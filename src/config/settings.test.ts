import { describe, expect, test } from 'vitest';
import { configSchema } from './schema.ts';
import { seedOfRun, settingsOf } from './settings.ts';

const complete = (config: object) => settingsOf(configSchema.parse(config));

describe('settings', () => {
  test('2n stands for twice the nodes', () => {
    expect(complete({ nodes: 3, concurrency: '2n' }).concurrency).toBe(6);
  });

  test('a plain number stands for itself', () => {
    expect(complete({ nodes: 3, concurrency: 4 }).concurrency).toBe(4);
  });

  test('none adds no nemesis to the others', () => {
    expect(complete({ nemesis: ['none'] }).nemeses).toEqual([]);
    expect(complete({ nemesis: ['kill', 'none', 'pause'] }).nemeses).toEqual(['kill', 'pause']);
  });

  test('a seed is drawn when none is given, and kept when one is', () => {
    expect(complete({}).seed).not.toBe(complete({}).seed);
    expect(complete({ seed: '7' }).seed).toBe('7');
  });
});

describe('the seeds of repeated runs', () => {
  test('a number counts up', () => {
    expect([1, 2, 3].map((ordinal) => seedOfRun('41', ordinal))).toEqual(['41', '42', '43']);
  });

  test('a text is numbered', () => {
    expect([1, 2].map((ordinal) => seedOfRun('monday', ordinal))).toEqual(['monday', 'monday-2']);
  });
});
