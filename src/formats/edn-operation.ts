/**
 * Reads the map of one operation in EDN, straight into the fields that count: most of a history's time would go into
 * maps that are read once and dropped. What is no such map is read as any value, and refused with what it is.
 */
import { keyText, readValue, skipSpace, take } from './edn.ts';
import { broken, tokenEnd } from './edn-tokens.ts';
import type { Scan } from './edn-tokens.ts';
import { clear, shown } from './foreign.ts';
import type { RawOperation } from './foreign.ts';
import { nameAt } from './names.ts';

/** Tags, as `#jepsen.history.Op`, are passed over; so is any field but those of `operation`. */
export function readEdnOperation(scan: Scan, operation: RawOperation): void {
  skipTags(scan);
  clear(operation);
  if (scan.text.charCodeAt(scan.at) !== 123) {
    const { line } = scan;
    const value = readValue(scan);
    scan.line = line;
    throw broken(scan, `is ${shown(value)} where the map of an operation is due`);
  }
  const from = scan.line;
  scan.at++;
  while (!take(scan, '}')) {
    if (scan.at >= scan.text.length) throw broken(scan, `the } for line ${from} is missing`);
    readField(scan, operation, from);
  }
}

/** Goes behind the tags that come next. */
export function skipTags(scan: Scan): void {
  skipSpace(scan);
  while (scan.text.charCodeAt(scan.at) === 35 && scan.text.charCodeAt(scan.at + 1) !== 123) {
    const end = tokenEnd(scan.text, scan.at + 1);
    if (end === scan.at + 1) throw broken(scan, '# is followed by nothing that it can mean');
    scan.at = end;
    skipSpace(scan);
  }
}

function readField(scan: Scan, operation: RawOperation, from: number): void {
  const name = fieldName(scan);
  if (take(scan, '}')) throw broken(scan, `the map of line ${from} has a key without a value`);
  const value = readValue(scan);
  switch (name) {
    case 'type':
      operation.type = once(operation.type, value, name, scan);
      break;
    case 'process':
      operation.process = once(operation.process, value, name, scan);
      break;
    case 'f':
      operation.f = once(operation.f, value, name, scan);
      break;
    case 'key':
      operation.key = once(operation.key, value, name, scan);
      break;
    case 'value':
      operation.value = once(operation.value, value, name, scan);
      break;
    case 'error':
      operation.error = once(operation.error, value, name, scan);
      break;
    case 'index':
      operation.index = once(operation.index, value, name, scan);
      break;
    default:
  }
}

function once(before: unknown, value: unknown, name: string, scan: Scan): unknown {
  if (before !== undefined) throw broken(scan, `the map of an operation has ${name} twice`);
  return value;
}

function fieldName(scan: Scan): string {
  if (scan.text.charCodeAt(scan.at) !== 58) return keyText(readValue(scan));
  const from = scan.at + 1;
  scan.at = tokenEnd(scan.text, from);
  if (scan.at === from) throw broken(scan, 'a keyword has no name');
  return nameAt(scan.text, from, scan.at);
}
