/**
 * When nodes were not running: killed or paused by a nemesis, or ended by themselves.
 *
 * It begins when the history says so, and is over when the node traces that it started again or when healing that kind
 * of fault is done; otherwise it lasts until the end of the history.
 */
import { isNemesis, phaseProcess } from '../../core/history/entry.ts';
import type { Entry } from '../../core/history/entry.ts';
import type { Trace } from '../../core/trace.ts';
import { toUs } from '../micros.ts';
import { textOfLine } from '../text-table.ts';
import type { Outage } from './model.ts';

/** In the order in which they began. */
export function outagesOf(entries: readonly Entry[], trace: Trace, originNs: number): Outage[] {
  const starts = [...trace.of('started')].map(({ node, timeNs }) => ({
    node: String(node),
    timeNs: timeNs - originNs,
  }));
  const lastNs = entries.at(-1)?.timeNs ?? 0;
  return entries.flatMap((entry, i) =>
    struckBy(entry).map(([node, how]) => {
      const healed = entries.find((later, j) => j > i && healsWhat(entry, later));
      const started = starts.find((each) => each.node === node && each.timeNs > entry.timeNs);
      const over = Math.min(healed?.timeNs ?? lastNs, started?.timeNs ?? lastNs);
      return {
        node: textOfLine(node, 40),
        how,
        startUs: toUs(entry.timeNs),
        endUs: toUs(Math.max(entry.timeNs, over)),
      };
    }),
  );
}

function struckBy(entry: Entry): [node: string, how: Outage['how']][] {
  if (entry.process === phaseProcess && entry.f === 'node-exited') {
    const { node } = fields(entry.value);
    return typeof node === 'string' ? [[node, 'dead']] : [];
  }
  if (!isNemesis(entry.process) || entry.f !== 'start' || entry.type === 'invoke') return [];
  const { after } = fields(fields(entry.value)['evidence']);
  return Object.entries(fields(after)).flatMap(([node, state]) =>
    state === 'dead' || state === 'paused' ? [[node, state]] : [],
  );
}

const healsWhat = (struck: Entry, later: Entry): boolean =>
  later.process === struck.process && later.f === 'stop' && later.type !== 'invoke';

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
