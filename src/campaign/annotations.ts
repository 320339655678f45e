/** A campaign's annotations for GitHub Actions: one for each of the first runs that are not valid, or one that says that all are. */
import { command } from '../gate/annotations.ts';
import { verdictWords } from '../gate/judged-run.ts';
import type { CampaignSummary } from './summary.ts';

/** GitHub shows no more than ten of a kind for one step; the last says how many more there are. */
const failuresMax = 9;

/** One line for each. */
export function campaignAnnotations(summary: CampaignSummary): string[] {
  const { failures, failuresBeyond } = summary;
  const title = `dsp: ${summary.verdict}: campaign from seed ${summary.seed}`;
  if (summary.verdict === 'valid') return [command('notice', title, summary.summary)];
  const beyond = failures.length + failuresBeyond - failuresMax;
  return [
    ...failures
      .slice(0, failuresMax)
      .map((row) =>
        command(
          'error',
          `dsp: ${verdictWords(row)}: ${row.cell} seed ${row.seed}`,
          `${row.summary} (repeat: ${row.replay})`,
        ),
      ),
    ...(beyond > 0 ? [command('error', title, `${beyond} more: ${summary.summary}`)] : []),
  ];
}
