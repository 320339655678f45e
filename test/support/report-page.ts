/** Reports of synthetic runs, opened from disk in a browser that complains of whatever the page should not do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { buildPage } from '../../src/report/build-page.ts';
import type { JudgedFile } from '../../src/report/file-report.ts';
import { renderFileReport, renderReport } from '../../src/report/render.ts';
import { launchBrowser } from './browser.ts';
import { writeSyntheticRun } from './synthetic-run.ts';
import type { SyntheticRun } from './synthetic-run.ts';

export interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

/** For the tests of the suite that calls it: a browser, a page built afresh, and a folder that is gone afterwards. */
export function reportInBrowser() {
  let browser: Browser;
  let folder: string;
  let template: string;
  let opened: Opened;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dsp-report-'));
    template = await buildPage(join(folder, 'page.html'));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Whatever a test does, the page has complained of nothing and asked nobody for anything. */
  afterEach(async () => {
    await opened.page.close();
    expect(opened.complaints).toEqual([]);
    expect(opened.requests).toEqual([]);
  });

  async function open(run: SyntheticRun, colorScheme: ColorScheme = 'light'): Promise<Page> {
    const runFolder = join(folder, `${run.kind}-${run.seed}-${run.messages === true}`);
    await writeSyntheticRun(runFolder, run);
    return openAt(await renderReport(runFolder, template), colorScheme);
  }

  async function openFile(file: JudgedFile, colorScheme: ColorScheme = 'light'): Promise<Page> {
    const path = join(folder, 'file.html');
    await renderFileReport(file, path, template);
    return openAt(path, colorScheme);
  }

  async function openAt(path: string, colorScheme: ColorScheme): Promise<Page> {
    opened = await openPage(browser, path, colorScheme);
    return opened.page;
  }

  return { open, openFile, opened: (): Opened => opened };
}

/** The page draws in frames of its own; a busy machine may be long about one. */
export const eventually = <T>(value: () => Promise<T>) => expect.poll(value, { timeout: 60_000 });

type ColorScheme = 'light' | 'dark';

async function openPage(browser: Browser, path: string, colorScheme: ColorScheme): Promise<Opened> {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
  const url = pathToFileURL(path).href;
  const opened: Opened = { page, complaints: [], requests: [] };
  page.on('console', (message) => void opened.complaints.push(message.text()));
  page.on('pageerror', (error) => void opened.complaints.push(error.message));
  page.on('request', (request) => {
    // `data:` is the empty icon, which keeps the browser from asking for one.
    if (request.url() !== url && !request.url().startsWith('data:'))
      opened.requests.push(request.url());
  });
  await page.goto(url);
  await page.locator('main').waitFor();
  return opened;
}
