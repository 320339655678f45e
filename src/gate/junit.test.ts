import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { hostileTexts, invalidRun, judgedRun } from '../../test/support/judged-run.ts';
import { unknown } from '../core/verdict.ts';
import { junitXml } from './junit.ts';

describe('junit.xml', () => {
  test('a valid run has a case for itself and one for each checker, all passed', () => {
    expect(junitXml([judgedRun()])).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="dsp" tests="2" failures="0" errors="0" time="31.500">
        <testsuite name="replicated-log-register-partition seed 42" tests="2" failures="0" errors="0" skipped="0" time="31.500">
          <properties>
            <property name="verdict" value="valid"/>
            <property name="seed" value="42"/>
            <property name="folder" value="results/run"/>
            <property name="replay" value="dsp test --seed 42"/>
            <property name="recheck" value="dsp check results/run"/>
            <property name="dsp" value="0.1.0"/>
            <property name="node" value="24.21.0"/>
            <property name="toxiproxy" value="embedded"/>
          </properties>
          <testcase classname="replicated-log-register-partition" name="run" time="31.000"/>
          <testcase classname="replicated-log-register-partition" name="linearizable" time="0.000"/>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test('what is invalid is a failure', () => {
    const xml = junitXml([invalidRun('key 3 is not linearizable')]);
    expect(xml).toContain('<failure type="invalid (safety)" message="key 3 is not linearizable">');
    expect(xml).toContain('failures="1" errors="0"');
  });

  test('what is unknown is an error and never skipped, for skipped counts as passed', () => {
    const [check] = judgedRun().verdict.checks;
    const checks = [{ ...check!, verdict: unknown('vacuous') }];
    const xml = junitXml([judgedRun({ verdict: 'unknown', reason: 'vacuous', checks })]);
    expect(xml).toContain('<error type="unknown (vacuous)"');
    expect(xml).toContain('failures="0" errors="1"');
    expect(xml).not.toContain('<skipped');
  });

  test('a run that failed before any checker ran is an error', () => {
    const xml = junitXml([
      judgedRun({ verdict: 'error', error: 'node n1 died at start', checks: [] }),
    ]);
    expect(xml).toContain('<error type="error" message="node n1 died at start">');
    expect(xml).toContain('tests="1" failures="0" errors="1"');
  });

  test('a run that was interrupted does not pass', () => {
    expect(junitXml([judgedRun({ interrupted: true })])).toContain('<error type="interrupted"');
  });

  test('many runs are many suites, and their cases are counted together', () => {
    const xml = junitXml([judgedRun(), invalidRun('no')]);
    expect(xml.match(/<testsuite /g)).toHaveLength(2);
    expect(xml).toContain('<testsuites name="dsp" tests="4" failures="1" errors="0"');
  });

  test.each(hostileTexts)('hostile text %j stays text', (text) => {
    expectWellFormed(junitXml([invalidRun(text, { error: text, errorHint: text, seed: text })]));
  });

  propertyTest.prop([fc.string({ unit: 'binary' })])('any text gives well-formed XML', (text) => {
    expectWellFormed(junitXml([invalidRun(text, { error: text, replay: text })]));
  });

  test('the check of well-formedness sees what is not', () => {
    expect(() => expectWellFormed('<a b="<"/>')).toThrow('is not well formed');
    expect(() => expectWellFormed('<a></b>')).toThrow('is not well formed');
    expect(() => expectWellFormed('<a>\u0001</a>')).toThrow('is not well formed');
  });
});

/** XML 1.0, as far as elements, attributes and character data go. */
function expectWellFormed(xml: string): void {
  const text = String.raw`(?:[^<>&]|&(?:amp|lt|gt|quot|apos);)*`;
  const tag = new RegExp(String.raw`^<(\/?)([a-z]+)(?: [a-z]+="${text}")*(\/?)>`);
  const open: string[] = [];
  let rest = xml.replace(/^<\?xml [^?]*\?>\n/, '');
  const refuse = () => {
    throw new Error(`is not well formed at: ${rest.slice(0, 60)}`);
  };
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) refuse();
  while (rest !== '') {
    rest = rest.slice(new RegExp(`^${text}`).exec(rest)![0].length);
    if (rest === '') break;
    const [whole, closes, name, selfCloses] = tag.exec(rest) ?? refuse();
    if (closes === '/' && open.pop() !== name) refuse();
    if (closes === '' && selfCloses === '') open.push(name!);
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) refuse();
}
