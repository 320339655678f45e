/** A headless Chromium for tests: where `DSP_CHROMIUM` says, or where Debian puts it. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const path = process.env['DSP_CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether there is one; says aloud that tests are left out where there is none. */
export function hasBrowser(): boolean {
  const found = existsSync(path);
  if (!found)
    console.warn(`SKIPPED: no Chromium at ${path}; name one with DSP_CHROMIUM to test the report`);
  return found;
}

/** Its own sandbox needs rights that a container lacks; what it opens here is ours and loads nothing. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
