/**
 * The harness tested by what it is for: every planted bug is hunted under each nemesis that should show it, and every right
 * system is run under each nemesis and the mix of all. Which runs that takes is decided here; making them is another's business.
 */
import { seedOfRun, type Settings } from '../config/settings.ts';
import { usageError } from '../core/errors.ts';
import { nearestHint } from '../core/nearest.ts';
import type { Plan } from '../core/plan.ts';
import type { BugInfo, System } from '../core/seams/system.ts';
import { castOf, makePlan, type Systems } from '../run/plan.ts';
import type { Campaign } from './campaign.ts';
import { allNemeses, cellsOf, familiesOf } from './cells.ts';
import { runSecondsMaxOf } from './runtime.ts';

export interface Selftest {
  readonly hunts: readonly Hunt[];
  /** Bugs that nothing here can show, and why. */
  readonly leftOut: readonly LeftOut[];
  /** Of the right systems; absent where none is asked for. */
  readonly right: Campaign | undefined;
}

/** One bug under one nemesis: seeds in turn, until it is found. */
export interface Hunt {
  readonly system: string;
  readonly bug: BugInfo;
  readonly nemesis: string;
  /** With the first seed. */
  readonly plan: Plan;
  readonly seedsMax: number;
  readonly runSecondsMax: number;
}

export interface LeftOut {
  readonly system: string;
  readonly bug: string;
  readonly why: string;
}

export interface SelftestSize {
  /** For each bug under each nemesis, at most. */
  readonly seeds: number;
  /** For each right system under each nemesis; 0 for none. */
  readonly rightSeeds: number;
}

/**
 * Of every system with planted bugs that the settings' runtime can run; of the bugs those that the settings name, or all.
 * Throws a usage error for what is not known, and where there is nothing to test.
 */
export function selftestOf(settings: Settings, size: SelftestSize, systems: Systems): Selftest {
  refuseUnknownBugs(settings, systems);
  const right = { ...settings, nemeses: [], bugs: [] };
  const tested = Object.values(systems).filter((system) => canRun(system, right, systems));
  const hunts = tested.flatMap((system) => huntsIn(system, settings, size, systems));
  const leftOut = tested.flatMap((system) => leftOutOf(system, settings));
  if (hunts.length === 0)
    throw usageError(
      `--runtime ${settings.runtime}: there is no planted bug that it can show`,
      'dsp list bugs says what each needs',
    );
  const names = tested.map(({ name }) => name);
  return {
    hunts,
    leftOut,
    right: size.rightSeeds === 0 ? undefined : rightCampaign(right, names, size, systems),
  };
}

function refuseUnknownBugs({ bugs }: Settings, systems: Systems): void {
  const known = Object.values(systems).flatMap((system) => system.bugs.map(({ id }) => id));
  const stranger = bugs.find((bug) => !known.includes(bug));
  if (stranger !== undefined)
    throw usageError(`--bug: ${stranger} is not known`, nearestHint(stranger, known));
}

function canRun(system: System, settings: Settings, systems: Systems): boolean {
  const plan: Plan = { format: 'dsp-plan', version: 1, ...settings, system: system.name };
  const { runtime } = castOf(plan, systems);
  return system.bugs.length > 0 && runtime.refuses(system, plan) === undefined;
}

const wantedOf = ({ bugs }: System, settings: Settings): readonly BugInfo[] =>
  settings.bugs.length === 0 ? bugs : bugs.filter(({ id }) => settings.bugs.includes(id));

function huntsIn(
  system: System,
  settings: Settings,
  { seeds }: SelftestSize,
  systems: Systems,
): Hunt[] {
  return wantedOf(system, settings).flatMap((bug) =>
    possibleOf(bug, settings).map((nemesis) => {
      const options = { ...bug.shows.options, ...settings.options };
      const own = { system: system.name, nemeses: [nemesis], bugs: [bug.id], options };
      const plan = makePlan({ ...settings, ...own }, systems);
      const runSecondsMax = runSecondsMaxOf(plan);
      return { system: system.name, bug, nemesis, plan, seedsMax: seeds, runSecondsMax };
    }),
  );
}

/** Those of its nemeses that the runtime can do. */
function possibleOf({ shows }: BugInfo, { runtime }: Settings): readonly string[] {
  const possible = new Set(familiesOf(runtime));
  return shows.under.filter((family) => possible.has(family));
}

const leftOutOf = (system: System, settings: Settings): LeftOut[] =>
  wantedOf(system, settings)
    .filter((bug) => possibleOf(bug, settings).length === 0)
    .map(({ id, shows }) => ({
      system: system.name,
      bug: id,
      why: `${settings.runtime} cannot do ${shows.under.join(', ')}`,
    }));

/**
 * The hunt's plans, one seed after the other. In every second one faults come and go quickly, for some bugs show in the
 * moments when something changes.
 */
export function* plansOfHunt({ plan, seedsMax }: Hunt): Generator<Plan> {
  for (let ordinal = 1; ordinal <= seedsMax; ordinal++) {
    const seed = seedOfRun(plan.seed, ordinal);
    const quick = ordinal % 2 === 0;
    yield quick ? restless({ ...plan, seed }) : { ...plan, seed };
  }
}

const restless = (plan: Plan): Plan => ({
  ...plan,
  stability: { faultSeconds: [0.1, 2], calmSeconds: [0.05, 1] },
});

function rightCampaign(
  settings: Settings,
  tested: readonly string[],
  { rightSeeds }: SelftestSize,
  systems: Systems,
): Campaign {
  const entries = { systems: tested, workloads: [settings.workload], nemeses: [[allNemeses]] };
  const usual = cellsOf(settings, entries, systems);
  const quick = usual.map(({ name, plan }) => ({
    name: `${name}, restless`,
    plan: restless(plan),
  }));
  const cells = [...usual, ...quick];
  return {
    format: 'dsp-campaign',
    version: 1,
    dsp: '',
    cells,
    seeds: { first: settings.seed, count: rightSeeds },
    keep: 'none',
    runSecondsMax: Math.max(...cells.map(({ plan }) => runSecondsMaxOf(plan))),
  };
}
