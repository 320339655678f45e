/** Doubt: what the server shows after a change, compared with what was asked for. */
import { isDeepStrictEqual } from 'node:util';
import { harnessError } from '../core/errors.ts';
import type { ShownProxy, ShownToxic } from './shown.ts';
import type { ProxySpec, ToxicSpec } from './toxics.ts';

/** Throws unless the server shows the proxy as it should be. */
export function mustShowProxy(wanted: ProxySpec, shown: ShownProxy | undefined): void {
  const { name, listen, upstream, enabled } = wanted;
  const asked = { name, upstream, enabled, ...(isExact(listen) ? { listen } : {}) };
  mustShow(`proxy ${name}`, asked, shown);
}

/** Throws unless the server shows the toxic as it should be. */
export function mustShowToxic(proxy: string, wanted: ToxicSpec, shown: ShownProxy): void {
  const found = shown.toxics.find(({ name }) => name === wanted.name);
  mustShow(
    `toxic ${wanted.name} of proxy ${proxy}`,
    inShortFloat(wanted),
    found && inShortFloat(found),
  );
}

/** Throws if the server still shows a toxic of that name. */
export function mustNotShowToxic(name: string, shown: ShownProxy): void {
  if (!shown.toxics.some((toxic) => toxic.name === name)) return;
  throw harnessError(`Toxiproxy was told to remove toxic ${name} of ${shown.name}, and shows it`);
}

function mustShow(what: string, asked: object, shown: object | undefined): void {
  const wanted = Object.entries(asked);
  const found = new Map<string, unknown>(Object.entries(shown ?? {}));
  const wrong = wanted.filter(([key, value]) => !isDeepStrictEqual(found.get(key), value));
  if (wrong.length === 0) return;
  const said = wrong.map(
    ([key, value]) => `${key} is ${JSON.stringify(found.get(key))}, not ${JSON.stringify(value)}`,
  );
  throw harnessError(`Toxiproxy did not change ${what} as asked: ${said.join('; ')}`);
}

/** A listening address that the server shows as it is given: numbers, and a port that is not its choice. */
const isExact = (listen: string): boolean => /^[\d.]+:0*[1-9]\d*$/.test(listen);

/** The server keeps toxicities in 32 bits. */
const inShortFloat = <T extends Pick<ShownToxic, 'toxicity'>>(toxic: T): T => ({
  ...toxic,
  toxicity: Math.fround(toxic.toxicity),
});
