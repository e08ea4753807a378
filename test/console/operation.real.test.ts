import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { shownSettings } from '../../src/config/shownSettings.ts';
import { createChecks } from '../../src/desk/operation/checks.ts';
import { fault, ok, warning } from '../../src/text/findings.ts';
import { installation, NOW, ORG, SAMPLE, testParts } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const SECRET = 'kanarifugl-7c1e';

describe.skipIf(!hasChromium)('Drift in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let operator: ConsoleVisitor;
  beforeAll(async () => {
    const findings = [
      ok('Node', '26.10.0'),
      warning('Minne', '512 MB', 'Gi prosessen minst 1024 MB.'),
      fault('Kafka svarer', 'ingen megler svarer', 'Start meglerne.'),
    ];
    const parts = testParts({
      installation: installation({
        settings: shownSettings({ HTTP_PORT: '9090', VAULT_KEY: SECRET, ORGANISATIONS: `${ORG}:40` }),
        checks: createChecks(
          async () => [{ title: 'Maskinen', findings }],
          () => NOW,
        ),
        signedEnds: () => [{ chain: ORG, seq: 12, at: '2026-10-07T07:00:00.000Z', valid: true }],
      }),
    });
    await parts.memory.moveClock(SAMPLE, '2021-06-20T10:00:00.000Z');
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, parts)]);
    operator = { url: server.url, org: ORG, persona: 'Dagny' };
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${ORG}${path}`);

  test('the checks run by keyboard and without a script, and the support file is fetched', async () => {
    const { page, context } = await visit(browser, operator, { javaScriptEnabled: false });
    await at('/drift')(page);
    await page.getByRole('button', { name: 'Kjør kontrollene nå' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('3 kontroller: 1 å se på, 1 feil.').waitFor();
    await page.getByRole('table', { name: 'Å se på' }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Last ned støttefilen' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('ot-bridge-stottefil.txt');
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-operation.png`, fullPage: true });
    await context.close();
  });

  test('the clock of a sample county is accessible, and moved without a script', async () => {
    const sample = { ...operator, org: SAMPLE };
    const clock = (query: string) => (page: Page) => page.goto(`${server.url}/k/${SAMPLE}/klokke${query}`);
    const pages = [
      { name: 'clock', open: clock('') },
      { name: 'before a move', open: clock('?til=1.8.2021') },
      { name: 'no day', open: clock('?til=snart') },
    ];
    expect(await examine(browser, sample, pages)).toEqual([]);
    const { page, context } = await visit(browser, sample, { javaScriptEnabled: false });
    await clock('?til=1.8.2021')(page);
    await page.getByRole('button', { name: 'Still klokken fram' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Klokken står på 01.08.2021 kl. 12.00.').waitFor();
    await context.close();
  });

  test('the page is accessible, unfolded too, and shows no secret', async () => {
    const pages = [
      { name: 'operation', open: at('/drift') },
      ...['stottefil', 'variabler', 'valg'].map((part) => ({ name: part, open: at(`/drift?vis=${part}`) })),
      {
        name: 'unfolded',
        open: async (page: Page) => {
          await at('/drift')(page);
          for (const each of await page.locator('main summary').all()) await each.click();
        },
      },
    ];
    expect(await examine(browser, operator, pages, [SECRET])).toEqual([]);
  });
});
