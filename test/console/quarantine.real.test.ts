import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsolePage, type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { workJobs } from '../harness/workJobs.ts';
import { batch, claimed, committed, newRef } from '../store/commits.ts';

// Operations look at what could not be read, and correct it alike.

const NOW = '2026-10-07T07:12:00.000Z';
const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;

describe.skipIf(!hasChromium)('quarantine in Chromium', () => {
  let browser: Browser;
  let pipeline: TestPipeline;
  let parts: ReturnType<typeof partsInMemory>;
  let server: ApiServer;
  let visitor: ConsoleVisitor;
  const people = crowd(78, 20);
  const keep = async (from: number, count: number, avbruddsarsak: string) => {
    const rows = people
      .slice(from, from + count)
      .map((each, at) => dropout(each, `id-${from + at}`, { avbruddsarsak }));
    await pipeline.send('school-dropout', rows, { at: NOW });
    await pipeline.settle();
  };
  const shot = async (page: Page, name: string) => {
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-${name}.png`, fullPage: true });
  };

  beforeAll(async () => {
    browser = await startChromium();
    pipeline = await createTestPipeline({ county: '40' });
    await pipeline.pass(NOW);
    parts = partsInMemory(pipeline, () => NOW);
    server = await startLocalLoginServer(true, parts);
    visitor = { url: server.url, org: pipeline.org, persona: 'Dagny' };
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test.each([true, false])(
    'a group is corrected alike, counted before and told after (script: %s)',
    async (javaScriptEnabled) => {
      await keep(javaScriptEnabled ? 0 : 5, 3, 'ZZ');
      const before = pipeline.out('status').length;
      const { page, context, complaints } = await visit(browser, visitor, { javaScriptEnabled });
      await page.getByRole('link', { name: 'Karantene', exact: true }).first().click();
      await shot(page, 'overview');
      await page.getByRole('link', { name: /har en kode som ikke finnes/ }).click();
      await page.getByText('Det gjelder 3 meldinger.').waitFor();
      await shot(page, 'group');
      await page.getByLabel('Avbruddsårsak: ny verdi').selectOption('FV');
      await page.getByRole('button', { name: 'Rett 3 meldinger' }).click();
      await page.locator('#feil').waitFor();
      expect(await page.getByLabel('Avbruddsårsak: ny verdi').inputValue()).toBe('FV');
      await page.locator('#grunn-rett').fill('Skolen bruker en gammel kode.');
      await page.getByRole('button', { name: 'Rett 3 meldinger' }).click();
      await page.waitForURL(/\/karantene\/arbeid\//);
      await workJobs(parts);
      await page.reload();
      await page.getByText('3 av 3 er behandlet.').waitFor();
      await page.getByText('Alle som er behandlet, gikk bra.').waitFor();
      await shot(page, 'work');
      await pipeline.settle();
      expect(pipeline.out('status')).toHaveLength(before + 3);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test('the pages are accessible in both languages, and no number is in them', async () => {
    const go = (path: string) => (page: Page) => page.goto(`${server.url}/k/${pipeline.org}${path}`);
    const secrets = people.map(({ fodselsnummer }) => fodselsnummer);
    const empty: ConsolePage[] = [
      { name: 'empty quarantine', open: go('/karantene') },
      { name: 'nobody waits', open: go('/ventende') },
      { name: 'no such group', open: go('/karantene/gruppe/00000000-0000-4000-8000-000000000000') },
    ];
    expect(await examine(browser, visitor, empty, secrets)).toEqual([]);
    await keep(10, 2, 'ZZ');
    const [item] = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 1, after: null });
    const toGroup = async (page: Page) => {
      await go('/karantene')(page);
      await page.locator('main table a').first().click();
      await page.locator('#grunn-rett').waitFor();
    };
    const lane = await claimed(pipeline.store, pipeline.org, 7);
    const stopped = { ref: newRef(), reason: 'decision-failed', received: NOW, sealed: Buffer.from('{}') };
    const parked = [{ ...stopped, offset: lane.nextOffset }];
    await committed(pipeline.store, batch(lane, lane.nextOffset + 1n, { parked }));
    const full: ConsolePage[] = [
      { name: 'one waits', open: go('/ventende') },
      {
        name: 'let go on without saying whom',
        open: async (page) => {
          await go('/ventende')(page);
          await page.locator('[id^=grunn-]').fill('Feilen er rettet.');
          await page.locator('form:has([id^=grunn-]) button').click();
          await page.locator('#feil').waitFor();
        },
      },
      { name: 'quarantine', open: go('/karantene') },
      { name: 'group', open: toGroup },
      { name: 'item', open: go(`/karantene/post/${item?.id}`) },
      {
        name: 'item without a reason',
        open: async (page) => {
          await go(`/karantene/post/${item?.id}`)(page);
          await page.locator('form:has(#grunn-bort) button').click();
          await page.locator('#feil').waitFor();
        },
      },
    ];
    expect(await examine(browser, visitor, full, secrets)).toEqual([]);
  });
});
