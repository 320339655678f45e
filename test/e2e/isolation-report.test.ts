/** Anomalies of isolation in the report of a history file, in a real browser: drawn as a graph that leads to the operations. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { judged } from '../../checkers/isolation/check.fixture.ts';
import { readHistoryFile } from '../../src/formats/read-history.ts';
import type { JudgedFile } from '../../src/report/file-report.ts';
import { hasBrowser } from '../support/browser.ts';
import { eventually, reportInBrowser } from '../support/report-page.ts';

const path = fileURLToPath(
  new URL('../fixtures/histories/elle/paper-example.edn', import.meta.url),
);

/** The example of the Elle paper: three transactions in a cycle. */
async function readSkew(): Promise<JudgedFile> {
  const history = readHistoryFile(path);
  return {
    path,
    history,
    check: await judged('list-append', history),
    notes: [],
    asked: { checker: 'list-append' },
    recheck: 'npx dsp check paper-example.edn --checker list-append',
    versions: { dsp: '0.1.0' },
  };
}

const litOf = (page: Page, what: string) => page.locator(`${what}.lit`);

describe.skipIf(!hasBrowser())('the report of a history file', () => {
  const { openFile } = reportInBrowser();

  test('says what was judged and what was found, without what a file does not know', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await openFile(await readSkew(), scheme);
      expect(await page.locator('h1').innerText()).toContain('Invalid');
      expect(await page.locator('.run').innerText()).toBe('paper-example.edn · list-append');
      await page.getByText('does not keep consistent-view, repeatable-read').waitFor();
      await page.getByText('The file tells no times').waitFor();
      for (const absent of ['Repeat', 'Latency of ok operations', 'Files of this run'])
        expect(await page.getByText(absent, { exact: true }).count()).toBe(0);
      if (scheme === 'light') await page.close();
    }
  });

  test('draws the cycle: transactions with their micro-operations, arrows with kind and key, reasons', async () => {
    const page = await openFile(await readSkew());
    await page.locator('.transaction').first().waitFor();
    expect(await page.locator('.transaction .head').allTextContents()).toEqual([
      'T6 ● client 0',
      'T2 ● client 0',
      'T4 ● client 0',
    ]);
    expect(await page.locator('.transaction').first().locator('.micro').allTextContents()).toEqual([
      'append 250 10',
      'read 253 → [1, 3, 4]',
      'read 255 → [2, 3, 4, 5]',
      'append 256 3',
    ]);
    expect(await page.locator('.dependency text').allTextContents()).toEqual([
      'rw key 255: [2, 3, 4, 5] → 8',
      'wr key 255: 8',
      'ww key 256: 4 → 3',
    ]);
    expect(await page.locator('.reasons li').allInnerTexts()).toEqual([
      expect.stringContaining('T6 read [2, 3, 4, 5] of key 255, without 8, which T2 appended'),
      expect.stringContaining('T4 read 8 of key 255, which T2 appended'),
      expect.stringContaining('T6 appended 3 to key 256 after T4 had appended 4'),
    ]);
  });

  test('a reason that is pointed at lights its arrow, its transactions and their operations', async () => {
    const page = await openFile(await readSkew());
    await page.locator('.reasons button').nth(1).hover();
    await eventually(() => litOf(page, '.dependency').allTextContents()).toEqual(['wr key 255: 8']);
    expect(await litOf(page, '.transaction').locator('.head').allTextContents()).toEqual([
      'T2 ● client 0',
      'T4 ● client 0',
    ]);
    expect(await litOf(page, '.micro').allTextContents()).toEqual([
      'append 255 8',
      'read 255 → [2, 3, 4, 5, 8]',
    ]);
    await eventually(() => page.locator('.rows .tr.pointed').count()).toBe(2);
    await page.locator('h1').hover();
    await eventually(() => page.locator('.rows .tr.pointed').count()).toBe(0);
    expect(await litOf(page, '.transaction').count()).toBe(0);
  });

  test('an arrow that is pointed at lights its reason, a transaction both of its own', async () => {
    const page = await openFile(await readSkew());
    await page.locator('.dependency text').nth(2).hover();
    await eventually(() => litOf(page, '.reasons li').allInnerTexts()).toEqual([
      expect.stringContaining('T6 appended 3'),
    ]);
    await page.locator('.transaction').nth(1).hover();
    await eventually(() => litOf(page, '.dependency').allTextContents()).toEqual([
      'rw key 255: [2, 3, 4, 5] → 8',
      'wr key 255: 8',
    ]);
  });

  test('a transaction that is chosen, by a click or by keys, is chosen in the table', async () => {
    const page = await openFile(await readSkew());
    await page.locator('.transaction').nth(1).click();
    await page.locator('.rows .tr.selected').getByText('"append",255,8').first().waitFor();
    await page.locator('.transaction.selected').getByText('T2').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.transaction.selected').getByText('T4').waitFor();
    await page.locator('.rows .tr.selected').getByText('"append",256,4').first().waitFor();
  });

  test('in a narrow window it is one below the other, and nothing is wider than the window', async () => {
    const page = await openFile(await readSkew());
    const tops = async () => {
      const boxes = await page.locator('.transaction .box').all();
      return new Set(await Promise.all(boxes.map((box) => box.getAttribute('y')))).size;
    };
    await page.setViewportSize({ width: 400, height: 800 });
    await eventually(tops).toBe(3);
    const over = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(over).toBe(0);
  });
});
