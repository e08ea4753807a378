import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import type { StandingKind } from '../../src/text/standing.ts';
import { ORG, PERSON, testParts } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { countyWithoutFaults, FAULTS } from '../harness/standingFaults.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;

/** Faults that can be there together. */
const TOGETHER: readonly StandingKind[] = [
  ...(['LANE_STANDS', 'LANE_UNSENT', 'LIST_HELD', 'QUARANTINE', 'PARKED', 'RECEIPT_WAITING'] as const),
  ...(['DUE_STILL', 'RECEIVER_DISABLED', 'RECEIVER_FAILING', 'RECEIVER_PAUSED'] as const),
  'NAV_LIST_STILL',
];

describe.skipIf(!hasChromium)('Flyt in Chromium', () => {
  let browser: Browser;
  let full: ApiServer;
  let empty: ApiServer;
  beforeAll(async () => {
    const county = countyWithoutFaults();
    for (const kind of TOGETHER) await FAULTS[kind].plant(county);
    [browser, full, empty] = await Promise.all([
      startChromium(),
      startLocalLoginServer(true, county.parts),
      startLocalLoginServer(true, testParts()),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), full?.close(), empty?.close()]));

  const as = ({ url }: ApiServer, persona: string): ConsoleVisitor => ({ url, org: ORG, persona });
  const at = (url: string, path: string) => (page: Page) => page.goto(`${url}/k/${ORG}${path}`);

  test('everything that stands still, an empty county and a held list are accessible, and name no one', async () => {
    const list = at(full.url, '/flyt/liste/laktiv/natt-1');
    const pages = [
      { name: 'all faults', open: at(full.url, '/flyt') },
      { name: 'held list', open: list },
      {
        name: 'held list refused',
        open: async (page: Page) => {
          await list(page);
          await page.getByRole('button', { name: /^Avgj(ør|er) list/ }).click();
        },
      },
    ];
    expect(await examine(browser, as(full, 'Dagny'), pages, [PERSON])).toEqual([]);
    const nothing = [{ name: 'nothing', open: at(empty.url, '/flyt') }];
    expect(await examine(browser, as(empty, 'Dagny'), nothing)).toEqual([]);
    if (SCREENSHOT)
      for (const [name, path] of [
        ['flow', '/flyt'],
        ['list', '/flyt/liste/laktiv/natt-1'],
      ] as const) {
        const { page, context } = await visit(browser, as(full, 'Dagny'));
        await page.goto(`${full.url}/k/${ORG}${path}`);
        await page.screenshot({ path: `${SCREENSHOT}-${name}.png`, fullPage: true });
        await context.close();
      }
  });

  test('from what stands still to its cause to the act, by keyboard and without a script', async () => {
    const { page, context } = await visit(browser, as(full, 'Dagny'), { javaScriptEnabled: false });
    await page.goto(`${full.url}/k/${ORG}/flyt`);
    const lead = page.getByRole('link', { name: /^Åpne: Lærekontrakter/ });
    await lead.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Listen' }).waitFor();
    await page.getByRole('radio', { name: 'Legg den bort' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('textbox', { name: 'Begrunnelse' }).fill('Feil fil fra VIGO.');
    await page.keyboard.press('Enter');
    await page.getByText('Listen er lagt bort.').waitFor();
    await page.goto(`${full.url}/k/${ORG}/flyt`);
    expect(await page.getByRole('link', { name: /^Åpne: Lærekontrakter/ }).count()).toBe(0);
    await context.close();
  });
});
