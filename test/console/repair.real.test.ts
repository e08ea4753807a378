import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsolePage, type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';

// A school secretary mends rows of an accepted list that were quarantined later.

const NOW = '2026-10-07T07:12:00.000Z';
const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;

interface World {
  pipeline: TestPipeline;
  server: ApiServer;
  visitor: ConsoleVisitor;
}

async function startWorld(): Promise<World> {
  const pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  const server = await startLocalLoginServer(
    true,
    partsInMemory(pipeline, () => NOW),
  );
  return { pipeline, server, visitor: { url: server.url, org: pipeline.org, persona: 'Solveig' } };
}

/** Sends rows as the logged-in person. @returns the receipt */
async function send(page: Page, { pipeline, server }: World, rows: unknown[]): Promise<string> {
  const answer = await page.request.post(`${server.url}/organisations/${pipeline.org}/feeds/school-dropout`, {
    data: rows,
    headers: { origin: server.url },
  });
  expect(answer.status()).toBe(202);
  await pipeline.settle();
  return (await answer.json()).receiptId;
}

describe.skipIf(!hasChromium)('a row in quarantine in Chromium', () => {
  let browser: Browser;
  let world: World;
  const people = crowd(77, 12);
  const row = (at: number, changes: Record<string, unknown> = {}) =>
    dropout(people[at] ?? { fodselsnummer: '', fodselsdato: '' }, `id-${at}`, changes);

  beforeAll(async () => {
    browser = await startChromium();
    world = await startWorld();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.server.close();
  });

  const shot = async (page: Page, name: string) => {
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-${name}.png`, fullPage: true });
  };

  test.each([true, false])(
    'is mended on its receipt, in six presses (script: %s)',
    async (javaScriptEnabled) => {
      const { pipeline, visitor } = world;
      const first = javaScriptEnabled ? 0 : 3;
      const { page, context, complaints } = await visit(browser, visitor, { javaScriptEnabled });
      const receipt = await send(page, world, [
        row(first),
        row(first + 1, { avbruddsarsak: 'ZZ' }),
        row(first + 2),
      ]);
      const alerts = pipeline.out('status').length;
      await page.getByRole('link', { name: 'Lister og kvitteringer' }).first().click();
      await page.getByRole('link', { name: 'Se hva som må rettes' }).first().click();
      await shot(page, 'receipt');
      await page.getByRole('link', { name: 'Rett rad 2' }).click();
      await page.getByRole('heading', { name: 'Rett rad 2' }).waitFor();
      await shot(page, 'row');
      await page.getByRole('button', { name: 'Sjekk og send raden' }).click();
      await page.getByText('Du har ikke skrevet noe').first().waitFor();
      await page.getByLabel('Avbruddsårsak: ny verdi').selectOption('FV');
      await page.getByRole('button', { name: 'Sjekk og send raden' }).dblclick();
      await page.getByText('Rettet og sendt på nytt').waitFor();
      expect(page.url()).toContain(`/lister/${receipt}`);
      await shot(page, 'sent');
      await pipeline.settle();
      await page.reload();
      await page.getByText('Ingen rader må rettes.').waitFor();
      await page.getByText('Ja. Kvitteringen endrer seg ikke mer.').waitFor();
      expect(pipeline.out('status')).toHaveLength(alerts + 1);
      await page.goto(`${world.server.url}/k/${pipeline.org}/lister/${receipt}/rad/2`);
      await page.getByText('Raden er alt rettet og sendt på nytt.').waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test('says what is still wrong at its field, and keeps what was typed', async () => {
    const { page, context } = await visit(browser, world.visitor);
    const receipt = await send(page, world, [row(6, { avbruddsarsak: 'ZZ', avbruddsdato: '2026-13-41' })]);
    await page.goto(`${world.server.url}/k/${world.pipeline.org}/lister/${receipt}/rad/1`);
    // Which reasons there are depends on the date, so the date alone is wrong.
    await page.getByText('Rett noe annet i raden').click();
    await page.getByLabel('Avbruddsårsak: ny verdi').selectOption('FV');
    await page.getByLabel('Avbruddsdato: ny verdi').fill('41.10.2026');
    await page.getByRole('button', { name: 'Sjekk og send raden' }).click();
    await page.locator('#feil').waitFor();
    expect(await page.getByLabel('Avbruddsårsak: ny verdi').inputValue()).toBe('FV');
    expect(await page.getByLabel('Avbruddsdato: ny verdi').inputValue()).toBe('41.10.2026');
    expect(await page.getByLabel('Avbruddsdato: ny verdi').getAttribute('aria-invalid')).toBe('true');
    await shot(page, 'still-wrong');
    await context.close();
  });

  test('its pages are accessible in both languages, and no number leaves them', async () => {
    const { page, context } = await visit(browser, world.visitor);
    const receipt = await send(page, world, [
      row(8, { avbruddsarsak: 'ZZ', hemmelig: 'x' }),
      'ikke et objekt',
      row(9, { avbruddsarsak: 'ZZ' }),
    ]);
    const at = `${world.server.url}/k/${world.pipeline.org}/lister/${receipt}`;
    await page.goto(`${at}/rad/3`);
    await page.getByLabel('Avbruddsårsak: ny verdi').selectOption('FV');
    await page.getByRole('button', { name: 'Sjekk og send raden' }).click();
    await page.getByText('Rettet og sendt på nytt').waitFor();
    await context.close();
    const go = (path: string) => (other: Page) => other.goto(`${at}${path}`);
    const pages: ConsolePage[] = [
      { name: 'receipt', open: go('') },
      { name: 'row', open: go('/rad/1') },
      { name: 'unreadable row', open: go('/rad/2') },
      { name: 'sent row', open: go('/rad/3') },
      { name: 'no such row', open: go('/rad/9') },
      {
        name: 'nothing typed',
        open: async (other) => {
          await other.goto(`${at}/rad/1`);
          await other.getByRole('button', { name: /Sjekk og send rad/ }).click();
          await other.locator('#feil').waitFor();
        },
      },
    ];
    const secrets = people.map(({ fodselsnummer }) => fodselsnummer);
    expect(await examine(browser, world.visitor, pages, secrets)).toEqual([]);
  });
});
