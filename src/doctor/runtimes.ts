/** Which faults can be injected here, by runtime. */
import { runtimes } from '../runtimes/registry.ts';
import type { Probe } from './doctor.ts';

export const probeRuntimes: Probe = async () => {
  const each = Object.entries(runtimes).map(
    ([name, { capabilities }]) => `${name}: ${[...capabilities].join(', ')}`,
  );
  return { status: 'ok', says: each.join('; ') };
};
