/** The Node that runs dsp. The launcher refuses an old one; this says which one it is. */
import type { Probe } from './doctor.ts';

const majorNeeded = 24;

export const probeNode: Probe = async () => {
  const version = process.versions.node;
  return Number.parseInt(version, 10) >= majorNeeded
    ? { status: 'ok', says: `Node ${version}` }
    : {
        status: 'fail',
        says: `Node ${version} is too old`,
        remedy: `npm install --save-dev node@${majorNeeded}`,
      };
};
