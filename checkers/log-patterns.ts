/**
 * log-patterns: no node wrote a line that nobody wants to see: a panic, a failed assertion, or what the options name.
 *
 * A match is a violation whatever clients saw, for the node itself says that something went wrong. It has no entries of
 * the history for evidence, but node, file and line.
 */
import { usageError } from '../src/core/errors.ts';
import type { NodeLog } from '../src/core/seams/checker.ts';
import { invalid, unknown, valid } from '../src/core/verdict.ts';
import type { Finding } from '../src/core/verdict.ts';
import { readOptions } from './claims/options.ts';
import type { GivenOptions, OptionReader } from './claims/options.ts';
import { counted } from './claims/shown.ts';
import type { NamedChecker } from './spec.ts';

const defaultPatterns = [
  '\\bpanic\\b',
  '(?<!\\bnon-)\\bfatal\\b',
  'assertion failed',
  'uncaught exception',
];

/** `patterns`: regular expressions, without regard to case, in place of the usual ones. */
export function logPatternsFrom(given: GivenOptions): NamedChecker {
  const { patterns = defaultPatterns.map(toPattern) } = readOptions('log-patterns', given, {
    patterns: expressions,
  });
  const spec = { checker: 'log-patterns' };
  return {
    name: 'log-patterns',
    says: `no node wrote a line like ${patterns.map(({ source }) => source).join(', ')}`,
    spec: Object.keys(given).length === 0 ? spec : { ...spec, options: given },
    check({ logs }) {
      const written = logs?.().filter(({ lines }) => lines.some((line) => line !== '')) ?? [];
      const findings = written.flatMap((log) => findingsIn(log, patterns));
      const lines = written.reduce((sum, log) => sum + log.lines.length, 0);
      const [first] = findings;
      if (first !== undefined)
        return {
          checker: 'log-patterns',
          verdict: invalid('safety'),
          summary: first.summary,
          findings: findings.slice(0, findingsMax),
          figures: { lines, linesMatched: findings.length },
        };
      const isEmpty = written.length === 0;
      return {
        checker: 'log-patterns',
        verdict: isEmpty ? unknown('vacuous') : valid,
        summary: isEmpty
          ? 'no node wrote anything'
          : `none of ${counted(lines, 'line')} of nodes matches`,
        findings: [],
        figures: { lines, linesMatched: 0 },
      };
    },
  };
}

const toPattern = (source: string): RegExp => new RegExp(source, 'i');

const expressions: OptionReader<readonly RegExp[]> = (checker, name, value) => {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  try {
    if (given.length > 0 && given.every((each) => typeof each === 'string'))
      return given.map(toPattern);
  } catch {
    // Told below, in the same words.
  }
  throw usageError(`the option ${name} of the checker ${checker} must be regular expressions`);
};

const findingsIn = ({ node, file, lines }: NodeLog, patterns: readonly RegExp[]): Finding[] =>
  lines.flatMap((line, place): Finding[] => {
    const text = line.slice(0, lineLengthMax);
    if (!patterns.some((pattern) => pattern.test(text))) return [];
    return [
      {
        type: 'log-pattern',
        kind: 'safety',
        summary: `node ${node} wrote on line ${place + 1} of ${file}: ${text.slice(0, shownLengthMax)}`,
        entries: [],
        details: { node, file, line: place + 1, text },
      },
    ];
  });

const findingsMax = 20;
const lineLengthMax = 10_000;
const shownLengthMax = 120;
