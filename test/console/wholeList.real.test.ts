import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// Lists in which who is missing counts, by a person with a browser: VIGO's own document, and a school's spreadsheet.

const NOW = '2026-09-08T08:00:00.000Z';
const SURNAME = 'Etternavnesen';
const people = crowd(31, 3).map(({ fodselsnummer }) => fodselsnummer);
const [, second = ''] = people;

const file = (name: string, content: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

function contracts(numbers: readonly string[]) {
  const kontrakter = numbers.map((fnr) => ({
    elev: { fornavn: 'Ola', etternavn: SURNAME, fdato: '', fnr, sysId: '1', epost: '', mobilnr: '' },
    ...{ type: 'L', promrkode: 'BUTRL', promrnavn: '', bnr: '974603268', bedrnavn: 'Bedrift' },
    ...{ start: '01.08.2026', slutt: '31.07.2028' },
  }));
  return file('kontrakter.json', JSON.stringify({ errorMessage: '', antall: numbers.length, kontrakter }));
}

const pupils = file(
  'elever.csv',
  [
    'Fødselsnummer;Skolenummer;Dato;Startdato',
    ...people.map((number) => `${number};40014;01.09.2026;17.08.2026`),
  ].join('\n'),
);

describe.skipIf(!hasChromium)('a whole list in Chromium', () => {
  let browser: Browser;
  let pipeline: TestPipeline;
  let server: ApiServer;
  const receipts: string[] = [];
  beforeAll(async () => {
    browser = await startChromium();
    pipeline = await createTestPipeline({ county: '40' });
    await pipeline.pass(NOW);
    server = await startLocalLoginServer(
      true,
      partsInMemory(pipeline, () => NOW),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const visitor = (persona: string) => ({ url: server.url, org: pipeline.org, persona });
  const give = async (page: Page, feed: string, given: ReturnType<typeof file>) => {
    await page.goto(`${server.url}/k/${pipeline.org}/lister/ny/${feed}`);
    await page.locator('#fil').setInputFiles(given);
    await page.locator('main form button').click();
  };

  test.each([true, false])(
    'of VIGO’s contracts goes straight to the check, is mended by its own field, and is sent whole (script: %s)',
    async (javaScriptEnabled) => {
      const { page, context, complaints } = await visit(browser, visitor('Fredrik'), { javaScriptEnabled });
      const numbers = javaScriptEnabled ? people : people.slice(0, 2);
      await give(page, 'apprenticeship', contracts(numbers.with(1, second.slice(0, 10))));
      await page.getByRole('heading', { name: 'Rad 2 i filen' }).waitFor();
      await page.getByText('Dette er en hel liste.').waitFor();
      await page.getByLabel('Ny verdi for «elev.fnr» i rad 2').fill(second);
      await page.getByRole('button', { name: 'Rett og sjekk på nytt' }).click();
      await page.getByRole('button', { name: `Send ${numbers.length} rader` }).click();
      await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
      await pipeline.settle();
      await page.getByText(`Alle ${numbers.length} radene er behandlet.`).waitFor();
      // Both came at the one moment of this clock.
      receipts.push(new URL(page.url()).pathname);
      await page.goto(`${server.url}/k/${pipeline.org}/lister/ny/apprenticeship`);
      const last = page.locator('p', { hasText: 'Sist sendt' }).getByRole('link');
      expect(receipts).toContain(await last.getAttribute('href'));
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test('of a school is one by its choice alone, and says what that means', async () => {
    const { page, context } = await visit(browser, visitor('Solveig'), {});
    await give(page, 'private-school', pupils);
    await page.getByLabel('Ja, listen er hel').waitFor();
    await page.getByRole('button', { name: 'Sjekk listen' }).click();
    await page.getByText('Alle radene kan sendes.').waitFor();
    expect(await page.getByText('Dette er en hel liste.').count()).toBe(0);
    await page.getByRole('link', { name: 'Endre kolonnene' }).click();
    await page.getByLabel('Ja, listen er hel').check();
    await page.getByRole('button', { name: 'Sjekk listen' }).click();
    await page.getByText('Dette er en hel liste.').waitFor();
    await page.getByRole('link', { name: 'Endre kolonnene' }).click();
    expect(await page.getByLabel('Ja, listen er hel').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Sjekk listen' }).click();
    await page.getByRole('button', { name: 'Send 3 rader' }).click();
    await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
    await pipeline.settle();
    await page.getByText('Alle 3 radene er behandlet.').waitFor();
    await context.close();
  });

  test('is accessible in both languages and themes', async () => {
    const secrets = [...people, SURNAME, 'kontrakter.json', 'elever.csv'];
    expect(
      await examine(
        browser,
        visitor('Fredrik'),
        [
          {
            name: 'a document to mend',
            async open(page) {
              await give(page, 'apprenticeship', contracts(people.with(1, second.slice(0, 10))));
              await page.locator('.sums').waitFor();
            },
          },
        ],
        secrets,
      ),
    ).toEqual([]);
    const choose = async (page: Page) => {
      await give(page, 'private-school', pupils);
      await page.locator('#hel').waitFor();
    };
    expect(
      await examine(browser, visitor('Solveig'), [{ name: 'a whole list to choose', open: choose }], secrets),
    ).toEqual([]);
  });
});
