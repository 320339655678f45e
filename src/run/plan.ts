/**
 * Makes the plan of a run from settings: everything they name exists, everything goes together, or a usage error says
 * what does not and what would. Nothing has been started when a plan is refused.
 */
import { nemeses } from '../../nemeses/registry.ts';
import { workloads } from '../../workloads/registry.ts';
import type { Settings } from '../config/settings.ts';
import { usageError } from '../core/errors.ts';
import { nearestHint } from '../core/nearest.ts';
import { nodeIds } from '../core/ids.ts';
import type { Plan } from '../core/plan.ts';
import { seededRandom } from '../core/random.ts';
import type { Nemesis } from '../core/seams/nemesis.ts';
import type { System } from '../core/seams/system.ts';
import type { Workload } from '../core/seams/workload.ts';
import { runtimes } from '../runtimes/registry.ts';
import type { RuntimeEntry } from '../runtimes/registry.ts';

/** Every system that a plan may name, by name: the built-in ones and those of a configuration file. */
export type Systems = Readonly<Record<string, System>>;

/** What a plan's names stand for. */
export interface Cast {
  readonly system: System;
  readonly workload: Workload;
  readonly nemeses: readonly Nemesis[];
  readonly runtime: RuntimeEntry;
}

/** The validated plan; throws a usage error for anything that cannot be. */
export function makePlan(settings: Settings, systems: Systems): Plan {
  const plan: Plan = { format: 'dsp-plan', version: 1, ...settings };
  const { system } = checkPlan(plan, systems);
  return { ...plan, invariants: system.invariants };
}

/** Looks up all that a plan names, which may have been made elsewhere; throws like `makePlan` where it cannot be run here. */
export function checkPlan(plan: Plan, systems: Systems): Cast {
  const cast = castOf(plan, systems);
  refuseTooFewNodes(plan, cast.system);
  refuseMissingPorts(plan, cast.system);
  refuseForeignImages(plan, systems);
  refuseForeignBugs(plan, cast.system, systems);
  refuseMissingCalls(plan, cast);
  refuseMissingCapabilities(plan, cast);
  refuseBadOptions(plan, cast);
  const why = cast.runtime.refuses(cast.system, plan);
  if (why !== undefined) throw usageError(`--runtime ${plan.runtime}: ${why}`);
  return cast;
}

/** Looks up everything that the plan names. */
export function castOf(plan: Plan, systems: Systems): Cast {
  return {
    system: lookUp('--system', plan.system, systems),
    workload: workloadOf(plan),
    nemeses: [...new Set(plan.nemeses)].map((family) => nemesisOf(family, ['none'])),
    runtime: lookUp<RuntimeEntry>('--runtime', plan.runtime, runtimes),
  };
}

/** `alsoValid`: words that stand in the place of a family; for whoever made a mistake. */
export const nemesisOf = (family: string, alsoValid: readonly string[]): Nemesis =>
  lookUp<Nemesis>('--nemesis', family, nemeses, alsoValid);

/** Looks up the plan's workload alone, as one does who judges its run. */
export const workloadOf = ({ workload }: Plan): Workload =>
  lookUp<Workload>('--workload', workload, workloads);

function lookUp<T>(
  flag: string,
  name: string,
  registry: Readonly<Record<string, T>>,
  alsoValid: readonly string[] = [],
): T {
  const found = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (found !== undefined) return found;
  throw usageError(
    `${flag}: ${name} is not known`,
    nearestHint(name, [...Object.keys(registry), ...alsoValid]),
  );
}

function refuseTooFewNodes(plan: Plan, system: System): void {
  if (plan.nodes < system.nodesMin) {
    throw usageError(
      `--nodes is ${plan.nodes}; ${system.name} needs at least ${system.nodesMin}`,
      `the nearest valid value is ${system.nodesMin}`,
    );
  }
}

function refuseMissingPorts(plan: Plan, { name, node }: System): void {
  if (node.kind === 'server' && plan.nodes > 1 && node.ports.peers.length === 0) {
    throw usageError(
      `--nodes is ${plan.nodes}; ${name} names no port at which its nodes reach each other`,
      'ports: { client, peers: [...] } of the system, or --nodes 1',
    );
  }
}

/** What `--image` may name that is no system. */
export const imagesBeside = ['base', 'toxiproxy'];

function refuseForeignImages(plan: Plan, systems: Systems): void {
  const known = [...imagesBeside, ...Object.keys(systems)];
  const stranger = Object.keys(plan.images).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  throw usageError(
    `--image: ${stranger} is not an image of this dsp`,
    nearestHint(stranger, known),
  );
}

function refuseForeignBugs(plan: Plan, system: System, systems: Systems): void {
  const own = system.bugs.map((bug) => bug.id);
  for (const bug of plan.bugs) {
    if (own.includes(bug)) continue;
    const owner = Object.values(systems).find((each) => each.bugs.some(({ id }) => id === bug));
    if (owner !== undefined)
      throw usageError(
        `--bug: ${bug} can be planted in ${owner.name}, not in ${system.name}`,
        `--system ${owner.name}`,
      );
    if (own.length === 0)
      throw usageError(`--bug: ${system.name} has no planted bugs`, 'leave --bug out');
    throw usageError(`--bug: ${bug} is not known`, nearestHint(bug, own));
  }
}

function refuseMissingCalls(plan: Plan, { system, workload }: Cast): void {
  const missing = workload.needs.filter((call) => !system.offers.includes(call));
  if (missing.length === 0) return;
  const possible = Object.values<Workload>(workloads).filter((each) =>
    each.needs.every((call) => system.offers.includes(call)),
  );
  throw usageError(
    `--workload: ${plan.workload} needs ${missing.join(', ')}, which ${system.name} does not offer`,
    `workloads for ${system.name}: ${possible.map((each) => each.name).join(', ')}`,
  );
}

function refuseMissingCapabilities(plan: Plan, cast: Cast): void {
  for (const nemesis of cast.nemeses) {
    const missing = nemesis.needs.filter((need) => !cast.runtime.capabilities.has(need));
    if (missing.length === 0) continue;
    throw usageError(
      `--nemesis: ${nemesis.family} needs ${missing.join(', ')}, which the runtime ${plan.runtime} cannot do here`,
      hintOfRuntimesFor(nemesis),
    );
  }
}

function hintOfRuntimesFor({ needs }: Nemesis): string {
  const able = Object.entries<RuntimeEntry>(runtimes)
    .filter(([, { capabilities }]) => needs.every((need) => capabilities.has(need)))
    .map(([name]) => `--runtime ${name}`);
  return `${able.join(' or ')}; dsp doctor says what each can do`;
}

/** Options that nothing reads are mistakes; the system and each nemesis, making its generator, refuse bad values. */
function refuseBadOptions(plan: Plan, { system, workload, nemeses, runtime }: Cast): void {
  const known = [system, workload, ...nemeses, runtime].flatMap(({ options }) =>
    Object.keys(options),
  );
  const stranger = Object.keys(plan.options).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw usageError(
      `--option: ${stranger} is not an option of this run`,
      nearestHint(stranger, known),
    );
  }
  const random = seededRandom(plan.seed);
  const { stability, options } = plan;
  system.checkOptions?.(options);
  for (const nemesis of nemeses) {
    nemesis.generator({ nodes: nodeIds(plan.nodes), random, stability, options });
  }
  for (const [name, [min, max]] of Object.entries(stability)) {
    if (min > max) {
      throw usageError(
        `${name} is ${min} to ${max}; the first must not be larger`,
        `${max} to ${min}`,
      );
    }
  }
}
