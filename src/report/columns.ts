/**
 * Columns of whole numbers as short text: zigzag, then seven bits a byte, then base64.
 *
 * Most columns of a history are small numbers or small steps, one byte each; as JSON they would be three to five times
 * as long. Runs in Node and in the page alike, so it rests on nothing of either.
 */

/** Packs whole numbers of at most 2^51 either way, so that twice the number is exact. */
export function packColumn(numbers: Iterable<number>): string {
  const bytes: number[] = [];
  for (const number of numbers) {
    if (!Number.isInteger(number) || Math.abs(number) > 2 ** 51)
      throw new RangeError(`${number} does not fit a column`);
    let rest = number < 0 ? -2 * number - 1 : 2 * number;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  }
  return toBase64(bytes);
}

/** The numbers of a packed column; their count must be known, and is checked. */
export function unpackColumn(packed: string, count: number): Float64Array {
  const bytes = atob(packed);
  const numbers = new Float64Array(count);
  let place = 0;
  for (let i = 0; i < count; i++) {
    let zigzag = 0;
    for (let scale = 1; ; scale *= 128) {
      if (place >= bytes.length) throw new RangeError(`a column has ${i} numbers, not ${count}`);
      const byte = bytes.charCodeAt(place++);
      zigzag += (byte % 128) * scale;
      if (byte < 128) break;
    }
    numbers[i] = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }
  if (place !== bytes.length) throw new RangeError(`a column has more than ${count} numbers`);
  return numbers;
}

/** Each number as the difference to the one before; `running` undoes it. */
export function steps(numbers: readonly number[]): number[] {
  return numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
}

/** Sums up steps, in place. */
export function running(numbers: Float64Array): Float64Array {
  for (let i = 1; i < numbers.length; i++) numbers[i]! += numbers[i - 1]!;
  return numbers;
}

function toBase64(bytes: readonly number[]): string {
  const chunk = 8192;
  let binary = '';
  for (let i = 0; i < bytes.length; i += chunk)
    binary += String.fromCharCode(...bytes.slice(i, i + chunk));
  return btoa(binary);
}
