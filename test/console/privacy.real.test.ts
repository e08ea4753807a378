import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, adviserWorld, LEFT, NAME } from './adviserWorld.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const SECRETS = [LEFT.fodselsnummer, NAME.fornavn, NAME.etternavn];
/** Over, and to be signed. */
const WEEK = '2026-10-05';

describe.skipIf(!hasChromium)('Brev and Personvern in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let world: AdviserWorld;

  beforeAll(async () => {
    world = await adviserWorld();
    await pagesOf(world, 'radgiver').text(`/ungdom/${await world.refOf(LEFT.fodselsnummer)}`);
    await world.settle('2026-10-14T10:00:00.000Z');
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, world.parts)]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const as = (persona: string): ConsoleVisitor => ({ url: server.url, org: world.pipeline.org, persona });
  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${world.pipeline.org}${path}`);
  const letters = [
    { name: 'Brev', open: at('/brev') },
    { name: 'Brev W24', open: at('/brev/W24') },
    { name: 'Brev W25', open: at('/brev/W25') },
    { name: 'Brev, of no one', open: at('/brev/W13') },
  ];
  const privacy = [
    { name: 'Personvern', open: at('/personvern') },
    { name: 'a week of the log', open: at(`/personvern/logg/${WEEK}`) },
    {
      name: 'a control that is not filled in',
      open: async (page: Page) => {
        await at(`/personvern/logg/${WEEK}`)(page);
        await page.locator('main form button').click();
      },
    },
  ];

  test('are accessible, in both languages and themes, narrow, by keyboard and without a script', async () => {
    expect(await examine(browser, as('Leif'), letters, SECRETS)).toEqual([]);
    expect(await examine(browser, as('Peder'), privacy, SECRETS)).toEqual([]);
    if (SCREENSHOT)
      for (const [persona, pages] of [
        ['Leif', letters],
        ['Peder', privacy],
      ] as const) {
        const { page, context } = await visit(browser, as(persona), { width: 1100 });
        for (const [index, { open }] of pages.entries()) {
          await open(page);
          await page.screenshot({ path: `${SCREENSHOT}-${persona}-${index}.png`, fullPage: true });
        }
        await context.close();
      }
  });

  test('a control is signed without a script', async () => {
    const { page, context } = await visit(browser, as('Peder'), { javaScriptEnabled: false });
    await at('/personvern')(page);
    await page.getByRole('link', { name: 'Kontroller uken fra' }).click();
    await page.getByLabel('Ingen avvik').check();
    await page.getByRole('button', { name: 'Signer kontrollen' }).click();
    await page.getByText(/^Signert 14\.10\.2026/).waitFor();
    await at('/personvern')(page);
    await page.getByText('Alle uker som er over, er signert.').waitFor();
    await context.close();
  });
});
