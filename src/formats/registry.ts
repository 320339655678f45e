/** Every form of history file that can be read, by the name that `--format` takes. */
import { readEdnHistory } from './edn-history.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { readJepsenLog } from './jepsen-log.ts';
import { readJsonHistory } from './json-history.ts';
import { readJsonLines } from './own-history.ts';
import type { Pieces } from './pieces.ts';
import { readPorcupineKv } from './porcupine-kv.ts';

export interface HistoryFormat {
  readonly says: string;
  /** Throws a `data` error, with file and line, for a text that is none of this form at all; the builder notes the rest. */
  read(pieces: Pieces, builder: HistoryBuilder): void;
}

export const formats = {
  jsonl: { says: 'JSON lines: of a run of dsp, or an operation a line', read: readJsonLines },
  'jepsen-log': { says: "a text log of Jepsen's operations", read: readJepsenLog },
  'porcupine-kv': { says: "a key-value log of Porcupine's tests", read: readPorcupineKv },
  'elle-cli-json': { says: 'JSON: an array of operations', read: readJsonHistory },
  edn: {
    says: 'EDN of Jepsen, Knossos or Elle: a vector, a list, or a map a line',
    read: readEdnHistory,
  },
} satisfies Record<string, HistoryFormat>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];
