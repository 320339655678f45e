/**
 * Builds `dist/`: what the package ships, for Node runs no TypeScript under node_modules. A checkout runs from its
 * sources and needs of it only the report's page.
 *
 * `npm ci` runs it as the script `dependencies`, so it must be quick. It is not `prepare`: `npx dsp` in a checkout makes
 * npm link the checkout into a cache of its own, and a package that then has an install script is refused there.
 */
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { buildPage } from '../src/report/build-page.ts';

const dockerfile = 'src/runtimes/docker/node.Dockerfile';
const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}dist`, { recursive: true, force: true });
const compiler = execa('tsc', ['-p', 'tsconfig.build.json'], {
  cwd: root,
  preferLocal: true,
  stdio: 'inherit',
});
await Promise.all([compiler, buildPage()]);
await cp(`${root}${dockerfile}`, `${root}dist/${dockerfile}`);
