/** How long something takes: in milliseconds, of each repetition; three, and up to so many of what is short, which takes many to be compiled. */
export async function timesOf(timesMax: number, run: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let total = 0; times.length < 3 || (total < 2000 && times.length < timesMax);) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
    total += times.at(-1)!;
  }
  return times;
}
