import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { delivery } from '../api/fakeRelay.ts';
import { ORG, testParts } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { ago, countyWithoutFaults, HOUR, withReceiver } from '../harness/standingFaults.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;

describe.skipIf(!hasChromium)('Mottakere and Årshjul in Chromium', () => {
  let browser: Browser;
  let full: ApiServer;
  let empty: ApiServer;
  let paused: string;
  let failing: string;
  beforeAll(async () => {
    const county = countyWithoutFaults();
    await withReceiver(county, { state: 'paused', reason: 'OWNER', name: 'Pausert fagsystem' });
    await withReceiver(county, { failingSince: ago(HOUR) }, { waiting: 4, oldestWaiting: ago(HOUR) });
    await withReceiver(county, { state: 'pending', reason: 'NEW', name: 'Nytt fagsystem' });
    const made = [...county.parts.subscriptions.made.values()] as [Subscription, Subscription, Subscription];
    [paused, failing] = [made[0].id, made[1].id];
    const given = delivery(failing, { state: 'exhausted', attempts: 9 });
    county.parts.subscriptions.planned.push({ ...given, log: [] });
    [browser, full, empty] = await Promise.all([
      startChromium(),
      startLocalLoginServer(true, county.parts),
      startLocalLoginServer(true, testParts()),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), full?.close(), empty?.close()]));

  const as = ({ url }: ApiServer, persona: string): ConsoleVisitor => ({ url, org: ORG, persona });
  const at =
    ({ url }: ApiServer, path: string) =>
    (page: Page) =>
      page.goto(`${url}/k/${ORG}${path}`);

  test('each is accessible empty, full and with what is wrong in a form', async () => {
    const pages = [
      { name: 'receivers', open: at(full, '/mottakere') },
      { name: 'failing', open: (page: Page) => at(full, `/mottakere/${failing}`)(page) },
      {
        name: 'refused',
        open: async (page: Page) => {
          await at(full, `/mottakere/${paused}`)(page);
          await page.getByRole('button', { name: 'Slå på igjen' }).click();
        },
      },
      {
        name: 'new keys',
        open: async (page: Page) => {
          await at(full, `/mottakere/${failing}`)(page);
          await page.locator('[name=overlapp][value="24"]').check();
          await page.getByRole('button', { name: /^Lag nye/ }).click();
          await page.getByText(/whsec_/).waitFor();
        },
      },
    ];
    expect(await examine(browser, as(full, 'Dagny'), pages)).toEqual([]);
    const nothing = [{ name: 'none', open: at(empty, '/mottakere') }];
    expect(await examine(browser, as(empty, 'Dagny'), nothing)).toEqual([]);
    const wheel = [{ name: 'wheel', open: at(empty, '/hjul') }];
    expect(await examine(browser, as(empty, 'Leif'), wheel)).toEqual([]);
    if (SCREENSHOT)
      for (const [name, server, persona, path] of [
        ['receivers', full, 'Dagny', '/mottakere'],
        ['receiver', full, 'Dagny', `/mottakere/${failing}`],
        ['paused', full, 'Dagny', `/mottakere/${paused}`],
        ['wheel', empty, 'Leif', '/hjul'],
      ] as const) {
        const { page, context } = await visit(browser, as(server, persona));
        await at(server, path)(page);
        await page.screenshot({ path: `${SCREENSHOT}-${name}.png`, fullPage: name !== 'wheel' });
        await context.close();
      }
  });

  test('a paused receiver is enabled again by keyboard and without a script', async () => {
    const { page, context } = await visit(browser, as(full, 'Dagny'), { javaScriptEnabled: false });
    await at(full, '/mottakere')(page);
    await page.getByRole('link', { name: 'Pausert fagsystem' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: /^Send alt/ }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Slå på igjen' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Pausert fagsystem: I gang.').waitFor();
    expect(await page.getByRole('button', { name: 'Sett på pause' }).count()).toBe(1);
    await context.close();
  });
});
