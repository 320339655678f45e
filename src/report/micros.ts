/** Nanoseconds to the whole microseconds of a report. */
export const toUs = (timeNs: number): number => Math.round(timeNs / 1000);
