/** What there is to test with, gathered from the registries: `dsp list`, and nothing that must be kept by hand. */
import { checkers } from '../../checkers/registry.ts';
import { nemeses } from '../../nemeses/registry.ts';
import { workloads } from '../../workloads/registry.ts';
import type { Systems } from '../run/plan.ts';
import type { Section } from './sections.ts';

export interface Listed {
  readonly name: string;
  readonly says: string;
  /** Of a bug: where it can be planted, and what shows it. */
  readonly system?: string;
  readonly shownUnder?: readonly string[];
  readonly foundAs?: readonly string[];
}

/** All of it, by section: the systems are those of the working folder's configuration too. */
export const catalogue = (systems: Systems): Readonly<Record<Section, readonly Listed[]>> => ({
  systems: named(systems),
  workloads: named(workloads),
  nemeses: [{ name: 'none', says: 'no faults' }, ...named(nemeses)],
  checkers: named(checkers),
  bugs: Object.values(systems).flatMap((system) =>
    system.bugs.map(({ id, mistake, shows }) => ({
      name: id,
      says: mistake,
      system: system.name,
      shownUnder: shows.under,
      foundAs: shows.as,
    })),
  ),
});

const named = (registry: Readonly<Record<string, { readonly says: string }>>): Listed[] =>
  Object.entries(registry).map(([name, { says }]) => ({ name, says }));
