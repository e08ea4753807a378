import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { SHEETS } from '../../src/core/report/sheetName.ts';
import { PERSON } from '../api/parts.ts';
import { countReports } from '../desk/countReports.ts';
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

  /** Opens a report, has it counted, and opens it. */
  const counted = (path: string) => async (page: Page) => {
    await at(path)(page);
    await countReports(world.parts);
    await at(path)(page);
    await page.getByText('Tal').first().waitFor();
  };

  test('a report that is being made is accessible, and is there by itself when it is made', async () => {
    const path = '/rapporter/stock?dato=2026-10-06';
    expect(await examine(browser, as(), [{ name: 'making', open: at(path) }], [PERSON])).toEqual([]);
    const { page, context } = await visit(browser, as());
    await at(path)(page);
    await page.getByText('Rapporten lages nå.').waitFor();
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-report-making.png`, fullPage: true });
    await countReports(world.parts);
    await page.getByText('Tallene er fra').waitFor();
    await context.close();
  });

  test('each report is accessible with bars, with small figures hidden, and empty', async () => {
    const pages = [
      { name: 'list', open: at('/rapporter') },
      ...SHEETS.map(({ name }) => ({ name, open: counted(`/rapporter/${name}?dato=2026-10-07`) })),
      { name: 'hidden', open: counted('/rapporter/stock?dato=2026-10-07&for=ekstern') },
      { name: 'empty', open: counted('/rapporter/stock?dato=2020-11-15') },
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
    await page.getByRole('link', { name: 'Flyt', exact: true }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByText('Rapporten lages nå.').waitFor();
    await countReports(world.parts);
    await page.getByRole('link', { name: 'Se om den er klar' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Tallene er fra').waitFor();
    expect(await page.getByRole('table').count()).toBeGreaterThan(0);
    await world.settle('2026-10-07T07:30:00.000Z');
    await page.reload();
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-report-old.png`, fullPage: true });
    await page.getByText('(for 18 minutter siden)').waitFor();
    await page.getByRole('button', { name: 'Lag på nytt' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Nye tall lages nå.').waitFor();
    await countReports(world.parts);
    await page.getByRole('link', { name: 'Se om de er klare' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Tallene er fra 07.10.2026 kl. 09.30 (nå)').waitFor();
    await context.close();
  });
});
