import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { weigh } from '../harness/pageWeight.ts';
import { type NavWorld, navWorld, YOUTHS } from './navWorld.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const SECRETS = YOUTHS.map(({ fodselsnummer }) => fodselsnummer);

describe.skipIf(!hasChromium)('the page of the exchange with NAV in Chromium', () => {
  let browser: Browser;
  let world: NavWorld;
  let server: ApiServer;
  let empty: ApiServer;
  let [asked, never] = ['', ''];

  beforeAll(async () => {
    world = await navWorld();
    [asked, never] = [await world.refOf(1), await world.refOf(4)];
    const without = await navWorld(null);
    [browser, server, empty] = await Promise.all([
      startChromium(),
      startLocalLoginServer(true, world.parts),
      startLocalLoginServer(true, without.parts),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close(), empty?.close()]));

  const as = (persona: string, { url } = server): ConsoleVisitor => ({
    url,
    org: world.pipeline.org,
    persona,
  });
  const at =
    (path: string, on: () => ApiServer = () => server) =>
    (page: Page) =>
      page.goto(`${on().url}/k/${world.pipeline.org}${path}`);

  /** A form that is sent as it is: the page once more, with what is wrong. */
  async function wrong(page: Page): Promise<void> {
    await at('/nav')(page);
    await page.locator('summary', { hasText: /^Registrer ei?n avtale/ }).click();
    await page.locator('details[open] form[action$="/nav/avtale"] button').click();
    await page.locator('#feil').waitFor();
  }

  const leaders = () => [
    { name: 'NAV', open: at('/nav') },
    { name: 'NAV, wrong', open: wrong },
    { name: 'NAV, disclosed', open: at('/nav/utlevert/B-2026-12') },
    { name: 'NAV, disclosed, nothing', open: at('/nav/utlevert/B-2020-01') },
    { name: 'I dag', open: at('/') },
    { name: 'Arbeidsliste, consents to ask for', open: at('/arbeidsliste/ask-consent') },
    { name: 'Ungdom, consent to ask for', open: at(`/ungdom/${never}`) },
    { name: 'Ungdom, disclosed to NAV', open: at(`/ungdom/${asked}`) },
  ];

  test('is accessible, in both languages and themes, narrow, by keyboard and without a script', async () => {
    expect(await examine(browser, as('Leif'), leaders(), SECRETS)).toEqual([]);
    const acts = [{ name: 'NAV, to settle', open: at('/nav') }];
    expect(await examine(browser, as('Dagny'), acts, SECRETS)).toEqual([]);
    const nothing = [{ name: 'NAV, empty', open: at('/nav', () => empty) }];
    expect(await examine(browser, as('Leif', empty), nothing, SECRETS)).toEqual([]);
    if (SCREENSHOT)
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 380],
      ] as const) {
        const { page, context } = await visit(browser, as('Leif'), { colorScheme, width });
        for (const [index, { open }] of leaders().entries()) {
          await open(page);
          await page.screenshot({ path: `${SCREENSHOT}-${index}-${width}.png`, fullPage: true });
        }
        await context.close();
      }
  }, 240_000);

  test.each(['nb', 'nn'] as const)(
    '%s, without a script: a leader registers an agreement, and the officer approves it',
    async (language) => {
      const own = await navWorld();
      const other = await startLocalLoginServer(true, own.parts);
      const look = { language, javaScriptEnabled: false };
      const leader = await visit(browser, as('Leif', other), look);
      await at('/nav', () => other)(leader.page);
      const form = leader.page.locator('form[action$="/nav/avtale"]');
      await leader.page.locator('summary', { hasText: /^Registrer ei?n avtale/ }).click();
      await form.locator('#avtale-part').fill('889640782');
      await form.locator('#avtale-fra').fill('21.03.2027');
      await form.locator('#avtale-til').fill('20.03.2030');
      await form.locator('#avtale-referanse').fill('27/00100');
      await form.locator('#avtale-hvorfor').fill('Avtalen fornyes.');
      await form.locator('button').click();
      await leader.page.getByText(language === 'nb' ? 'Avtalen er lagret.' : 'Avtalen er lagra.').waitFor();
      await leader.context.close();
      const officer = await visit(browser, as('Peder', other), look);
      await at('/nav', () => other)(officer.page);
      await officer.page.getByRole('button', { name: 'Godkjenn avtalen' }).click();
      await officer.page.getByText(/Avtalen er godkjen(t|d) og registrert/).waitFor();
      await officer.context.close();
      await other.close();
    },
    120_000,
  );

  test('weighs at most 60 kB', async () => {
    const { page, context } = await visit(browser, as('Leif'));
    expect((await weigh(page, at('/nav'))).bytes).toBeLessThanOrEqual(60_000);
    await context.close();
  });
});
