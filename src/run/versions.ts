/** Which dsp and which Node made a run. */
import { readFileSync } from 'node:fs';

/** dsp's own version is its package's, which stands above `src/` in a checkout and above `dist/` in the package. */
export function versions(): { readonly dsp: string; readonly node: string } {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const manifest = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        version?: string;
      };
      if (manifest.version !== undefined) return { dsp: manifest.version, node: process.version };
    } catch {
      // The other place.
    }
  }
  return { dsp: 'unknown', node: process.version };
}
