import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import type { TestParts } from '../api/parts.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { hasLibreOffice, type SavedFormat, savedLists } from '../harness/libreOffice.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// A list from a spreadsheet, by a person with a browser (S11).

const NOW = '2026-09-08T08:00:00.000Z';
const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const HEAD = ['Hva raden gjelder', 'Fødselsnummer', 'Navn', 'Skoleår', 'Dato', 'Skolenummer'];
const FILE_NAME = 'Ikkemøtte 2026 Nordmann';
const SURNAME = 'Etternavnesen';

/** 42 non-shows below a title and a blank row; row 17 of the list has ten digits, row 30 is row 3. */
function nonShows(seed: number) {
  const people = crowd(seed, 41).map(({ fodselsnummer }) => fodselsnummer);
  const listed = [...people.slice(0, 29), people[2] ?? '', ...people.slice(29)];
  const whole = listed[16] ?? '';
  const numbers = listed.with(16, whole.slice(0, 10));
  const rows = numbers.map((number) => ['Ikke møtt', number, SURNAME, '2026-27', '17.08.2026', '40014']);
  return {
    whole,
    table: [['Ikkemøtte'], [], HEAD, ...rows],
    secrets: [...people, whole.slice(0, 10), SURNAME, 'Nordmann'],
  };
}

interface World {
  pipeline: TestPipeline;
  parts: TestParts;
  server: ApiServer;
  visitor: ConsoleVisitor;
}

async function startWorld(): Promise<World> {
  const pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  const parts = partsInMemory(pipeline, () => NOW as never);
  const server = await startLocalLoginServer(true, parts);
  return { pipeline, parts, server, visitor: { url: server.url, org: pipeline.org, persona: 'Ingvild' } };
}

describe.skipIf(!hasChromium || !hasLibreOffice)('a list in Chromium', () => {
  let browser: Browser;
  const worlds: World[] = [];
  const world = async () => {
    const started = await startWorld();
    worlds.push(started);
    return started;
  };

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(worlds.map(({ server }) => server.close()));
  });

  const shot = async (page: Page, name: string) => {
    if (SCREENSHOT) await page.screenshot({ path: `${SCREENSHOT}-${name}.png`, fullPage: true });
  };

  /** From the first page to the columns of the file. */
  const upload = async (page: Page, path: string) => {
    await page.getByRole('link', { name: 'Send liste' }).first().click();
    await page.getByRole('link', { name: /^Ikkesøkere/ }).click();
    await page.getByLabel('Velg filen med listen').setInputFiles(path);
    await page.getByRole('button', { name: 'Last opp og se på listen' }).click();
    await page.getByRole('heading', { name: 'Stemmer kolonnene?' }).waitFor();
  };

  test.each([
    ['xlsx', true],
    ['windows-1252.csv', false],
    ['utf-8.csv', true],
  ] as [SavedFormat, boolean][])(
    'saved by LibreOffice as %s (script: %s) is checked, sent in part, mended, and the mended row counts alone',
    async (format, javaScriptEnabled) => {
      const { pipeline, parts, visitor } = await world();
      const { table, whole, secrets } = nonShows(11);
      const files = await savedLists(FILE_NAME, table, [format]);
      const { page, context, complaints } = await visit(browser, visitor, { javaScriptEnabled });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(decodeURIComponent(request.url())));

      await upload(page, files.path[format] ?? '');
      await page.getByText('Er rad 3 overskriftene?').waitFor();
      await page.getByText('Vi fant 42 rader i listen.').waitFor();
      await shot(page, `columns-${format}`);
      await page.getByRole('button', { name: 'Sjekk listen' }).click();

      await page.getByRole('heading', { name: 'Sjekk listen' }).waitFor();
      await page.getByRole('heading', { name: 'Rad 20 i filen' }).waitFor();
      await page
        .getByText(/ti sifre/)
        .first()
        .waitFor();
      await shot(page, `check-${format}`);
      expect(pipeline.out('status')).toEqual([]);

      await page.getByLabel('Bare hvis alle radene kan sendes').check();
      await page.getByRole('button', { name: 'Send 41 rader' }).click();
      await page.getByRole('heading', { name: 'Du må rette én ting' }).waitFor();
      expect(await page.title()).toMatch(/^1 feil: Sjekk listen/);
      await page.getByLabel(/41 rader nå/).check();
      await page.getByRole('button', { name: 'Send 41 rader' }).click();

      await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
      await page.getByText('0 av 41 rader er behandlet.').waitFor();
      await pipeline.settle();
      // Without a script the page is fetched again by itself too.
      await page.getByText('Alle 41 radene er behandlet.').waitFor();
      await page.getByText('Ja. Kvitteringen endrer seg ikke mer.').waitFor();
      await shot(page, `receipt-${format}`);
      expect(pipeline.out('status')).toHaveLength(40);

      await page.getByRole('link', { name: 'Se radene som gjenstår' }).click();
      await page.getByLabel('Ny verdi for «Fødselsnummer» i rad 20').fill(`${whole.slice(0, 9)}`);
      await page.getByRole('button', { name: 'Rett og sjekk på nytt' }).click();
      await page.getByRole('heading', { name: 'Du må rette én ting' }).waitFor();
      expect(await page.getByLabel('Ny verdi for «Fødselsnummer» i rad 20').inputValue()).toBe(
        whole.slice(0, 9),
      );
      await page.getByLabel('Ny verdi for «Fødselsnummer» i rad 20').fill(whole);
      await page.getByRole('button', { name: 'Rett og sjekk på nytt' }).click();
      await page.getByRole('button', { name: 'Send 1 rad' }).click();
      await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
      await pipeline.settle();
      await page.getByText('Raden er behandlet.').waitFor();
      expect(pipeline.out('status')).toHaveLength(41);

      expect(complaints).toEqual([]);
      const said = asked.join('\n') + JSON.stringify([parts.logged, parts.problems]) + (await page.content());
      for (const secret of secrets) expect(said).not.toContain(secret);
      await context.close();
      await files.remove();
    },
  );
});
