/** A history in columns, object by object: each is judged alone. */
import { noEvent, required, silent } from './columns.ts';
import type { Columns } from './columns.ts';

export interface Objects {
  /** By object: its operations, and those of them that must take effect. */
  readonly operations: Int32Array;
  readonly required: Int32Array;
  /** By object, where its events begin; and one more, where they all end. */
  readonly begins: Int32Array;
  /** Of all objects, one after the other, each one's in their order. */
  readonly events: Int32Array;
}

/**
 * The calls and returns of an object: an operation's number for its call, the complement (`~`) of it for its return. Of
 * what says nothing there is neither, of what may have happened only the call.
 */
export const eventsOf = ({ begins, events }: Objects, object: number): Int32Array =>
  events.subarray(begins[object], begins[object + 1]);

/** Sorts the events by counting; a role is the number of events that its operations have. */
export function byObject(columns: Columns): Objects {
  const { events, objectOf, role, count, keys } = columns;
  const operations = new Int32Array(keys.length);
  const requireds = new Int32Array(keys.length);
  const begins = new Int32Array(keys.length + 1);
  for (let number = 0; number < count; number++) {
    const object = objectOf[number]!;
    operations[object]!++;
    if (role[number] === required) requireds[object]!++;
    begins[object + 1]! += role[number]!;
  }
  for (let object = 0; object < keys.length; object++) begins[object + 1]! += begins[object]!;
  const sorted = new Int32Array(begins[keys.length]!);
  const ends = begins.slice();
  for (let place = 0; place < events.length; place++) {
    const event = events[place]!;
    if (event === noEvent) continue;
    const operation = event < 0 ? ~event : event;
    if (event < 0 ? role[operation] === required : role[operation] !== silent)
      sorted[ends[objectOf[operation]!]!++] = event;
  }
  return { operations, required: requireds, begins, events: sorted };
}
