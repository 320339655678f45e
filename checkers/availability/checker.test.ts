import { describe, expect, test } from 'vitest';
import type { Entry, History } from '../../src/core/history/entry.ts';
import { defaultBudget } from '../../src/core/seams/checker.ts';
import { traceOf } from '../../src/core/trace.ts';
import { describeVerdict } from '../../src/core/verdict.ts';
import type { CheckResult } from '../../src/core/verdict.ts';
import { availability } from './checker.ts';

type Unplaced = Omit<Entry, 'index' | 'timeNs'>;

const placed = (entry: Unplaced, index: number): Entry => ({ ...entry, index, timeNs: index });

const historyOf = (entries: readonly Unplaced[]): History => ({
  header: { format: 'dsp-history', version: 1, originNs: 0, startedAt: '' },
  entries: entries.map(placed),
  torn: false,
});

const check = async (...groups: readonly (readonly Unplaced[])[]): Promise<CheckResult> =>
  availability.check(
    { history: historyOf(groups.flat()), trace: traceOf([]), nodes: [] },
    defaultBudget,
  );

const verdict = async (...groups: readonly (readonly Unplaced[])[]): Promise<string> =>
  describeVerdict((await check(...groups)).verdict);

const phase = (f: string, value: unknown = null): Unplaced[] => [
  { process: 'phase', type: 'info', f, value },
];

const client = (process: number, f: string, type: Entry['type'], error?: string): Unplaced[] => [
  { process, type: 'invoke', f, value: 1 },
  { process, type, f, value: 1, ...(error === undefined ? {} : { error }) },
];

const nemesis = (f: 'start' | 'stop', type: Entry['type']): Unplaced[] => [
  { process: 'nemesis:kill', type: 'invoke', f, value: null },
  { process: 'nemesis:kill', type, f, value: null },
];

const works = [...client(0, 'read', 'ok'), ...client(1, 'write', 'ok')];

const recover = phase('recover', { boundSeconds: 10, threads: 2 });
const finalReads = (recoveredThreads: number) =>
  phase('final-reads', { recoveredThreads, threads: 2 });

describe('vacuity', () => {
  test('reads and writes that succeeded are enough without faults', async () => {
    expect(await verdict(works)).toBe('valid');
  });

  test('nothing that succeeded is not', async () => {
    expect(await verdict(client(0, 'read', 'fail'))).toBe('unknown (vacuous)');
    expect(await verdict([])).toBe('unknown (vacuous)');
  });

  test('reads alone are not, where writes were tried', async () => {
    const tried = [...client(0, 'read', 'ok'), ...client(1, 'write', 'fail')];
    expect(await check(tried)).toMatchObject({
      verdict: { verdict: 'unknown', reason: 'vacuous' },
      summary: expect.stringContaining('no write succeeded') as string,
    });
    expect(await verdict(client(0, 'read', 'ok'))).toBe('valid');
  });

  test('a fault in force while an operation is open counts', async () => {
    const during = [...nemesis('start', 'ok'), ...works, ...nemesis('stop', 'ok')];
    expect(await check(during)).toMatchObject({
      verdict: { verdict: 'valid' },
      figures: { faultsPlanned: 1, faultsInstalled: 1, faultsMetByOperations: 1 },
    });
  });

  test('a fault that was healed before any operation does not', async () => {
    const before = [...nemesis('start', 'ok'), ...nemesis('stop', 'ok'), ...works];
    expect(await verdict(before)).toBe('unknown (vacuous)');
    const healed = [...nemesis('start', 'ok'), ...phase('heal'), ...works];
    expect(await verdict(healed)).toBe('unknown (vacuous)');
  });

  test.each(['fail', 'info'] as const)('a fault whose start is %s does not', async (type) => {
    const during = [...nemesis('start', type), ...works, ...nemesis('stop', 'ok')];
    expect(await check(during)).toMatchObject({
      verdict: { reason: 'vacuous' },
      summary: expect.stringContaining('none of 1 planned faults is known') as string,
    });
  });

  test('a nemesis that planned no fault is not', async () => {
    const asked = phase('load', { nemeses: ['kill', 'pause'] });
    expect(await check(asked, works)).toMatchObject({
      verdict: { reason: 'vacuous' },
      summary: expect.stringContaining('before kill or pause had planned a fault') as string,
    });
    const one = [...nemesis('start', 'ok'), ...works, ...nemesis('stop', 'ok')];
    expect(await verdict(asked, one)).toBe('valid');
    expect(await verdict(phase('load', { nemeses: [] }), works)).toBe('valid');
    expect(await verdict(phase('load', 'strange'), works)).toBe('valid');
  });

  test('an operation that was open when the fault began counts', async () => {
    const [invoke, ok] = client(1, 'write', 'ok') as [Unplaced, Unplaced];
    const before = [...client(0, 'read', 'ok'), invoke, ...nemesis('start', 'ok')];
    expect(await verdict([...before, ...nemesis('stop', 'ok'), ok])).toBe('valid');
  });
});

describe('recovery', () => {
  test('all clients that work again in time is liveness', async () => {
    expect(await check(works, recover, works, finalReads(2))).toMatchObject({
      verdict: { verdict: 'valid' },
      summary: expect.stringContaining('all 2 clients worked again within 10 s') as string,
    });
  });

  test('one that does not is a violation, with its last attempt', async () => {
    const tries = [...client(0, 'read', 'ok'), ...client(1, 'read', 'info', 'timeout')];
    const result = await check(
      works,
      recover,
      [...tries, ...client(3, 'read', 'fail', 'no-leader')],
      finalReads(1),
    );
    expect(result.verdict).toEqual({ verdict: 'invalid', kind: 'liveness' });
    expect(result.findings).toEqual([
      {
        type: 'not-recovered',
        kind: 'liveness',
        summary: '1 of 2 clients had no ok operation within 10 s after healing',
        entries: [10],
        details: { threads: 2, recoveredThreads: 1, errors: { timeout: 1, 'no-leader': 1 } },
      },
    ]);
  });

  test('is worse than vacuity', async () => {
    expect(await verdict(client(0, 'read', 'fail'), recover, finalReads(0))).toBe(
      'invalid (liveness)',
    );
  });

  test('is not judged where the run ended before the final reads', async () => {
    expect(await verdict(works, recover, client(0, 'read', 'fail'))).toBe('valid');
    expect(await verdict(works, recover, phase('done', { interrupted: true }))).toBe('valid');
    expect((await check(works)).summary).toContain('recovery after healing was not reached');
  });

  test('is counted from the history where the marks do not say it', async () => {
    const marks = [phase('recover'), phase('final-reads', { threads: 2 })] as const;
    expect(await verdict(works, marks[0], works, marks[1])).toBe('valid');
    expect(await verdict(works, marks[0], client(0, 'read', 'ok'), marks[1])).toBe(
      'invalid (liveness)',
    );
  });
});

test('operations are counted per function', async () => {
  const { figures } = await check(works, client(2, 'write', 'info'), client(3, 'write', 'fail'));
  expect(figures).toMatchObject({
    operationsOk: 2,
    operationsFail: 1,
    operationsInfo: 1,
    processes: 4,
    processesWithoutOk: 2,
    'operationsOk: write': 1,
    'operationsFail: write': 1,
    'operationsInfo: write': 1,
    'operationsOk: read': 1,
  });
});
