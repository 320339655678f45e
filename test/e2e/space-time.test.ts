/** The messages around a finding, in a real browser: drawn, read by pointer and by keys, and silent where none are known. */
import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { eventually, reportInBrowser } from '../support/report-page.ts';

describe.skipIf(!hasBrowser())('the messages around a finding', () => {
  const { open } = reportInBrowser();
  const simulated = { seed: '2', kind: 'invalid', messages: true } as const;

  test('are arrows between lines, in light and dark; those that never arrived say so', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await open(simulated, scheme);
      const names = page.locator('.space-time-view .name');
      expect(await names.allTextContents()).toEqual(['clients', 'n1', 'n2', 'n3', 'n4', 'n5']);
      expect(await page.locator('.message.arrives').count()).toBeGreaterThan(100);
      const lost = page.locator('.message.lost').first();
      expect(await lost.getAttribute('aria-label')).toMatch(/^\w+: n\d → n\d, .*never arrived$/);
      await page.getByText('messages of this time left out').waitFor();
      if (scheme === 'light') await page.close();
    }
  });

  test('are not there for a run that does not know them, nor is a word about them', async () => {
    const page = await open({ seed: '2', kind: 'invalid' });
    await page.locator('.drawing .bar').first().waitFor();
    expect(await page.locator('.space-time').count()).toBe(0);
    expect(await page.locator('.files').innerText()).not.toContain('messages');
  });

  test('the evidence is in sight from the start, and chooses its operation', async () => {
    const page = await open(simulated);
    const blocked = page.locator('.space-time-view .bar.blocked');
    await blocked.scrollIntoViewIfNeeded();
    const [view, bar] = [
      (await page.locator('.space-time-view').boundingBox())!,
      (await blocked.boundingBox())!,
    ];
    expect(bar.y).toBeGreaterThan(view.y);
    expect(bar.y).toBeLessThan(view.y + view.height);
    await blocked.click({ position: { x: 20, y: 12 } });
    await page.locator('.rows .tr.selected').waitFor();
    await page.locator('.drawing .bar.selected.blocked').waitFor();
  });

  test('pointing at one tells its kind, ends and times', async () => {
    const page = await open(simulated);
    const message = page.locator('.message.arrives').nth(40);
    await message.scrollIntoViewIfNeeded();
    await message.dispatchEvent('pointermove', { clientX: 300, clientY: 300 });
    const told = await page.locator('.tooltip').innerText();
    expect(told).toMatch(/^\w+: \w+ → \w+\n.*\n?sent \d\.\d{6} s\narrived \d\.\d{6} s, after /);
    await message.dispatchEvent('pointerleave');
    await page.locator('.tooltip').waitFor({ state: 'hidden' });
  });

  test('keys go from one to the next, and the focus stays where it is when it is drawn anew', async () => {
    const page = await open(simulated);
    const label = () => page.evaluate<string>(`document.activeElement.getAttribute('aria-label')`);
    expect(await page.locator('.space-time-view [tabindex="0"]').count()).toBe(1);
    await page.locator('.space-time-view [tabindex="0"]').focus();
    expect(await label()).toContain('cannot take effect');
    await page.keyboard.press('ArrowDown');
    const next = await label();
    expect(next).not.toContain('cannot take effect');
    await page.locator('.tooltip').waitFor();
    await page.keyboard.press('+');
    expect(await label()).toBe(next);
    await page.keyboard.press('ArrowUp');
    expect(await label()).toContain('cannot take effect');
  });

  test('a kind can be hidden and shown; heartbeats are hidden at first', async () => {
    const page = await open(simulated);
    const beats = page.locator('.message[aria-label^="beat:"]');
    const shown = await page.locator('.message').count();
    expect(await beats.count()).toBe(0);
    await page.getByRole('checkbox', { name: /^beat \d/ }).check();
    await eventually(() => beats.count()).toBeGreaterThan(0);
    await page.getByRole('checkbox', { name: /^beat \d/ }).uncheck();
    await eventually(() => page.locator('.message').count()).toBe(shown);
  });

  test('it is made higher and lower', async () => {
    const page = await open(simulated);
    const height = async () =>
      (await page.locator('.space-time-view .canvas').boundingBox())!.height;
    const before = await height();
    await page.getByRole('button', { name: 'Higher' }).click();
    await eventually(height).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Lower' }).click();
    await eventually(height).toBeCloseTo(before);
  });

  test('what nodes traced that the finding rests on is marked', async () => {
    const page = await open(simulated);
    await page.locator('[data-finding="1"]').click();
    await page.locator('.event.evident').first().waitFor();
    expect(await page.locator('.event.evident').count()).toBe(2);
    expect(await page.locator('.words.evident').allTextContents()).toContain(
      'leader-elected generation 4',
    );
  });
  test('text of a message is shown as text, its kind as well', async () => {
    const page = await open({
      seed: '3',
      kind: 'invalid',
      hostile: '</script><img src=x onerror="document.title=1"><b>\u202e',
      messages: true,
    });
    await page.locator('.kinds').getByText('</script><img src=x').first().waitFor();
    const labels = page.locator('.message[aria-label*="onerror"]');
    expect(await labels.first().getAttribute('aria-label')).toContain('</script><img src=x');
    expect(await page.locator('img, b').count()).toBe(0);
    expect(await page.title()).toContain('invalid');
  });
});
