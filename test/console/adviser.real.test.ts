import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { weigh } from '../harness/pageWeight.ts';
import { type AdviserWorld, AT_RISK, adviserWorld, LEFT, NAME } from './adviserWorld.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const SECRETS = [LEFT.fodselsnummer, AT_RISK.fodselsnummer, NAME.fornavn, NAME.etternavn, 'skal ringe'];

describe.skipIf(!hasChromium)('the pages of an adviser in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let world: AdviserWorld;
  let ref: string;

  beforeAll(async () => {
    world = await adviserWorld();
    ref = await world.refOf(LEFT.fodselsnummer);
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, world.parts)]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const as = (persona: string): ConsoleVisitor => ({ url: server.url, org: world.pipeline.org, persona });
  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${world.pipeline.org}${path}`);

  async function uncover(page: Page): Promise<void> {
    await at(`/ungdom/${ref}`)(page);
    await page.locator('summary', { hasText: /nummer/ }).click();
    await page.locator('#felt').check();
    await page.locator('#formal').selectOption('KONTAKT');
    await page.locator('#grunn').fill('skal ringe');
    await page.locator('details[open] button').click();
    await page.getByText(LEFT.fodselsnummer).waitFor();
  }

  async function search(page: Page, text: string): Promise<void> {
    await at('/finn')(page);
    await page.locator('#hva').fill(text);
    await page.locator('main button').click();
  }

  const pages = () => [
    { name: 'I dag', open: at('/') },
    { name: 'Arbeidslister', open: at('/arbeidsliste') },
    { name: 'Arbeidsliste', open: at('/arbeidsliste/deadlines') },
    { name: 'Arbeidsliste, the same sentence in all rows', open: at('/arbeidsliste/no-contact') },
    { name: 'Arbeidsliste, empty', open: at('/arbeidsliste/stale-statuses') },
    { name: 'Arbeidsliste, unknown', open: at('/arbeidsliste/finnes-ikke') },
    { name: 'Ungdom', open: at(`/ungdom/${ref}`) },
    { name: 'Ungdom, as known', open: at(`/ungdom/${ref}?per=01.10.2026`) },
    { name: 'Ungdom, uncovered', open: uncover },
    { name: 'Teksten du kan sende', open: at('/arbeidsliste/ask-consent/FORESATT.A-UTLOPT.B-MANGLER') },
    { name: 'Finn', open: at('/finn') },
    { name: 'Finn, nothing', open: (page: Page) => search(page, LEFT.fodselsnummer) },
  ];

  test('are accessible, in both languages and themes, narrow, by keyboard and without a script', async () => {
    expect(await examine(browser, as('Ragnhild'), pages(), SECRETS)).toEqual([]);
    if (SCREENSHOT)
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 380],
      ] as const) {
        const { page, context } = await visit(browser, as('Leif'), { colorScheme, width });
        for (const [index, { open }] of pages().entries()) {
          await open(page);
          await page.screenshot({ path: `${SCREENSHOT}-${index}-${width}.png`, fullPage: true });
        }
        await context.close();
      }
  });

  // The other way round: `tenInteractions`.
  test.each([
    ['nb', false],
    ['nn', true],
  ] as const)(
    '%s, with a script: %s: from a worklist to Hvorfor in eight keys',
    async (language, javaScriptEnabled) => {
      const look = { language, javaScriptEnabled };
      const { page, context } = await visit(browser, as('Ragnhild'), look);
      await at('/arbeidsliste/deadlines')(page);
      let keys = 0;
      const press = async (key: string) => {
        keys += 1;
        await page.keyboard.press(key);
      };
      await press('Tab');
      await press('Enter');
      const onAlert = () =>
        page.evaluate(`document.activeElement?.getAttribute('href')?.includes('/varsel/') ?? false`);
      while (!(await onAlert())) {
        await press('Tab');
        if (keys > 8) break;
      }
      await press('Enter');
      await page.waitForURL(/\/varsel\//);
      expect(await page.locator('#hvorfor').innerText()).toBe(language === 'nb' ? 'Hvorfor' : 'Kvifor');
      expect(keys).toBeLessThanOrEqual(8);
      await context.close();
    },
  );

  test.each([true, false])(
    'with a script: %s: contact is registered and its effect is seen',
    async (javaScriptEnabled) => {
      const own = await adviserWorld();
      const server2 = await startLocalLoginServer(true, own.parts);
      const visitor = { url: server2.url, org: own.pipeline.org, persona: 'Ragnhild' };
      const { page, context } = await visit(browser, visitor, { javaScriptEnabled });
      const alert = await own.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
      await page.goto(`${server2.url}/k/${own.pipeline.org}/varsel/${alert}`);
      await page.locator('#kontakt-hvem').focus();
      await page.keyboard.press('Space');
      await page.locator('#kontakt-dato').focus();
      await page.keyboard.press('Enter');
      await page.getByText('Broen behandler meldingen nå').waitFor();
      await own.settle();
      await page.getByText('Registrert. Under ser du hva som gjelder nå.').waitFor();
      expect(await page.getByRole('row', { name: /^Kontakt/ }).innerText()).toContain('Gjort');
      await context.close();
      await server2.close();
    },
  );

  test('the first page weighs at most 60 kB in four requests, the next one 15 kB', async () => {
    const { page, context } = await visit(browser, as('Leif'));
    for (const { name, open } of pages().slice(0, 7)) {
      expect((await weigh(page, open)).bytes, name).toBeLessThanOrEqual(15_000);
    }
    await context.close();
  });
});
