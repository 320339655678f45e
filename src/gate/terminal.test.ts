import { describe, expect, test } from 'vitest';
import { hostileTexts, invalidRun, judgedRun } from '../../test/support/judged-run.ts';
import { closingText, plain, showText } from './terminal.ts';

describe('the last lines of a run', () => {
  test('say verdict, why, seed, folder and the commands to go on with', () => {
    expect(closingText(invalidRun('key 3 is not linearizable'), plain)).toMatchInlineSnapshot(`
      "invalid (safety): key 3 is not linearizable
        seed         42
        results      results/run
        repeat       dsp test --seed 42
        judge again  dsp check results/run"
    `);
  });

  test('an error says what to do about it', () => {
    const run = judgedRun({
      verdict: 'error',
      summary: 'the run failed',
      error: 'no Toxiproxy',
      errorHint: 'install it',
    });
    expect(closingText(run, plain)).toContain('error: the run failed\nno Toxiproxy\ninstall it\n');
  });

  test('an interrupted run says so, and another does not', () => {
    expect(closingText(judgedRun({ interrupted: true }), plain)).toContain('interrupted');
    expect(closingText(judgedRun(), plain)).not.toContain('interrupted');
  });

  test('the verdict has its colour', () => {
    const painted = closingText(judgedRun(), (style, text) => `<${String(style)}>${text}`);
    expect(painted).toMatch(/^<bold,green>valid: /);
  });
});

describe('a run shown at length', () => {
  test('lists every checker with its findings and where they are', () => {
    expect(showText(invalidRun('key 3 is not linearizable'), plain)).toContain(
      [
        '✗ linearizable: invalid (safety)',
        '    key 3 is not linearizable',
        '    not-linearizable: key 3 is not linearizable (history.jsonl, line 2, 9)',
      ].join('\n'),
    );
  });

  test.each(hostileTexts)('hostile text %j moves no cursor and makes no line', (text) => {
    const harmless = showText(invalidRun('harmless'), plain).split('\n').length;
    const shown = showText(invalidRun(text, { seed: text }), plain);
    expect(shown.split('\n')).toHaveLength(harmless);
    expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  });
});
