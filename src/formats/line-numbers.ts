/**
 * The line that each entry is from. Most are from the line after the one before, so only those that are not are kept, each
 * with its line.
 */

export interface LineNumbers {
  push(line: number): void;
  /** 0 for an entry that is not there. */
  readonly at: (index: number) => number;
}

/** None at first. */
export function lineNumbers(): LineNumbers {
  let runs = new Uint32Array(64);
  let count = 0;
  let length = 0;
  let due = 0;
  return {
    push(line) {
      if (line !== due) {
        if (2 * count === runs.length) {
          const more = new Uint32Array(2 * runs.length);
          more.set(runs);
          runs = more;
        }
        runs[2 * count] = length;
        runs[2 * count + 1] = line;
        count++;
      }
      length++;
      due = line + 1;
    },
    at(index) {
      if (index < 0 || index >= length) return 0;
      let low = 0;
      let high = count;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (runs[2 * middle]! <= index) low = middle;
        else high = middle;
      }
      return runs[2 * low + 1]! + index - runs[2 * low]!;
    },
  };
}
