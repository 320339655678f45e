/** Where the package of this very file stands, from its sources and from its build alike. */

/** Whether TypeScript itself runs, as in a checkout; under node_modules only the build can. */
export const runsFromSources = import.meta.url.endsWith('.ts');

/** The folder of dsp's own package.json, with a slash at its end. */
export const packageFolder = new URL(runsFromSources ? '../../' : '../../../', import.meta.url);
