import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { ORG } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { weigh } from '../harness/pageWeight.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;

describe.skipIf(!hasChromium)('the frame in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer()]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const as = (persona: string): ConsoleVisitor => ({ url: server.url, org: ORG, persona });
  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${ORG}${path}`);

  test('a page is accessible in both languages and themes, narrow, by keyboard and without a script', async () => {
    const pages = [
      { name: 'I dag', open: at('/') },
      { name: 'no such page', open: at('/finnes-ikke') },
      { name: 'organisations', open: (page: Page) => page.goto(`${server.url}/k/`) },
    ];
    expect(await examine(browser, as('Solveig'), pages)).toEqual([]);
    if (SCREENSHOT)
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, context } = await visit(browser, as('Solveig'), { colorScheme });
        await page.screenshot({ path: `${SCREENSHOT}-frame-${colorScheme}.png` });
        await context.close();
      }
  });

  test('what is wrong with a page is found', async () => {
    const spoilt = (page: Page) =>
      page.goto(`${server.url}/k/${ORG}/`).then(() =>
        page.evaluate(`(() => {
          document.querySelector('main').insertAdjacentHTML('beforeend',
            '<img src="data:,"><div class="wide">x</div><button>a</button>');
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('.wide { width: 600px } button { outline: none !important }');
          document.adoptedStyleSheets = [sheet];
          document.querySelector('main button').addEventListener('focus', ({ target }) => target.blur());
          document.documentElement.lang = 'en';
          document.title = 'Nordmann';
        })()`),
      );
    const faults = await examine(browser, as('Solveig'), [{ name: 'spoilt', open: spoilt }], ['Nordmann']);
    for (const found of [
      /axe image-alt/,
      /its language is en/,
      /px wide in a window of 320/,
      /focus is not seen at <button/,
      /controls are reached by keyboard/,
      /secret 1 is in the title/,
    ])
      expect(
        faults.some((fault) => found.test(fault)),
        String(found),
      ).toBe(true);
  });

  test('after log-out Back shows nothing of the person, and a kept form leads to the login', async () => {
    const { page, context } = await visit(browser, as('Ragnhild'));
    await page.getByRole('button', { name: 'Logg ut' }).click();
    await page.getByRole('heading', { name: 'Du er logget ut' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Hvem vil du være?' }).waitFor();
    expect(await page.getByText('Du er logget inn som').count()).toBe(0);
    await context.close();
  });

  test('the first page weighs at most 60 kB in four requests, the next one 15 kB', async () => {
    const context = await browser.newContext({ locale: 'nb-NO' });
    const page = await context.newPage();
    const { page: warm, context: other } = await visit(browser, as('Leif'));
    await context.addCookies(await other.cookies());
    const first = await weigh(page, (opened) => opened.goto(`${server.url}/k/${ORG}/`));
    expect(first.requests).toBeLessThanOrEqual(4);
    expect(first.bytes).toBeLessThanOrEqual(60_000);
    const next = await weigh(page, (opened) => opened.goto(`${server.url}/k/${ORG}/?`));
    expect(next.bytes).toBeLessThanOrEqual(15_000);
    await warm.close();
    await Promise.all([context.close(), other.close()]);
  });
});
