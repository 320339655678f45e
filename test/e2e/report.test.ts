/** The report in a real browser: it opens from disk, asks the network for nothing, and findings and operations lead to each other. */
import { stat } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { eventually, reportInBrowser } from '../support/report-page.ts';

describe.skipIf(!hasBrowser())('report.html', () => {
  const { open, opened } = reportInBrowser();

  describe('shows the verdict and why', () => {
    test.each([
      { kind: 'valid', word: 'Valid', why: 'are each linearizable' },
      { kind: 'invalid', word: 'Invalid', why: 'is not linearizable' },
      { kind: 'unknown', word: 'Unknown', why: 'proves nothing' },
      { kind: 'error', word: 'Error', why: 'node n3 ended by itself' },
    ] as const)('of a run that is $kind, in light and dark', async ({ kind, word, why }) => {
      for (const scheme of ['light', 'dark'] as const) {
        const page = await open({ seed: '1', kind }, scheme);
        expect(await page.locator('h1').innerText()).toContain(word);
        expect(await page.locator('.why').innerText()).toContain(why);
        expect(await page.title()).toContain(kind);
        if (scheme === 'light') await page.close();
      }
    });
  });

  describe('a finding and its operations', () => {
    test('the gravest is open from the start, its operations are drawn and listed', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.locator('.drawing .bar').first().waitFor();
      const bars = await page.locator('.drawing .bar').count();
      expect(bars).toBeGreaterThan(2);
      expect(await page.locator('.drawing .blocked').count()).toBe(1);
      expect(await page.locator('.rows .tr').count()).toBe(bars);
      expect(await page.locator('.rows .tr.named').count()).toBe(bars);
    });

    test('a click on a finding shows its operations, another lets go of them', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.locator('[data-finding="0"]').click();
      await page.locator('.evidence').waitFor({ state: 'hidden' });
      await page.locator('.rows .tr.named').first().waitFor({ state: 'detached' });
      await page.locator('[data-finding="0"]').click();
      await page.locator('.drawing .bar').first().waitFor();
      await page.locator('.rows .tr.named').first().waitFor();
    });

    test('the keyboard does what a click does', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.locator('[data-finding="1"]').focus();
      await page.keyboard.press('Enter');
      await page.getByText('What nodes traced').waitFor();
      await page.locator('.scroller').focus();
      await page.keyboard.press('ArrowDown');
      await page.locator('.inspector').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.inspector').waitFor({ state: 'hidden' });
    });

    test('an operation in the table shows the findings that name it, and leads to them', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.locator('.rows .tr.named').last().click();
      await page.locator('.named-by').getByText('is not linearizable').waitFor();
      await page.locator('.drawing .bar.selected.blocked').waitFor();
      await page.locator('[data-finding="0"]').click();
      await page.locator('.evidence').waitFor({ state: 'hidden' });
      await page.locator('.rows .tr.named').first().waitFor({ state: 'detached' });
      await page.getByText('Whole run').last().click();
      await page.locator('.rows .tr.selected').click();
      await page.locator('.named-by button').click();
      await page.locator('.drawing .bar.selected.blocked').waitFor();
    });

    test('an operation that no finding names says so', async () => {
      const page = await open({ seed: '2', kind: 'valid' });
      await page.locator('.rows .tr').first().click();
      await page.getByText('No finding names it.').waitFor();
    });

    test('a bar of the drawing selects its operation in the table', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.locator('.drawing .bar').first().click();
      await page.locator('.rows .tr.selected').waitFor();
      expect(await page.locator('.inspector strong').innerText()).toContain('write');
    });

    test('an order that is chosen is told in words', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.locator('.steps .blocked').waitFor();
      const before = await page.locator('.steps li').count();
      await page.getByText('Order 2').click();
      await eventually(() => page.locator('.steps li').count()).toBe(before - 1);
      expect(await page.locator('.steps li').last().innerText()).toContain('cannot take effect');
    });
  });

  describe('the drawing of a counterexample', () => {
    const numbers = (page: Page) => page.locator('.path:not([hidden]) .mark').allTextContents();
    const orders = (page: Page) => page.locator('.segmented .previewed').allInnerTexts();

    test('shows an order by numbers, with the state after each, up to a wall', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      const steps = await page.locator('.steps li').count();
      // One item tells the state at first, one what is blocked.
      await eventually(async () => (await numbers(page)).length).toBe(steps - 2);
      expect(await page.locator('.path:not([hidden]) .state').count()).toBe(steps - 1);
      expect(await page.locator('.path:not([hidden]) .wall').count()).toBe(1);
      expect(await page.locator('.steps .blocked').innerText()).toContain(
        'cannot take effect here: for a test',
      );
    });

    test('an operation that is pointed at shows the longest order that has it, until it is left', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.getByText('Order 2').click();
      await page.locator('.drawing .bar.blocked').waitFor();
      const before = await numbers(page);
      await page.locator('.drawing .bar.blocked').hover();
      await eventually(async () => (await numbers(page)).length).toBe(before.length + 1);
      expect(await orders(page)).toEqual([expect.stringContaining('Order 1')]);
      await page.locator('h1').hover();
      await eventually(() => numbers(page)).toEqual(before);
      expect(await orders(page)).toEqual([]);
    });

    test('a step that is pointed at is lit in the drawing and in the table', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.locator('.steps .blocked button').hover();
      await page.locator('.drawing .bar.blocked.lit').waitFor();
      await page.locator('.rows .tr.pointed').waitFor();
      await page.locator('h1').hover();
      await page.locator('.rows .tr.pointed').waitFor({ state: 'detached' });
    });

    test('keys go along the order, to another one, and to where it ends', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      const label = () =>
        page.evaluate<string>(`document.activeElement.getAttribute('aria-label')`);
      const first = await page.locator('.steps [data-place]').first().innerText();
      await page.locator('.drawing .bar').first().waitFor();
      await page.locator('.drawing .bar[tabindex="0"]').focus();
      await page.keyboard.press('Home');
      expect(first).toContain((await label()).split(',')[0]!);
      expect(await label()).toContain('number 1 of this order, then state ');
      await page.keyboard.press('End');
      expect(await label()).toContain('cannot take effect here');
      expect(await page.locator('.drawing .bar.blocked:focus').count()).toBe(1);
      const before = (await numbers(page)).length;
      await page.keyboard.press('ArrowDown');
      await eventually(async () => (await numbers(page)).length).toBe(before - 1);
      await page.keyboard.press('Enter');
      await page.locator('.rows .tr.selected').waitFor();
    });

    test('a button brings its end into sight in a narrow window, with the clients’ names', async () => {
      const page = await open({ seed: '2', kind: 'invalid' });
      await page.setViewportSize({ width: 400, height: 800 });
      await page.getByRole('button', { name: 'Where it ends' }).click();
      const box = async (what: string) => (await page.locator(what).boundingBox())!;
      await eventually(async () => (await box('.path:not([hidden]) .wall')).x).toBeLessThan(400);
      expect((await box('.drawing .names')).x).toBeGreaterThanOrEqual((await box('.drawing')).x);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(400);
    });
  });

  describe('the timeline', () => {
    test('a click on a bar selects its operation; one beside all bars selects none', async () => {
      const page = await open({ seed: '2', kind: 'valid' });
      await page.locator('.rows .tr').first().click();
      await page.getByRole('button', { name: 'Zoom to it' }).click();
      const chosen = await page.locator('.inspector strong').innerText();
      await page.keyboard.press('Escape');
      await page.locator('.inspector').waitFor({ state: 'hidden' });
      const box = (await page.locator('.timeline').boundingBox())!;
      const lane = Number(
        await page.locator('.rows .tr').first().locator('span').nth(2).innerText(),
      );
      const { lanesTop, laneHeight } = await lanesOf(page);
      const [x, y] = [
        box.x + (76 + box.width - 12) / 2,
        box.y + lanesTop + (lane + 0.5) * laneHeight,
      ];
      await page.mouse.click(x, y);
      await eventually(() => page.locator('.inspector strong').innerText()).toBe(chosen);
      await page.mouse.click(x, box.y + 8);
      await page.locator('.inspector').waitFor({ state: 'hidden' });
    });

    test('the wheel zooms once it has the focus, and before that it scrolls the page', async () => {
      const page = await open({ seed: '2', kind: 'valid' });
      const canvas = page.locator('.timeline');
      await canvas.scrollIntoViewIfNeeded();
      await canvas.hover();
      const all = await listed(page);
      const at = await page.evaluate<number>('scrollY');
      await page.mouse.wheel(0, -200);
      await eventually(() => page.evaluate<number>('scrollY')).toBeLessThan(at);
      expect(await listed(page)).toBe(all);
      await canvas.focus();
      await canvas.hover();
      await page.mouse.wheel(0, -400);
      await eventually(() => listed(page)).toBeLessThan(all);
      await page.getByRole('button', { name: 'Whole run' }).click();
      await eventually(() => listed(page)).toBe(all);
    });

    test('dragging moves it, dragging over a chart zooms it', async () => {
      const page = await open({ seed: '2', kind: 'valid' });
      const all = await listed(page);
      const chart = (await page.locator('.u-over').first().boundingBox())!;
      await page.mouse.move(chart.x + 200, chart.y + 50);
      await page.mouse.down();
      await page.mouse.move(chart.x + 300, chart.y + 50, { steps: 4 });
      await page.mouse.up();
      await eventually(() => listed(page)).toBeLessThan(all);
      const first = await page.locator('.rows .tr').first().innerText();
      await page.locator('.timeline').scrollIntoViewIfNeeded();
      const box = (await page.locator('.timeline').boundingBox())!;
      await page.mouse.move(box.x + 300, box.y + 150);
      await page.mouse.down();
      await page.mouse.move(box.x + 600, box.y + 150, { steps: 4 });
      await page.mouse.up();
      await eventually(() => page.locator('.rows .tr').first().innerText()).not.toBe(first);
      expect(await page.locator('.inspector').isHidden()).toBe(true);
    });

    test('a filter leaves only what passes it', async () => {
      const page = await open({ seed: '2', kind: 'valid' });
      for (const name of ['ok', 'info'])
        await page.locator('.check-box', { hasText: name }).locator('input').uncheck();
      await eventually(() => page.locator('.rows .outcome.ok').count()).toBe(0);
      expect(await page.locator('.rows .outcome.fail').count()).toBeGreaterThan(0);
    });
  });

  describe('text from a node', () => {
    const hostile = '</script><img src=x onerror="document.title=1"><b>\u202e\u0000';
    const visible = '</script><img src=x onerror="document.title=1"><b>\\u{202e}\\u{0}';

    test('is shown as text, wherever it stands', async () => {
      const page = await open({ seed: '3', kind: 'invalid', hostile });
      expect(await page.locator('.why').innerText()).toContain(visible);
      await page.getByText('Whole run').last().click();
      await page.getByPlaceholder('value or error').fill('onerror');
      await page.locator('.rows').getByText('<img src=x').first().click();
      expect(await page.locator('.inspector strong').innerText()).toContain('</script><img src=x');
      expect(await page.locator('img, b').count()).toBe(0);
      expect(await page.title()).toContain('invalid');
    });

    test('the page’s policy would refuse a script, markup and the network', async () => {
      const page = await open({ seed: '3', kind: 'valid' });
      const refused = await page.evaluate<string[]>(`(async () => {
        const violation = new Promise((resolve) =>
          addEventListener('securitypolicyviolation', resolve, { once: true }),
        );
        await fetch('http://127.0.0.1:9/').catch(() => undefined);
        const refused = [(await violation).effectiveDirective];
        try {
          document.body.innerHTML = '<b>markup</b>';
        } catch {
          refused.push('markup');
        }
        const script = document.createElement('script');
        try {
          script.text = 'document.title = 1';
        } catch {
          refused.push('script');
        }
        return refused;
      })()`);
      expect(refused).toEqual(['connect-src', 'markup', 'script']);
      opened().complaints.length = 0;
      opened().requests.length = 0;
    });
  });

  test('files of the run are linked beside the report', async () => {
    const page = await open({ seed: '2', kind: 'valid' });
    const links = page.locator('.files a');
    expect(await links.first().getAttribute('href')).toBe('nodes/n1/stdout.log');
    const target = new URL((await links.first().getAttribute('href'))!, page.url());
    expect((await stat(target)).isFile()).toBe(true);
  });

  test('100,000 operations open and respond, in a few megabytes', async () => {
    const page = await open({ seed: '4', kind: 'invalid', operations: 155_000 });
    const { size } = await stat(new URL(page.url()));
    expect(size).toBeLessThan(4_000_000);
    await page.getByText('Whole run').last().click();
    await eventually(() => listed(page)).toBeGreaterThan(100_000);
    const last = await listed(page);
    await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 1e9));
    await page.locator(`.rows [aria-rowindex="${last}"]`).click();
    await page.locator('.inspector').waitFor();
    await page.getByText('In view').click();
    await page.locator('.timeline').focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press('+');
    await eventually(() => listed(page)).toBeLessThan(10_000);
    expect(await page.locator('.rows .tr').count()).toBeLessThan(60);
  });
});

/** How many operations the table says that it lists. */
async function listed(page: Page): Promise<number> {
  const text = await page.locator('.table-tools .count').innerText();
  return Number(text.replace(/\D/g, ''));
}

/** From the height of the canvas: eight pixels below ten lanes, which are as high as they may be. */
async function lanesOf(page: Page): Promise<{ lanesTop: number; laneHeight: number }> {
  const { height } = (await page.locator('.timeline').boundingBox())!;
  const laneHeight = 22;
  return { lanesTop: height - 8 - 10 * laneHeight, laneHeight };
}
