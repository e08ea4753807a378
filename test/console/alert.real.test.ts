import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { type AdviserWorld, AT_RISK, adviserWorld, LEFT, NAME } from './adviserWorld.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const SECRETS = [LEFT.fodselsnummer, AT_RISK.fodselsnummer, NAME.fornavn, NAME.etternavn];

describe.skipIf(!hasChromium)('an alert in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let world: AdviserWorld;

  beforeAll(async () => {
    world = await adviserWorld();
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, world.parts)]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const as = (persona: string): ConsoleVisitor => ({ url: server.url, org: world.pipeline.org, persona });
  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${world.pipeline.org}${path}`);

  test('is accessible, open, met and unknown, and for those who see it masked', async () => {
    const [left, risk] = [
      await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING'),
      await world.alertOf(AT_RISK.fodselsnummer, 'AVKLARINGSSAMTALE'),
    ];
    const proposal = await world.alertOf(AT_RISK.fodselsnummer, 'STATUS_FORSLAG');
    const empty = async (page: Page) => {
      await at(`/varsel/${left}`)(page);
      await page.getByRole('button', { name: /^Regist?rer$/ }).click();
      await page.locator('#feil').waitFor();
    };
    const pages = [
      { name: 'left', open: at(`/varsel/${left}`) },
      { name: 'at risk', open: at(`/varsel/${risk}`) },
      { name: 'proposal', open: at(`/varsel/${proposal}`) },
      { name: 'unknown', open: at('/varsel/0000000000000000-00000000-0000-4000-8000-000000000000') },
      { name: 'faults', open: empty },
    ];
    expect(await examine(browser, as('Ragnhild'), pages, SECRETS)).toEqual([]);
    expect(await examine(browser, as('Dagny'), pages.slice(0, 1), SECRETS)).toEqual([]);
    if (SCREENSHOT)
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 380],
      ] as const) {
        const { page, context } = await visit(browser, as('Ragnhild'), {
          colorScheme,
          width,
          language: 'nn',
        });
        for (const { name, open } of pages.slice(0, 3)) {
          await open(page);
          await page.screenshot({ path: `${SCREENSHOT}-${name}-${width}.png`, fullPage: true });
        }
        await context.close();
      }
  });
});
