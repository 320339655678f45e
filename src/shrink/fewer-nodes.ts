/**
 * The pass that leaves out nodes. Those that remain are named n1, n2 … again, wherever an operation names them, and every
 * client thread stays with its node; the threads of a node that is left out go to another.
 */
import { nodeIds } from '../core/ids.ts';
import type { ScheduledOperation } from '../core/schedule.ts';
import { firstOf, type Pass } from './pass.ts';
import type { ScheduledPlan } from './scheduled-plan.ts';

/** So many choices of nodes are tried for each size of cluster. */
const choicesMax = 12;

/** Fewest first. */
export const fewerNodes = (nodesMin: number): Pass => ({
  name: 'fewer-nodes',
  says: 'leaves out nodes',
  run: (plan, attempt) => firstOf(plan, smallerClusters(plan, nodesMin), attempt),
});

function* smallerClusters(plan: ScheduledPlan, nodesMin: number): Generator<ScheduledPlan> {
  const ids = nodeIds(plan.nodes);
  for (let count = Math.max(1, nodesMin); count < plan.nodes; count++)
    for (const kept of choices(ids, count).slice(0, choicesMax)) yield withNodes(plan, kept);
}

/** All ways to choose `count` of the items, in their order. */
function choices<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, at) =>
    choices(items.slice(at + 1), count - 1).map((rest) => [item].concat(rest)),
  );
}

/** The plan on the nodes `kept`, under new names. */
export function withNodes(plan: ScheduledPlan, kept: readonly string[]): ScheduledPlan {
  const renamed = new Map(
    nodeIds(plan.nodes).map((id) => [id as string, undefined as string | undefined]),
  );
  for (const [at, id] of nodeIds(kept.length).entries()) renamed.set(kept[at]!, id);
  const threads = threadsOn(plan, kept);
  const operations = plan.schedule.operations.map((operation): ScheduledOperation => ({
    ...operation,
    thread: typeof operation.thread === 'number' ? threads[operation.thread]! : operation.thread,
    ...(typeof operation.thread === 'number' ? {} : { value: renameIn(operation.value, renamed) }),
  }));
  return {
    ...plan,
    nodes: kept.length,
    concurrency: Math.max(...threads) + 1,
    schedule: { ...plan.schedule, operations },
  };
}

/** Thread t talks to node t modulo their number; so each gets the next number that is one of its node's. */
function threadsOn({ nodes, concurrency }: ScheduledPlan, kept: readonly string[]): number[] {
  const ids = nodeIds(nodes) as readonly string[];
  const next = kept.map((_, at) => at);
  return Array.from({ length: concurrency }, (_, thread) => {
    const at = kept.indexOf(ids[thread % nodes]!);
    const home = at < 0 ? thread % kept.length : at;
    const number = next[home]!;
    next[home] = number + kept.length;
    return number;
  });
}

/** Names of nodes, wherever they stand: in a list one that is gone is left out, alone it is the first that remains. */
function renameIn(value: unknown, renamed: ReadonlyMap<string, string | undefined>): unknown {
  if (typeof value === 'string') return renamed.has(value) ? (renamed.get(value) ?? 'n1') : value;
  if (Array.isArray(value))
    return value
      .filter((item) => !(renamed.has(item as string) && renamed.get(item as string) === undefined))
      .map((item) => renameIn(item, renamed));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, renameIn(item, renamed)]),
  );
}
