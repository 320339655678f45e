/** Transactions that append to lists and read them: `["append", key, value]`, `["r", key, [value, …]]`; null is the empty list. */
import type { Kind } from '../read-transactions.ts';

export const lists: Kind = { write: 'append', isList: true };
