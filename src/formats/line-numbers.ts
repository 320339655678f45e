/** The line that each entry is from: as many numbers as entries, in four bytes each. */

export interface LineNumbers {
  push(line: number): void;
  /** 0 for an entry that is not there. */
  readonly at: (index: number) => number;
}

/** None at first. */
export function lineNumbers(): LineNumbers {
  let numbers = new Uint32Array(1024);
  let count = 0;
  return {
    push(line) {
      if (count === numbers.length) {
        const more = new Uint32Array(2 * count);
        more.set(numbers);
        numbers = more;
      }
      numbers[count++] = line;
    },
    at: (index) => numbers[index] ?? 0,
  };
}
