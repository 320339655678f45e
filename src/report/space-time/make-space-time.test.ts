import { describe, expect, test } from 'vitest';
import { nodeId } from '../../core/ids.ts';
import type { HostId } from '../../core/ids.ts';
import type { TrueTimeNs } from '../../core/time.ts';
import { traceOf } from '../../core/trace.ts';
import type { Message } from '../../store/messages.ts';
import type { ReportFault } from '../model.ts';
import { lifelinesMax, messagesMax, routineMax } from './limits.ts';
import { spaceTimeOf } from './make-space-time.ts';
import type { SpaceTimeSources } from './make-space-time.ts';

const originNs = 5_000_000_000;
const message = (sentUs: number, rest: Partial<Message> = {}): Message => ({
  sentNs: sentUs * 1000,
  arrivedNs: (sentUs + 500) * 1000,
  from: nodeId(1),
  to: nodeId(2),
  kind: 'append',
  text: '',
  ...rest,
});
const moved = (timeUs: number) => ({
  node: nodeId(2),
  timeNs: (originNs + timeUs * 1000) as TrueTimeNs,
  event: 'high-water-mark-moved' as const,
  mark: 7,
  generation: 3,
});
const fault = (startUs: number, endUs: number, outcome: ReportFault['outcome']): ReportFault => ({
  family: 'partition',
  label: 'halves',
  outcome,
  startUs,
  endUs,
  entry: 0,
  evidence: [],
});

const make = (messages: readonly Message[], more: Partial<SpaceTimeSources> = {}) =>
  spaceTimeOf(
    { momentsUs: [10_000], events: [] },
    { messages, trace: traceOf([]), entries: [], faults: [], originNs, nodes: 3, ...more },
  );

describe('the diagram of a finding', () => {
  test('has the messages near it, those that never arrived too, in the order of their sending', () => {
    const lost = message(10_100, { arrivedNs: null, from: 'clients', text: 'write 4' });
    const made = make([message(1000), message(9000), lost, message(30_000)])!;
    expect(made.lifelines).toEqual(['clients', 'n1', 'n2', 'n3']);
    expect(made.messages).toEqual([
      { sentUs: 9000, arrivedUs: 9500, from: 1, to: 2, kind: 0, text: '' },
      { sentUs: 10_100, arrivedUs: null, from: 0, to: 2, kind: 0, text: 'write 4' },
    ]);
    expect(made.messagesLeftOut).toBe(0);
  });

  test('is none where no message is near it', () => {
    expect(make([message(1000), message(2000)])).toBeUndefined();
    expect(make([])).toBeUndefined();
  });

  test('has what nodes traced meanwhile, in the run’s time, and nothing of before', () => {
    const { events } = make([message(9000), message(11_000)], {
      trace: traceOf([moved(10_200), moved(2000)]),
    })!;
    expect(events).toEqual([
      {
        timeUs: 10_200,
        node: 'n2',
        event: 'high-water-mark-moved',
        says: 'mark 7, generation 3',
        lifeline: 2,
        evidence: false,
      },
    ]);
  });

  test('tells what the finding rests on once, and as that', () => {
    const evidence = {
      timeUs: 10_200,
      node: 'n2',
      event: 'high-water-mark-moved',
      says: 'mark 7, generation 3',
    };
    const made = spaceTimeOf(
      { momentsUs: [10_200], events: [evidence] },
      {
        messages: [message(9000), message(11_000)],
        trace: traceOf([moved(10_200)]),
        entries: [],
        faults: [],
        originNs,
        nodes: 3,
      },
    )!;
    expect(made.events).toEqual([{ ...evidence, lifeline: 2, evidence: true }]);
  });

  test('has the faults in force, not those that are over, nor those that were skipped', () => {
    const faults = [
      fault(0, 5000, 'installed'),
      fault(5000, 20_000, 'installed'),
      fault(10_000, 10_000, 'skipped'),
    ];
    expect(make([message(9000), message(11_000)], { faults })!.faults).toEqual([1]);
  });

  test('keeps routine apart: last of the kinds, within a limit of its own', () => {
    const beats = Array.from({ length: routineMax + 5 }, (_, i) =>
      message(9000 + i, { kind: 'beat' }),
    );
    const made = make([...beats, message(9500)])!;
    expect(made.kinds).toEqual([
      { name: 'append', count: 1, routine: false },
      { name: 'beat', count: routineMax, routine: true },
    ]);
    expect(made.messagesLeftOut).toBe(5);
  });

  test('draws what is nearest of more messages than can be followed, and counts the others', () => {
    const many = Array.from({ length: 5000 }, (_, i) => message(7000 + i));
    const made = make(many)!;
    expect(made.messages.length).toBeLessThanOrEqual(2 * messagesMax);
    expect(made.messages.length + made.messagesLeftOut).toBe(5000);
    const [{ startUs, endUs }] = made.segments as [{ startUs: number; endUs: number }];
    expect(startUs).toBeLessThan(10_000);
    expect(endUs).toBeGreaterThan(10_000);
  });

  test('gives strangers a line up to a limit, their names made visible', () => {
    const strangers = Array.from({ length: 40 }, (_, i) =>
      message(9000 + i, { from: `evil\u202e${i}` as HostId }),
    );
    const made = make(strangers)!;
    expect(made.lifelines).toHaveLength(lifelinesMax);
    expect(made.lifelines[4]).toBe('evil\\u{202e}0');
    expect(made.messagesLeftOut).toBe(40 - (lifelinesMax - 4));
  });
});
