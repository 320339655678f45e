import { describe, expect, test } from 'vitest';
import { campaignOf, rowWith } from '../../test/support/campaign.ts';
import { hostileTexts } from '../../test/support/judged-run.ts';
import type { Campaign } from './campaign.ts';
import { campaignAnnotations } from './annotations.ts';
import { campaignJunit } from './junit.ts';
import { campaignMarkdown } from './markdown.ts';
import type { Row } from './row.ts';
import { openTally } from './summary.ts';

const summaryOf = (campaign: Campaign, rows: readonly Row[]) => {
  const tally = openTally(campaign);
  for (const row of rows) tally.add(row);
  return tally.summary();
};
const stale = rowWith({
  seed: '2',
  verdict: 'invalid',
  kind: 'safety',
  checker: 'linearizable',
  finding: 'not-linearizable',
  summary: 'key 3: read → 1 cannot be explained',
  folder: 'runs/cell-1/a',
  replay: 'npx dsp test --seed 2',
});

describe('what a campaign came to', () => {
  test('valid runs alone say what they are worth, of each cell and in all', () => {
    const campaign = campaignOf({ cells: 2, seeds: 1 });
    const summary = summaryOf(campaign, [rowWith(), rowWith({ cell: 'cell-2' })]);
    expect(summary).toMatchObject({ verdict: 'valid', complete: true, runs: 2, cpuSeconds: 2 });
    expect(summary.summary).toBe(
      '2 runs: 2 valid; at 95 % confidence fewer than 78 % of such runs fail',
    );
    expect(summary.cells[1]).toMatchObject({
      name: 'cell-2',
      runs: 1,
      confidence: expect.stringContaining('95 %'),
    });
  });

  test('runs of which one is not valid say nothing of the kind', () => {
    const summary = summaryOf(campaignOf({ seeds: 3 }), [rowWith(), stale]);
    expect(summary).toMatchObject({ verdict: 'invalid', complete: false, failures: [stale] });
    expect(summary.summary).toBe('2 of 3 runs: 1 valid, 1 invalid');
    expect(summary.cells[0]).not.toHaveProperty('confidence');
  });

  test.each([
    [['unknown', 'valid'], 'unknown'],
    [['valid', 'unknown', 'error'], 'error'],
    [['error', 'invalid', 'unknown'], 'invalid'],
  ] as const)('of %j the worst is %s', (verdicts, worst) => {
    const rows = verdicts.map((verdict, at) => rowWith({ seed: String(at), verdict }));
    expect(summaryOf(campaignOf({ seeds: 3 }), rows).verdict).toBe(worst);
  });

  test('a harness that failed is worse than an environment that did', () => {
    const rows = (['environment', 'harness', 'environment'] as const).map((errorCode) =>
      rowWith({ verdict: 'error', errorCode }),
    );
    expect(summaryOf(campaignOf({ seeds: 3 }), rows).errorCode).toBe('harness');
  });

  test('of very many failures the first thousand are named, and the others counted', () => {
    const rows = Array.from({ length: 1200 }, (_, at) => ({ ...stale, seed: String(at) }));
    const summary = summaryOf(campaignOf({ seeds: 1200 }), rows);
    expect(summary.failures).toHaveLength(1000);
    expect(summary).toMatchObject({ invalid: 1200, failuresBeyond: 200 });
  });
});

describe('the files of a campaign', () => {
  test('summary.md names every failing seed, its checker, and the command that makes it again', () => {
    const campaign = campaignOf({ seeds: 2 });
    const text = campaignMarkdown(campaign, summaryOf(campaign, [rowWith(), stale]), 'results/c');
    expect(text).toContain('## ❌ invalid');
    expect(text).toMatch(/\| cell-1 \| 2 \| invalid .*safety.* \| linearizable \| key 3/);
    expect(text).toContain('```sh\nnpx dsp test --seed 2\n```');
  });

  test('junit.xml has a failure for each invalid run, an error for each unknown one, and a case for the others', () => {
    const vacuous = rowWith({ seed: '3', verdict: 'unknown', reason: 'vacuous' });
    const summary = summaryOf(campaignOf({ seeds: 3 }), [rowWith(), stale, vacuous]);
    const xml = campaignJunit(summary, 'results/c');
    expect(xml).toContain('name="cell-1" tests="3" failures="1" errors="1"');
    expect(xml).toContain('<testcase classname="cell-1" name="1 of 3 runs" time="3.000"/>');
    expect(xml).toContain('<failure type="invalid (safety)" message="key 3');
  });

  test('a cell of which runs are missing is no success', () => {
    const xml = campaignJunit(summaryOf(campaignOf({ seeds: 3 }), [rowWith()]), 'results/c');
    expect(xml).toContain('<error type="incomplete" message="1 of 3 runs were made">');
  });

  test('annotations name the first failures, and count the others', () => {
    const rows = Array.from({ length: 12 }, (_, at) => ({ ...stale, seed: String(at) }));
    const lines = campaignAnnotations(summaryOf(campaignOf({ seeds: 12 }), rows));
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(
      '::error title=dsp%3A invalid (safety)%3A cell-1 seed 0::key 3: read → 1 cannot be explained (repeat: npx dsp test --seed 2)',
    );
    expect(lines[9]).toContain('3 more');
    const valid = campaignAnnotations(summaryOf(campaignOf({}), [rowWith()]));
    expect(valid).toEqual([expect.stringMatching(/^::notice title=dsp%3A valid/)]);
  });

  test.each(hostileTexts)('whatever a node says stays text: %j', (summary) => {
    const campaign = campaignOf({ seeds: 1 });
    const text = { ...stale, summary };
    const told = campaignMarkdown(campaign, summaryOf(campaign, [text]), 'results/c');
    expect(told).not.toMatch(/<(script|img|b)|\]\(|\n::/);
    for (const control of ['\u001b', '\u202e']) expect(told).not.toContain(control);
    const xml = campaignJunit(summaryOf(campaign, [text]), 'results/c');
    expect(xml).not.toMatch(/<(script|img|b)>|\n::/);
    for (const control of ['\u001b', '\u202e']) expect(xml).not.toContain(control);
  });
});
