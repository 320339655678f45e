import { expect, test } from 'vitest';
import type { Plan } from '../core/plan.ts';
import { checkSchedule } from './check-schedule.ts';
import { planText } from './plan-text.ts';

const good = { atNs: 5, thread: 1, f: 'read', value: null };
const plan = (schedule: unknown): Plan =>
  ({ format: 'dsp-plan', concurrency: 2, nemeses: ['kill'], schedule }) as unknown as Plan;
const withOperations = (...operations: unknown[]): Plan => plan({ calm: true, operations });

test.each([
  ['no schedule', plan(undefined)],
  ['an empty one', withOperations()],
  [
    'operations of clients and nemeses',
    withOperations(good, { ...good, thread: 'nemesis:kill', f: 'start' }),
  ],
])('%s can be played', (_, checked) => {
  expect(() => checkSchedule(checked, 'plan.json')).not.toThrow();
});

test.each([
  [plan([]), 'plan.json: schedule is not an object'],
  [plan({ operations: [] }), 'plan.json: schedule.calm is neither true nor false'],
  [plan({ calm: true }), 'plan.json: schedule.operations is not a list'],
  [withOperations(null), 'plan.json: schedule.operations[0] is not an object'],
  [
    withOperations(good, { ...good, atNs: 4 }),
    'plan.json: schedule.operations[1].atNs is 4, not a whole number of nanoseconds, 5 or later',
  ],
  [withOperations({ ...good, atNs: '5' }), 'plan.json: schedule.operations[0].atNs is "5", not'],
  [
    withOperations({ ...good, thread: 2 }),
    'schedule.operations[0].thread is 2: neither one of 2 client threads',
  ],
  [withOperations({ ...good, thread: 'nemesis:pause' }), '.thread is "nemesis:pause": neither'],
  [
    withOperations({ ...good, thread: 'nemesis:kill' }),
    '.f is read; a nemesis knows start and stop',
  ],
  [withOperations({ ...good, f: 7 }), 'schedule.operations[0].f is not a text'],
  [
    withOperations({ ...good, key: {} }),
    'schedule.operations[0].key is neither a number nor a text',
  ],
])('another is bad data, named by its place: %#', (checked, message) => {
  expect(() => checkSchedule(checked, 'plan.json')).toThrow(
    expect.objectContaining({ code: 'data', message: expect.stringContaining(message) as string }),
  );
});

test.each([plan(undefined), withOperations(), withOperations(good, good)])(
  'the text of a plan is its JSON, with an operation a line: %#',
  (written) => {
    const text = planText(written);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(written)));
    const lines = text.split('\n').filter((line) => line.includes('"atNs"'));
    expect(lines).toHaveLength(written.schedule?.operations.length ?? 0);
  },
);
