/** JUnit's XML, whatever the suites are of. All text may come from a node, and is escaped and made visible. */
import { visibleLine, visibleText } from '../core/visible-text.ts';

export interface Suite {
  readonly name: string;
  /** Of its cases. */
  readonly className: string;
  readonly seconds: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly outcome: 'passed' | 'failure' | 'error';
  /** `invalid (safety)`. */
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

/** The whole file. */
export function suitesXml(suites: readonly Suite[]): string {
  const sum = (of: (suite: Suite) => number) => suites.reduce((all, suite) => all + of(suite), 0);
  const totals = attributes({
    tests: sum((suite) => suite.cases.length),
    failures: sum(failuresOf),
    errors: sum(errorsOf),
    time: sum((suite) => suite.seconds).toFixed(3),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dsp"${totals}>`,
    ...suites.map(suiteXml),
    '</testsuites>',
    '',
  ].join('\n');
}

const failuresOf = ({ cases }: Suite): number =>
  cases.filter((each) => each.outcome === 'failure').length;
const errorsOf = ({ cases }: Suite): number =>
  cases.filter((each) => each.outcome === 'error').length;

function suiteXml(suite: Suite): string {
  const { cases, className, properties } = suite;
  const own = attributes({
    name: suite.name,
    tests: cases.length,
    failures: failuresOf(suite),
    errors: errorsOf(suite),
    skipped: 0,
    time: suite.seconds.toFixed(3),
  });
  return [
    `  <testsuite${own}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([name, value]) => `      <property${attributes({ name, value })}/>`,
    ),
    '    </properties>',
    ...cases.map((each) => caseXml(className, each)),
    '  </testsuite>',
  ].join('\n');
}

function caseXml(className: string, { name, seconds, outcome, type, message, text }: Case): string {
  const own = attributes({ classname: className, name, time: seconds.toFixed(3) });
  if (outcome === 'passed') return `    <testcase${own}/>`;
  return [
    `    <testcase${own}>`,
    `      <${outcome}${attributes({ type, message })}>${escaped(visibleText(text))}</${outcome}>`,
    '    </testcase>',
  ].join('\n');
}

const attributes = (of: Readonly<Record<string, string | number>>): string =>
  Object.entries(of)
    .map(([name, value]) => ` ${name}="${escaped(visibleLine(String(value)))}"`)
    .join('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!);
