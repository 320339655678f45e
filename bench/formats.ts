/**
 * How fast history files are read, and in how much memory: `npx node bench/formats.ts [OPERATIONS]`.
 *
 * Each file is read in a process of its own. Processor time is given beside elapsed time, for it is the one that a
 * busy machine leaves as it is; memory is the most that the process ever had, all of Node included, over the file's size; the flags are those of the process that judges.
 * Beside it stands what a library takes for the same text: `JSON.parse` a line, and edn-data on the first twentieth
 * of it, times twenty.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEDNString } from 'edn-data';
import { formatChoice, readHistoryFile } from '../src/formats/read-history.ts';
import { fileForms, writeFileOf } from './foreign-files.ts';
import type { FileForm } from './foreign-files.ts';

interface Measured {
  readonly entries: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** `ours`, or `library`. */
const [, , what = '1000000', format, path] = process.argv;

function measure(read: () => number): Measured {
  const cpu = process.cpuUsage();
  const beganMs = performance.now();
  const entries = read();
  const { user, system } = process.cpuUsage(cpu);
  return {
    entries,
    seconds: (performance.now() - beganMs) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function ours(): number {
  const { columns, problems } = readHistoryFile(path!, formatChoice(format!), { strict: true });
  return problems.count === 0 ? columns.length : 0;
}

function library(): number {
  const lines = readFileSync(path!, 'utf8').split('\n');
  if (format !== 'edn') return lines.filter((line) => keeps(line.replace(/^[[,]|\]$/g, ''))).length;
  const some = lines.slice(0, lines.length / libraryShare);
  return some.filter((line) => parseEDNString(line, { mapAs: 'object', keywordAs: 'string' }))
    .length;
}

const libraryShare = 20;
const kept: unknown[] = [];
const keeps = (line: string): boolean => line !== '' && kept.push(JSON.parse(line)) > 0;

function compareAll(operations: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'dsp-bench-'));
  try {
    for (const form of fileForms) {
      const file = join(folder, 'history');
      writeFileOf(form, operations, file);
      process.stdout.write(`${told(form, file)}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function told(form: FileForm, file: string): string {
  const { size } = statSync(file);
  const own = inProcess('ours', form, file);
  const parts = [
    `${form.name} (${form.says})`.padEnd(46),
    `${own.entries} entries, ${Math.round(size / 1e6)} MB`,
    `${own.seconds.toFixed(2)} s (cpu ${own.cpuSeconds.toFixed(2)} s)`,
    `memory ${(own.peakBytes / size).toFixed(2)} × file`,
  ];
  if (!/json|edn/.test(form.name)) return parts.join('  ');
  const theirs = inProcess('library', form, file);
  const cpuSeconds = theirs.cpuSeconds * (form.name === 'edn' ? libraryShare : 1);
  const name = form.name === 'edn' ? 'edn-data' : 'JSON.parse';
  return [...parts, `${(own.cpuSeconds / cpuSeconds).toFixed(2)} × the cpu time of ${name}`].join(
    '  ',
  );
}

function inProcess(reader: 'ours' | 'library', { name }: FileForm, file: string): Measured {
  const self = fileURLToPath(import.meta.url);
  const args = ['--max-old-space-size=4096', '--max-semi-space-size=16', self, reader, name, file];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

if (path === undefined) compareAll(Number(what));
else process.stdout.write(JSON.stringify(measure(what === 'ours' ? ours : library)));
