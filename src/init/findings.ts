/** What can be found out about a server from the files that stand beside it, each with the file that said so. */

/** A value and where it stands: `package.json (start)`. */
export interface Found<T> {
  readonly value: T;
  readonly from: string;
}

export interface Findings {
  readonly name?: Found<string>;
  /** Program and arguments. */
  readonly command?: Found<readonly string[]>;
  readonly image?: Found<string>;
  /** The client's port first. */
  readonly ports?: Found<readonly number[]>;
  readonly dataFolder?: Found<string>;
}

/** The findings of several files: for each field, the first file that says something. */
export const firstOf = (all: readonly Findings[]): Findings =>
  Object.assign({}, ...all.toReversed()) as Findings;

/** A finding only where there is something: an empty list is nothing. */
export const found = <Field extends keyof Findings>(
  field: Field,
  value: NonNullable<Findings[Field]>['value'] | undefined,
  from: string,
): Findings => (value === undefined || value.length === 0 ? {} : { [field]: { value, from } });

/** A port as it is written somewhere, or undefined for what is none. */
export function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : undefined;
}
