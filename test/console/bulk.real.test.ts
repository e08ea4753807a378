import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { type BulkWorld, bulkWorld, CONTACT } from '../desk/bulkWorld.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { LEFT, leaving, NAME } from './adviserWorld.ts';

const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const SECRETS = [LEFT.fodselsnummer, NAME.fornavn, NAME.etternavn];
const SEE = '/samlet/se?liste=no-contact&enhet=40200&hva=kontakt&kontakt-kanal=BREV&kontakt-dato=06.10.2026';

describe.skipIf(!hasChromium)('the pages of a job on many youths in Chromium', () => {
  let browser: Browser;
  let server: ApiServer;
  let world: BulkWorld;
  let failed: string;
  let waiting: string;

  beforeAll(async () => {
    world = await bulkWorld(79);
    const turned = await world.make({ act: { ...CONTACT, date: '2026-10-20' } });
    failed = turned.id;
    await world.move(failed, 'running');
    await world.work();
    const changed = { ...leaving(LEFT), version: 2, avbruddsdato: '2026-09-28' };
    waiting = (await world.make()).id;
    await world.pipeline.send('school-dropout', [changed], { at: '2026-10-07T07:40:00.000Z' });
    await world.settle();
    [browser, server] = await Promise.all([startChromium(), startLocalLoginServer(true, world.parts)]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  const as = (persona: string): ConsoleVisitor => ({ url: server.url, org: world.pipeline.org, persona });
  const at = (path: string) => (page: Page) => page.goto(`${server.url}/k/${world.pipeline.org}${path}`);
  const pages = () => [
    { name: 'Arbeidsliste', open: at('/arbeidsliste/no-contact') },
    { name: 'Samlet', open: at('/samlet') },
    { name: 'Velg', open: at('/samlet/ny?liste=no-contact&enhet=40200') },
    { name: 'Velg, feil', open: at('/samlet/se?liste=no-contact&enhet=1&hva=kontakt&kontakt-dato=x') },
    { name: 'Se', open: at(SEE) },
    { name: 'Se, ingen', open: at('/samlet/se?liste=no-contact&hva=forslag&forslag-dato=06.10.2026') },
    { name: 'Jobb, venter', open: at(`/samlet/${waiting}`) },
    { name: 'Jobb, gikk ikke', open: at(`/samlet/${failed}`) },
    { name: 'Gikk ikke', open: at(`/samlet/${failed}/gikk-ikke`) },
    { name: 'Kommet til', open: at(`/samlet/${waiting}/kommet-til`) },
  ];

  test('are accessible, in both languages and themes, narrow, by keyboard and without a script', async () => {
    if (SCREENSHOT) {
      const { context, page } = await visit(browser, as('Leif'), { language: 'nb' });
      for (const [index, { open }] of pages().entries()) {
        await open(page);
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 900 });
          await page.screenshot({ path: `${SCREENSHOT}-${index}-${width}.png`, fullPage: true });
        }
      }
      await context.close();
    }
    expect(await examine(browser, as('Leif'), pages(), SECRETS)).toEqual([]);
  });

  test('lead from the worklist to a job that is done, by forms alone', async () => {
    const { context, page } = await visit(browser, as('Leif'), {
      language: 'nb',
      script: false,
    } as never);
    await at('/arbeidsliste/no-contact')(page);
    await page.getByText('Gjør det samme for flere i listen').click();
    await page
      .locator('main form', { has: page.locator('#kontakt-kanal') })
      .getByRole('button')
      .click();
    await page.getByText('Det vil bli gjort for 80 ungdommer.').waitFor();
    await page.locator('#begrunnelse').fill('Brev er sendt til alle.');
    await page.getByRole('button', { name: 'Lag jobb for 80 ungdommer' }).click();
    await page.getByText('Venter på start').waitFor();
    await page.getByRole('button', { name: 'Start for 80 ungdommer' }).click();
    await page.getByText('Arbeider').waitFor();
    await world.work();
    await page.reload();
    await page.getByText('80 av 80 er ferdig behandlet.').waitFor();
    await context.close();
  });
});
