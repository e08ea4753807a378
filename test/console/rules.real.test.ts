import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { dropout, ORG, PERSON, testParts } from '../api/parts.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;

describe.skipIf(!hasChromium)('Regler og kodeverk in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let leader: ConsoleVisitor;
  beforeAll(async () => {
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, testParts())]);
    leader = { url: server.url, org: ORG, persona: 'Leif' };
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${ORG}${path}`);

  test('rules, lists, the form and its faults are accessible', async () => {
    const pages = [
      ...[
        ...['/regler', '/regler?del=groupW', '/regler?del=kodeverk'],
        ...['/regler/R26', '/regler/kodeverk/OT-2016-07', '/prov', '/prov/ot-adviser'],
      ].map((path) => ({ name: path, open: at(path) })),
      {
        name: 'faults',
        open: async (page: Page) => {
          await at('/prov/ot-adviser')(page);
          await page.getByRole('button', { name: 'Prøv', exact: true }).click();
        },
      },
      {
        name: 'result',
        open: async (page: Page) => {
          await at('/prov/ot-adviser')(page);
          await page.locator('#melding').fill(JSON.stringify([dropout()]));
          await page.getByRole('button', { name: 'Prøv', exact: true }).click();
          await page.locator('.notice').waitFor();
        },
      },
    ];
    expect(await examine(browser, leader, pages, [PERSON])).toEqual([]);
    if (SCREENSHOT) {
      const { page, context } = await visit(browser, leader);
      for (const [name, path] of [
        ['rules', '/regler'],
        ['rule', '/regler/R26'],
        ['list', '/regler/kodeverk/OT-2016-07'],
        ['try', '/prov/ot-adviser'],
      ] as const) {
        await at(path)(page);
        await page.screenshot({ path: `${SCREENSHOT}-${name}.png`, fullPage: true });
      }
      await context.close();
    }
  });

  test('a record is tried by keyboard and without a script, and its result leads to the rule', async () => {
    const school = { ...leader, persona: 'Solveig' };
    const { page, context } = await visit(browser, school, { javaScriptEnabled: false });
    await at('/prov/school-dropout')(page);
    await page
      .getByRole('textbox', { name: 'Meldingen' })
      .fill(JSON.stringify([dropout(), dropout({ avbruddsarsak: 'X' })]));
    await page.getByRole('button', { name: 'Prøv', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Hva meldingen ville ført til' }).waitFor();
    expect(page.url()).not.toContain(PERSON);
    await page.getByRole('table', { name: 'Det som må rettes i melding 2' }).waitFor();
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-result.png`, fullPage: true });
    await context.close();
  });
});
