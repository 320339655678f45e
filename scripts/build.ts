/**
 * Builds `dist/`: what the package ships, for Node runs no TypeScript under node_modules. A checkout runs from its
 * sources and needs of it only the report's page.
 *
 * `npm ci` runs it as the script `dependencies`, so it must be quick. It is not `prepare`: `npx dsp` in a checkout makes
 * npm link the checkout into a cache of its own, and a package that then has an install script is refused there.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildPage } from '../src/report/build-page.ts';
import { buildPackage } from './build-package.ts';

const folder = fileURLToPath(new URL('../dist', import.meta.url));

await rm(folder, { recursive: true, force: true });
await Promise.all([buildPackage(folder), buildPage()]);
