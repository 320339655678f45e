/** Every form of history file that can be read, by the name that `--format` takes. */
import { decodeHistory } from '../core/history/codec.ts';
import type { History } from '../core/history/entry.ts';
import { readEdnHistory } from './edn-history.ts';
import { readJepsenLog } from './jepsen-log.ts';
import { readPorcupineKv } from './porcupine-kv.ts';

export interface HistoryFormat {
  readonly says: string;
  /** `source` names the file; throws a `data` error that names file and line. */
  read(text: string, source: string): History;
}

export const formats = {
  jsonl: { says: 'the history of a run of dsp, JSON lines', read: decodeHistory },
  'jepsen-log': { says: "a text log of Jepsen's operations", read: readJepsenLog },
  'porcupine-kv': { says: "a key-value log of Porcupine's tests", read: readPorcupineKv },
  edn: {
    says: 'EDN of Jepsen, Knossos or Elle: a vector, a list, or a map a line',
    read: readEdnHistory,
  },
} satisfies Record<string, HistoryFormat>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];
