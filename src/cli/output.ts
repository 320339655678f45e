/** stdout is data, stderr is conversation. The only two places that write to a terminal. */

/** Writes data, a line or several. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Says something to the person who runs the command. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Prints one JSON value, indented, and nothing else. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));
