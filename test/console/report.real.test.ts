import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import type { TestParts } from '../api/parts.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// One report by a person with a browser, and the list of what was sent.

const NOW = '2026-10-07T07:12:00.000Z';
const SCREENSHOT = process.env.CONSOLE_SCREENSHOT;
const SURNAME = 'Etternavnesen';

interface World {
  pipeline: TestPipeline;
  parts: TestParts;
  server: ApiServer;
}

async function startWorld(): Promise<World> {
  const pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  const parts = partsInMemory(pipeline, () => NOW as never);
  return { pipeline, parts, server: await startLocalLoginServer(true, parts) };
}

describe.skipIf(!hasChromium)('one report in Chromium', () => {
  let browser: Browser;
  const worlds: World[] = [];
  const world = async () => {
    const started = await startWorld();
    worlds.push(started);
    return started;
  };
  const as = ({ server, pipeline }: World, persona: string): ConsoleVisitor => ({
    ...{ url: server.url, org: pipeline.org, persona },
  });
  const at = (page: Page, { server, pipeline }: World, path: string) =>
    page.goto(`${server.url}/k/${pipeline.org}${path}`);

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

  const fillDropout = async (page: Page, number: string, date = '6. oktober 2026') => {
    await page.getByLabel('Fødselsnummer').fill(number);
    await page.getByLabel('Navn').fill(SURNAME);
    await page.getByLabel('Avbruddsdato').fill(date);
    await page.getByLabel('Avbruddsårsak').selectOption({ label: 'Feilvalg' });
  };

  test.each([[true], [false]])(
    'a dropout is filled in, mended, looked over and sent, once (script: %s)',
    async (javaScriptEnabled) => {
      const started = await world();
      const { pipeline, parts } = started;
      const number = crowd(23, 1)[0]?.fodselsnummer ?? '';
      const { page, context, complaints } = await visit(browser, as(started, 'Solveig'), {
        javaScriptEnabled,
      });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(decodeURIComponent(request.url())));

      await page.getByRole('link', { name: 'Meld om én ungdom' }).first().click();
      await page.getByRole('link', { name: 'Avbrudd', exact: true }).click();
      expect(await page.getByLabel('Skolenummer').inputValue()).toBe('40014');
      await fillDropout(page, number.slice(0, 10), '31.02.2026');
      await page.getByRole('button', { name: 'Se over' }).click();
      await page.getByRole('heading', { name: 'Du må rette 2 ting' }).waitFor();
      expect(await page.title()).toMatch(/^2 feil: /);
      expect(await page.getByLabel('Avbruddsdato').inputValue()).toBe('31.02.2026');
      expect(await page.getByLabel('Fødselsnummer').inputValue()).toBe(number.slice(0, 10));
      expect(await page.getByLabel('Avbruddsårsak').inputValue()).toBe('FV');
      await page.getByRole('link', { name: /«Avbruddsdato» er ikke en gyldig dato/ }).click();
      expect(await page.evaluate('document.activeElement.id')).toBe('felt-avbruddsdato');
      await shot(page, `report-fault-${javaScriptEnabled}`);

      await fillDropout(page, number);
      await page.getByRole('button', { name: 'Se over' }).click();
      await page.getByRole('heading', { name: 'Stemmer dette?' }).waitFor();
      for (const read of ['6. oktober 2026', 'Feilvalg (FV)', '40014', number])
        await page.getByRole('cell', { name: read, exact: true }).waitFor();
      await shot(page, `report-confirm-${javaScriptEnabled}`);
      expect(pipeline.records()).toEqual([]);

      await page.getByRole('link', { name: 'Endre' }).click();
      expect(await page.getByLabel('Fødselsnummer').inputValue()).toBe(number);
      await page.getByRole('button', { name: 'Se over' }).click();
      await page.getByRole('heading', { name: 'Stemmer dette?' }).waitFor();
      const confirm = page.url();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
      const receipt = page.url();
      await page.goBack({ waitUntil: 'commit' });
      await page
        .getByRole('heading', { name: 'Stemmer dette?' })
        .or(page.getByText('Mottatt:'))
        .first()
        .waitFor();
      if (await page.getByRole('button', { name: 'Send', exact: true }).count()) {
        await page.getByRole('button', { name: 'Send', exact: true }).click();
        await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
      }
      // The address of the form leads to what became of it.
      await page.goto(confirm);
      expect(new URL(page.url()).pathname).toBe(new URL(receipt).pathname);
      await pipeline.settle();
      await page.getByText('Raden er behandlet.').waitFor();
      expect(pipeline.records()).toHaveLength(1);
      expect(pipeline.out('status')).toHaveLength(1);

      await page.getByRole('link', { name: 'Lister og kvitteringer' }).first().click();
      await page.getByText('én melding, skole 40014').waitFor();
      await page.getByText('Endelig', { exact: true }).waitFor();
      await page.getByText('14.10.2026').waitFor();
      await shot(page, `lists-${javaScriptEnabled}`);
      await page.getByRole('link', { name: /^07\.10\.2026/ }).click();
      expect(new URL(page.url()).pathname).toBe(new URL(receipt).pathname);

      expect(complaints).toEqual([]);
      const said = asked.join('\n') + JSON.stringify([parts.logged, parts.problems]) + (await page.content());
      for (const secret of [number, number.slice(0, 10), SURNAME]) expect(said).not.toContain(secret);
      await context.close();
    },
  );

  test('a double click counts once, a correction replaces, and an annulment takes back', async () => {
    const started = await world();
    const { pipeline } = started;
    const number = crowd(29, 1)[0]?.fodselsnummer ?? '';
    const { page, context } = await visit(browser, as(started, 'Solveig'));
    const report = async (date: string) => {
      await at(page, started, '/meld/school-dropout/avbrudd');
      await fillDropout(page, number, date);
      await page.getByRole('button', { name: 'Se over' }).click();
      await page.getByRole('heading', { name: 'Stemmer dette?' }).waitFor();
      await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
      await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
      await pipeline.settle();
    };
    await report('06.10.2026');
    await report('14.9.2026');
    expect(pipeline.records()).toHaveLength(2);

    await at(page, started, '/meld/school-dropout/annullering');
    await page.getByLabel('Fødselsnummer').fill(number);
    await page.getByRole('button', { name: 'Se over' }).click();
    // Which report it is must be said.
    await page.getByRole('heading', { name: /^Du må rette/ }).waitFor();
    await page.getByLabel('Annullerer type').selectOption({ label: 'Avbrudd' });
    await page.getByLabel('Skoleår').selectOption('2026-27');
    await page.getByRole('button', { name: 'Se over' }).click();
    await page.getByText('Den gamle meldingen trekkes tilbake').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
    await pipeline.settle();
    const youth = await pipeline.youth(number);
    expect(youth?.youth.registrations).toEqual([]);

    // The same once more: nothing is left to take back, which is said before it is sent.
    await at(page, started, '/meld/school-dropout/annullering');
    await page.getByLabel('Fødselsnummer').fill(crowd(31, 1)[0]?.fodselsnummer ?? '');
    await page.getByLabel('Annullerer type').selectOption({ label: 'Avbrudd' });
    await page.getByLabel('Skoleår').selectOption('2026-27');
    await page.getByRole('button', { name: 'Se over' }).click();
    await page.getByText('Annulleringen traff ingen hendelse').waitFor();
    await context.close();
  });

  test('a report of the apprenticeship office gets an id, by which it is corrected and taken back', async () => {
    const started = await world();
    const { pipeline } = started;
    const number = crowd(37, 1)[0]?.fodselsnummer ?? '';
    const { page, context } = await visit(browser, as(started, 'Fredrik'));
    const send = async (date: string) => {
      await page.getByLabel('Fødselsnummer').fill(number);
      await page.getByLabel('Bedriftsnummer').fill('974603268');
      await page.getByLabel('Sluttdato').fill(date);
      await page.getByLabel('Sluttårsak').selectOption('FV');
      await page.getByRole('button', { name: 'Se over' }).click();
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
      await pipeline.settle();
    };
    await at(page, started, '/meld/apprenticeship/heving');
    await send('01.10.2026');
    await at(page, started, '/lister');
    await page.getByRole('link', { name: 'Rett eller trekk tilbake' }).click();
    await page.getByRole('link', { name: 'Heving', exact: true }).click();
    await page.getByText('Du retter en melding du har sendt.').waitFor();
    await send('14.09.2026');
    const lefts = async () =>
      (await pipeline.youth(number))?.youth.facts.flatMap((fact) =>
        fact.kind === 'Left' ? [fact.effective] : [],
      );
    expect(await lefts()).toEqual(['2026-09-14']);
    // The first report has the id; its receipt is the older one.
    await at(page, started, '/lister');
    await page.getByRole('link', { name: 'Rett eller trekk tilbake' }).last().click();
    await page.getByRole('link', { name: 'Annullering', exact: true }).click();
    await page.getByLabel('Fødselsnummer').fill(number);
    await page.getByRole('button', { name: 'Se over' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: 'Kvittering', exact: true }).waitFor();
    await pipeline.settle();
    const annulled = (await pipeline.youth(number))?.youth.facts.filter(({ kind }) => kind === 'Annulled');
    expect(annulled).toHaveLength(1);
    await context.close();
  });

  test('each school sees its own alone, forty on a page', async () => {
    const started = await world();
    const { pipeline, parts } = started;
    for (const [institution, sends] of [
      ['40014', 53],
      ['40001', 2],
    ] as const)
      for (let sent = 0; sent < sends; sent += 1)
        await parts.operations.openReceipt({
          ...{ id: crypto.randomUUID(), org: pipeline.org, feed: 'school-dropout', rows: 1 },
          ...{ idempotencyKey: null, sender: 'person:x', institution, bodyHash: Buffer.alloc(32) },
          received: `2026-10-0${(sent % 6) + 1}T08:00:00.000Z`,
        });
    const { page, context } = await visit(browser, as(started, 'Solveig'));
    await at(page, started, '/lister');
    expect(await page.locator('tbody tr').count()).toBe(40);
    await page.getByRole('link', { name: 'Eldre' }).click();
    expect(await page.locator('tbody tr').count()).toBe(13);
    expect(await page.getByText('skole 40001').count()).toBe(0);
    await page.getByRole('link', { name: 'Til de nyeste' }).click();
    await page.getByRole('link', { name: 'Ungdomsskole' }).click();
    await page.getByText('Ingenting er sendt av dette ennå.').waitFor();
    await context.close();
  });

  test('every page is accessible, in both languages and themes, narrow, by keyboard and without a script', async () => {
    const started = await world();
    const { pipeline, parts } = started;
    const number = crowd(41, 1)[0]?.fodselsnummer ?? '';
    const go = (path: string) => (page: Page) => at(page, started, path);
    const button = (page: Page) => page.locator('main form button');
    const filled = async (page: Page) => {
      await at(page, started, '/meld/school-dropout/avbrudd');
      await page.locator('#felt-fodselsnummer').fill(number);
      await page.locator('#felt-navn').fill(SURNAME);
      await page.locator('#felt-avbruddsdato').fill('6.10.2026');
      await page.locator('#felt-avbruddsarsak').selectOption('FV');
      await button(page).click();
      await page.waitForURL(/avbrudd\/[0-9a-f-]{36}/);
    };
    const faulty = async (page: Page) => {
      await at(page, started, '/meld/school-dropout/annullering');
      await page.locator('#felt-fodselsnummer').fill(number.slice(0, 10));
      await button(page).click();
      await page.locator('.faults').waitFor();
    };
    const secrets = [number, number.slice(0, 10), SURNAME];
    const school = [
      { name: 'no list', open: go('/lister') },
      { name: 'choose', open: go('/meld') },
      { name: 'form', open: go('/meld/school-dropout/oppstart') },
      { name: 'faulty form', open: faulty },
      { name: 'to confirm', open: filled },
      { name: 'forgotten', open: go('/meld/school-dropout/avbrudd?glemt=1') },
    ];
    expect(await examine(browser, as(started, 'Solveig'), school, secrets)).toEqual([]);
    for (const [at, rows] of [1, 42, 20_000].entries())
      await parts.operations.openReceipt({
        ...{ id: crypto.randomUUID(), org: pipeline.org, feed: 'vigo-intake', rows, idempotencyKey: null },
        ...{ sender: 'person:x', institution: null, bodyHash: Buffer.alloc(32), received: NOW },
        ...(at === 1 && { source: { fileHash: Buffer.alloc(32), sheetRows: [1] } }),
      });
    const intake = [
      { name: 'full list', open: go('/lister') },
      { name: 'intake choose', open: go('/meld') },
      { name: 'wish', open: go('/meld/vigo-intake/onskestatus') },
    ];
    expect(await examine(browser, as(started, 'Ingvild'), intake, secrets)).toEqual([]);
    if (SCREENSHOT)
      for (const colorScheme of ['light', 'dark'] as const) {
        const look = { colorScheme, language: 'nn', width: colorScheme === 'dark' ? 320 : 1280 } as const;
        const { page, context } = await visit(browser, as(started, 'Ingvild'), look);
        for (const path of ['/lister', '/meld', '/meld/vigo-intake/annullering']) {
          await at(page, started, path);
          await shot(page, `nn-${colorScheme}${path.replaceAll('/', '-')}`);
        }
        await context.close();
      }
  });
});
