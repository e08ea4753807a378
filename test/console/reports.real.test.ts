import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { SHEETS } from '../../src/core/report/sheetName.ts';
import { PERSON } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { type AdviserWorld, adviserWorld } from './adviserWorld.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;

describe.skipIf(!hasChromium)('Rapporter in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let world: AdviserWorld;
  beforeAll(async () => {
    world = await adviserWorld();
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, world.parts)]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const as = () => ({ url: server.url, org: world.pipeline.org, persona: 'Leif' });
  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${world.pipeline.org}${path}`);

  test('each report is accessible with bars, with small figures hidden, and empty', async () => {
    const pages = [
      { name: 'list', open: at('/rapporter') },
      ...SHEETS.map(({ name }) => ({ name, open: at(`/rapporter/${name}?dato=2026-10-07`) })),
      { name: 'hidden', open: at('/rapporter/stock?dato=2026-10-07&for=ekstern') },
      { name: 'empty', open: at('/rapporter/stock?dato=2020-11-15') },
    ];
    expect(await examine(browser, as(), pages, [PERSON])).toEqual([]);
    if (SCREENSHOT)
      for (const name of ['stock', 'flow', 'series', 'school-lag']) {
        const { page, context } = await visit(browser, as());
        await at(`/rapporter/${name}?dato=2026-10-07`)(page);
        await page.screenshot({ path: `${SCREENSHOT}-report-${name}.png`, fullPage: true });
        await context.close();
      }
  });

  test('a day is chosen and a report opened by keyboard and without a script', async () => {
    const { page, context } = await visit(browser, as(), { javaScriptEnabled: false });
    await at('/rapporter')(page);
    const day = page.getByRole('textbox', { name: 'Per dato' });
    await day.fill('06.10.2026');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Per 6. oktober 2026' }).waitFor();
    await page.getByRole('link', { name: 'Tilmeldte' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Per 6. oktober 2026').first().waitFor();
    expect(await page.getByRole('img').count()).toBeGreaterThan(0);
    await context.close();
  });
});
