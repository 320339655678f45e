import { describe, expect, test } from 'vitest';
import { hostileTexts, invalidRun, judgedRun } from '../../test/support/judged-run.ts';
import { codeBlock, markdownText } from './markdown.ts';
import { summaryMarkdown } from './summary.ts';

describe('summary.md', () => {
  test('says the verdict first, then why', () => {
    expect(summaryMarkdown(invalidRun('key 3 is not linearizable')).split('\n\n')).toEqual(
      expect.arrayContaining([
        '## ❌ invalid \\(safety\\)\\: replicated-log-register-partition',
        'key 3 is not linearizable',
        '- **not-linearizable** (safety): key 3 is not linearizable',
      ]),
    );
  });

  test('a valid run has no findings', () => {
    const text = summaryMarkdown(judgedRun());
    expect(text).toContain('## ✅ valid');
    expect(text).not.toContain('- **');
  });

  test('a long list of findings is cut, and says so', () => {
    const { findings } = invalidRun('no').verdict;
    const many = Array.from({ length: 30 }, () => findings[0]!);
    expect(summaryMarkdown(invalidRun('no', { findings: many }))).toContain('- and 20 more');
  });

  test('an error is told with what to do about it', () => {
    const run = judgedRun({
      verdict: 'error',
      error: 'no Toxiproxy',
      errorHint: 'install it',
      checks: [],
    });
    expect(summaryMarkdown(run)).toContain('```\nno Toxiproxy\ninstall it\n```');
  });

  test.each(hostileTexts)('hostile text %j makes no line of its own and no markup', (text) => {
    const harmless = summaryMarkdown(invalidRun('harmless')).split('\n').length;
    const rendered = summaryMarkdown(invalidRun(text));
    expect(rendered.split('\n')).toHaveLength(harmless);
    const outside = rendered.replace(/^```sh[^]*?^```/m, '');
    expect(outside).not.toMatch(/<|(?<!\\)\]\(|(?<!\\)`|\p{Cc}(?<!\n)|https:/u);
  });
});

describe('text in Markdown', () => {
  test('a pipe does not end a cell', () => {
    expect(markdownText('a | b')).toBe('a \\| b');
  });

  test('a fence is longer than any in the code', () => {
    expect(codeBlock('````\nx')).toBe('`````\n````\nx\n`````');
  });
});
