/**
 * A test of the user's own suite, made of a failing plan: it plays the plan, and fails while the bug is there.
 *
 * It needs nothing but dsp-harness and vitest, so it can be moved to wherever the other tests are.
 */
import type { Entry } from '../core/history/entry.ts';
import type { Plan } from '../core/plan.ts';
import { visibleLine } from '../core/visible-text.ts';
import { storyOf } from '../gate/story.ts';
import { planText } from '../store/plan-text.ts';

export interface Found {
  readonly plan: Plan;
  /** What happened when it failed, and what that was found to be. */
  readonly entries: readonly Entry[];
  readonly finding: string;
  readonly summary: string;
  readonly replay: string;
  /** How often it runs where chance has a part. */
  readonly trials: number;
}

/** The file's text. */
export function testFile(found: Found): string {
  const { plan, finding, summary, replay, trials } = found;
  const title = `${plan.system}, ${plan.workload}, ${plan.nemeses.join(' + ') || 'no faults'}: ${finding}`;
  const chance = plan.runtime === 'sim' ? '' : chanceLines(plan.runtime);
  const repeats = plan.runtime === 'sim' ? '' : `, repeats: ${trials - 1}`;
  return `/**
 * ${comment(title)}
 *
 * Found by dsp, and made as small as it could. It fails while the bug is there:
 *
 *     ${comment(summary)}
 *
 * What happened when it was found:
 *
${storyOf(found.entries)
  .map((line) => ` *     ${comment(line)}\n`)
  .join('')} *
${chance} * The same with a report: ${comment(replay)}
 */
import { expect, test } from 'vitest';
import { replayPlan, type Plan } from 'dsp-harness';

const plan: Plan = ${planText(plan)};

test(${JSON.stringify(visibleLine(title))}, { timeout: ${timeoutMs(plan)}${repeats} }, async () => {
  const { findings } = await replayPlan(plan);
  expect(findings).toEqual([]);
});
`;
}

const chanceLines = (runtime: string): string =>
  ` * Under --runtime ${runtime} processes interleave as they will, so it is run several times, and may miss the bug all the same.
 *
`;

/** A summary may quote what a node said. */
const comment = (text: string): string => visibleLine(text).replaceAll('*/', '* /');

/** Generous: what it waits for is the machine. */
const timeoutMs = ({ runtime, timeLimitSeconds, recoveryBoundSeconds }: Plan): number =>
  runtime === 'sim' ? 60_000 : (120 + timeLimitSeconds + recoveryBoundSeconds) * 1000;
