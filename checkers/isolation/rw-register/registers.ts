/** Transactions that write to registers and read them: a write is `["w", key, value]`, and no value is null. */
import type { Kind } from '../read-transactions.ts';

export const registers: Kind = { write: 'w', isList: false };
