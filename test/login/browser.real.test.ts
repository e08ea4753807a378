import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { ORG } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';

// What only a browser does: policies, cookies between sites of one machine, pages kept for Back.

const SCREENSHOT = process.env.LOGIN_SCREENSHOT;

describe.skipIf(!hasChromium)('in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer()]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));
  beforeEach(async () => {
    complaints.length = 0;
    const context = await browser.newContext({ locale: 'nb-NO' });
    page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  const logIn = async (from: string) => {
    await page.goto(from);
    await page.getByRole('link', { name: 'Logg inn' }).click();
    await page.getByRole('heading', { name: 'Hvem vil du være?' }).waitFor();
    const section = page.getByRole('region', { name: ORG });
    await section.getByRole('button', { name: /^Ragnhild .*OT-rådgiver/ }).click();
    await page.getByText(`Innlogget som OT-rådgiver i ${ORG}`).waitFor();
  };

  test('one click makes a person of the visitor, without a script and without a complaint', async () => {
    await logIn(server.url);
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.getByRole('note').textContent()).toBe('Lokal prøve: ingen ekte innlogging');
    expect(complaints).toEqual([]);
  });

  test('a visitor who came by another name of the machine gets there too', async () => {
    await logIn(server.url.replace('127.0.0.1', 'localhost'));
    expect(page.url()).toBe(`${server.url}/`);
  });

  test('the page of choices is used by keyboard, in a narrow window, and says whom each button is', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${server.url}/login`);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(320);
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-narrow.png` });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(`Innlogget som Skolen i ${ORG}`).waitFor();
  });

  test('after log-out Back shows nothing of the person, in any tab', async () => {
    await logIn(server.url);
    const other = await page.context().newPage();
    await other.goto(server.url);
    await other.getByText('Innlogget som').waitFor();
    if (SCREENSHOT) await other.screenshot({ path: `${SCREENSHOT}-front.png` });
    await page.getByRole('button', { name: 'Logg ut' }).click();
    await page.getByRole('heading', { name: 'Du er logget ut' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Logg inn' }).waitFor();
    expect(await page.getByText('Innlogget som').count()).toBe(0);
    await other.reload();
    await other.getByRole('link', { name: 'Logg inn' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a form of another site neither logs out nor logs in', async () => {
    await logIn(server.url);
    const cookies = () => page.context().cookies(server.url);
    const before = await cookies();
    await page.route('http://evil.localhost/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${server.url}/logout"><button>Vinn</button></form>`,
      }),
    );
    await page.goto('http://evil.localhost/');
    const answered = page.waitForResponse(`${server.url}/logout`);
    await page.getByRole('button').click();
    expect((await answered).status()).toBe(403);
    expect(await cookies()).toEqual(before);
  });
});
