import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { ORG, testParts } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const KEY = 'ab'.repeat(32);

describe.skipIf(!hasChromium)('Tilgang in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  beforeAll(async () => {
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, testParts())]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const as = (persona: string) => ({ url: server.url, org: ORG, persona });
  const open = (page: Page) => page.goto(`${server.url}/k/${ORG}/tilgang`);

  async function fillIn(page: Page): Promise<void> {
    await open(page);
    await page.getByText('Foreslå en rolle').click();
    await page.getByLabel('Rolle', { exact: true }).selectOption('leder');
    await page.getByLabel('Nøkkel, organisasjonsnummer eller gruppe').fill(KEY);
    const reason = page.locator('#rolle-hvorfor');
    await reason.fill('Ny leder fra oktober.');
    await reason.press('Enter');
  }

  test('a role is proposed by one and approved by another, without a script', async () => {
    const drift = await visit(browser, as('Dagny'), { javaScriptEnabled: false });
    await fillIn(drift.page);
    await drift.page.getByText('Personvernombudet må godkjenne.').waitFor();
    await drift.context.close();
    const officer = await visit(browser, as('Peder'), { javaScriptEnabled: false });
    await open(officer.page);
    await officer.page.getByRole('button', { name: 'Godkjenn' }).focus();
    await officer.page.keyboard.press('Enter');
    await officer.page.getByText('Ingen forslag venter.').waitFor();
    expect(await officer.page.getByRole('cell', { name: 'Ny leder fra oktober.' }).count()).toBe(1);
    await officer.context.close();
  });

  test('the page is accessible with accesses, with a proposal that waits and with a form turned away', async () => {
    const waits = await visit(browser, as('Dagny'));
    await fillIn(waits.page);
    await waits.context.close();
    const pages = [
      { name: 'accesses', open },
      {
        name: 'refused',
        open: async (page: Page) => {
          await open(page);
          await page.locator('main summary').first().click();
          await page.locator('form[action$="/tilgang/rolle"] button').click();
        },
      },
    ];
    expect(await examine(browser, as('Dagny'), pages, [KEY])).toEqual([]);
    expect(await examine(browser, as('Leif'), [{ name: 'as a leader', open }], [KEY])).toEqual([]);
    if (SCREENSHOT) {
      const { page, context } = await visit(browser, as('Dagny'));
      await open(page);
      await page.screenshot({ path: `${SCREENSHOT}-accesses.png`, fullPage: true });
      await context.close();
    }
  });
});
