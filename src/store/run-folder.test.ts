import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '../core/plan.ts';
import { createRunFolder, readPlan } from './run-folder.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dsp-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sample = fileURLToPath(new URL('../../results/sample', import.meta.url));
const write = (plan: object) => writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));

describe('the plan of a recorded run', () => {
  test('is read as it was written', () => {
    const plan: Plan = { ...readPlan(sample), images: { base: 'node:24-slim' } };
    expect(readPlan(createRunFolder(folder, plan, new Date(0)))).toEqual(plan);
  });

  test('names no images when it is older than they are', () => {
    const { images: _, ...older } = readPlan(sample);
    write(older);
    expect(readPlan(folder)).toEqual({ ...older, images: {} });
  });

  test.each([
    ['of another version', { format: 'dsp-plan', version: 2 }, /is not a plan of version 1/],
    ['of something else', { format: 'dsp-verdict', version: 1 }, /is not a plan of version 1/],
  ])('%s is refused', (_, plan, message) => {
    write(plan);
    expect(() => readPlan(folder)).toThrow(message);
  });
});
