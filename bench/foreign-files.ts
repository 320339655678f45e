/** Files of a million operations, in every form that can be read: ten clients, one register or list a key. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { encodeEntry, encodeHeader } from '../src/core/history/codec.ts';
import type { Entry } from '../src/core/history/entry.ts';

export interface FileForm {
  readonly name: string;
  readonly says: string;
  /** How the file begins, and ends. */
  readonly begins: string;
  readonly ends: string;
  /** With the end of the line. */
  line(entry: Entry): string;
  /** Which operation the client of a number asks for. */
  operation(number: number): Pick<Entry, 'f' | 'key' | 'value'> & { readonly output: unknown };
}

const registers = (number: number) => {
  const key = Math.floor(number / 120);
  const isRead = number % 2 === 1;
  const value = isRead ? null : number;
  return { f: isRead ? 'read' : 'write', key, value, output: isRead ? number - 1 : number };
};

const independent = (number: number) => {
  const { key, f, value, output } = registers(number);
  return { f, value: [key, value], output: [key, output] };
};

/** Two micro-operations each; a list has up to twenty elements. */
const transactions = (number: number) => {
  const list = Math.floor(number / 20);
  const read = Array.from({ length: number % 20 }, (_, i) => list * 20 + i);
  const append = ['append', list, number];
  return { f: 'txn', value: [append, ['r', list, null]], output: [append, ['r', list, read]] };
};

const edn = (value: unknown): string =>
  value === null
    ? 'nil'
    : Array.isArray(value)
      ? `[${value.map(edn).join(' ')}]`
      : typeof value === 'string'
        ? `:${value}`
        : JSON.stringify(value);

const ednLine = ({ index, timeNs, type, process, f, value }: Entry): string =>
  `{:type :${type}, :f :${f}, :value ${edn(value)}, :time ${timeNs}, :process ${process}, :index ${index}}\n`;

const jsonLine = ({ index, timeNs, type, process, f, value }: Entry): string =>
  `${JSON.stringify({ index, type, process, time: timeNs, f, value })}\n`;

const plain = { begins: '', ends: '' };

export const fileForms: readonly FileForm[] = [
  {
    name: 'jsonl',
    says: "dsp's own, registers",
    begins: encodeHeader({ format: 'dsp-history', version: 1, originNs: 0, startedAt: '' }),
    ends: '',
    line: encodeEntry,
    operation: registers,
  },
  { name: 'jsonl', says: 'an operation a line', ...plain, line: jsonLine, operation: independent },
  {
    name: 'elle-cli-json',
    says: 'transactions on lists',
    begins: '[',
    ends: ']',
    line: (entry) => `${entry.index === 0 ? '' : ','}${jsonLine(entry)}`,
    operation: transactions,
  },
  { name: 'edn', says: 'keyed registers', ...plain, line: ednLine, operation: independent },
  {
    name: 'edn',
    says: 'tagged, transactions on lists',
    ...plain,
    line: (entry) => `#jepsen.history.Op${ednLine(entry)}`,
    operation: transactions,
  },
  {
    name: 'jepsen-log',
    says: 'registers',
    ...plain,
    line: ({ process, type, f, value }) =>
      `INFO  jepsen.util - ${process}\t:${type}\t:${f}\t${edn(value)}\n`,
    operation: registers,
  },
  {
    name: 'porcupine-kv',
    says: 'get and put',
    ...plain,
    line: ({ process, type, f, key, value }) =>
      `{:process ${process}, :type :${type}, :f :${f}, :key "${key}", :value ${value === null ? 'nil' : `"${JSON.stringify(value)}"`}}\n`,
    operation: (number) => {
      const { f, ...others } = registers(number);
      return { f: f === 'read' ? 'get' : 'put', ...others };
    },
  },
];

/** Writes a file of that many operations, each invoked and completed. */
export function writeFileOf(form: FileForm, operations: number, path: string): void {
  const file = openSync(path, 'w');
  let waiting = form.begins;
  let index = 0;
  const write = (type: Entry['type'], process: number, number: number): void => {
    const { f, key, value, output } = form.operation(number);
    waiting += form.line({
      index,
      timeNs: 50_000 * index++,
      process,
      type,
      f,
      ...(key === undefined ? {} : { key }),
      value: type === 'ok' ? output : value,
    });
    if (waiting.length < 2 ** 20) return;
    writeSync(file, waiting);
    waiting = '';
  };
  const clients = 10;
  for (let number = 0; number < operations + clients; number++) {
    if (number >= clients) write('ok', number % clients, number - clients);
    if (number < operations) write('invoke', number % clients, number);
  }
  writeSync(file, waiting + form.ends);
  closeSync(file);
}
