import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import type { TestParts } from '../api/parts.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { type ConsolePage, type ConsoleVisitor, examine, visit } from '../harness/consolePages.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { weigh } from '../harness/pageWeight.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { FILLED, ROWS_ABOVE, WHOLE } from '../upload/libreoffice/filled.ts';

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

type Saved = 'list.xlsx' | 'list-windows-1252.csv' | 'list-utf-8.csv' | 'list.ods';

/** Our own template, filled and saved by LibreOffice; under a name that says whom it is about. */
function savedList(saved: Saved) {
  const buffer = readFileSync(new URL(`../upload/libreoffice/${saved}`, import.meta.url));
  const [, ending = ''] = saved.split('.');
  return { name: `${FILE_NAME}.${ending}`, mimeType: 'application/octet-stream', buffer };
}

interface World {
  pipeline: TestPipeline;
  parts: TestParts;
  server: ApiServer;
  visitor: ConsoleVisitor;
}

/** @param changes of the API's parts */
async function startWorld(changes: (parts: TestParts) => Partial<TestParts> = () => ({})): Promise<World> {
  const pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  const own = partsInMemory(pipeline, () => NOW);
  const parts = { ...own, ...changes(own) };
  const server = await startLocalLoginServer(true, parts);
  return { pipeline, parts, server, visitor: { url: server.url, org: pipeline.org, persona: 'Ingvild' } };
}

describe.skipIf(!hasChromium)('a list in Chromium', () => {
  let browser: Browser;
  const worlds: World[] = [];
  const world = async (changes?: Parameters<typeof startWorld>[0]) => {
    const started = await startWorld(changes);
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
  const upload = async (page: Page, file: ReturnType<typeof savedList>) => {
    await page.getByRole('link', { name: 'Send liste' }).first().click();
    await page.getByRole('link', { name: /^Ikkesøkere/ }).click();
    await page.getByLabel('Velg filen med listen').setInputFiles(file);
    await page.getByRole('button', { name: 'Last opp og se på listen' }).click();
    await page.getByRole('heading', { name: 'Stemmer kolonnene?' }).waitFor();
  };

  test.each([
    ['list.xlsx', true],
    ['list-windows-1252.csv', false],
    ['list-utf-8.csv', true],
  ] as [Saved, boolean][])(
    'saved by LibreOffice as %s (script: %s) is checked, sent in part, mended, and the mended row counts alone',
    async (format, javaScriptEnabled) => {
      const { pipeline, parts, visitor } = await world();
      const broken = 17 + ROWS_ABOVE;
      const secrets = [
        'Nordmann',
        ...FILLED.flatMap(({ fodselsnummer = '', navn = '' }) => [fodselsnummer, navn]),
      ];
      const { page, context, complaints } = await visit(browser, visitor, { javaScriptEnabled });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(decodeURIComponent(request.url())));

      await upload(page, savedList(format));
      await page.getByText('Er rad 2 overskriftene?').waitFor();
      await page.getByText('Vi fant 42 rader i listen.').waitFor();
      await shot(page, `columns-${format}`);
      await page.getByRole('button', { name: 'Sjekk listen' }).click();

      await page.getByRole('heading', { name: 'Sjekk listen' }).waitFor();
      await page.getByRole('heading', { name: `Rad ${broken} i filen` }).waitFor();
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
      const cell = page.getByLabel(`Ny verdi for «Fødselsnummer» i rad ${broken}`);
      await cell.fill(WHOLE.slice(0, 9));
      await page.getByRole('button', { name: 'Rett og sjekk på nytt' }).click();
      await page.getByRole('heading', { name: 'Du må rette én ting' }).waitFor();
      expect(await cell.inputValue()).toBe(WHOLE.slice(0, 9));
      await cell.fill(WHOLE);
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
    },
  );

  /** A file that is handed to the browser without a program that wrote it. */
  const csv = (rows: readonly (readonly string[])[]) => ({
    name: `${FILE_NAME}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.map((cells) => cells.join(';')).join('\r\n')),
  });

  /** Uploads in whatever language the page is in. */
  const give = async (page: Page, { visitor }: World, file: ReturnType<typeof csv>) => {
    await page.goto(`${visitor.url}/k/${visitor.org}/lister/ny/vigo-intake`);
    await page.locator('#fil').setInputFiles(file);
    await page.locator('main form button').click();
    await page.locator('#overskrift, #ark, #feil').first().waitFor();
  };
  const goOn = (page: Page) => page.locator('main form button').last().click();
  const check = async (page: Page, at: World, file: ReturnType<typeof csv>) => {
    await give(page, at, file);
    await goOn(page);
    await page.waitForURL(/\/sjekk/);
    await page.locator('.sums').waitFor();
  };

  test.each(['the file', 'its columns', 'its rows', 'what has become of it'])(
    'accessible in both languages and themes, empty, full and with errors: %s',
    async (part) => {
      const at = await world();
      const { table, secrets, whole } = nonShows(12);
      const full = csv(table);
      const good = csv(table.filter((cells) => cells[1] !== whole.slice(0, 10)));
      const unknown = csv(
        table.map((cells) => (cells.length < 6 ? cells : [...cells, cells === HEAD ? 'Klasse' : '1A'])),
      );
      const headless = csv([
        ['Person', 'Når'],
        ['a', 'b'],
      ]);
      const to = (path: string) => (page: Page) => page.goto(`${at.visitor.url}/k/${at.visitor.org}${path}`);
      let seed = 20;
      const sent = async (page: Page) => {
        seed += 1;
        await check(page, at, csv(nonShows(seed).table));
        await page.locator('form[action$="/send"] button').click();
        await page.waitForURL(/lister\/[0-9a-f-]{36}\?/);
      };
      const parts: Record<string, ConsolePage[]> = {
        'the file': [
          { name: 'lists to choose', open: to('/lister/ny') },
          { name: 'the file', open: to('/lister/ny/vigo-intake') },
          {
            name: 'no file chosen',
            open: (page: Page) => to('/lister/ny/vigo-intake')(page).then(() => goOn(page)),
          },
          {
            name: 'a file that is no list',
            open: (page: Page) => give(page, at, { ...full, buffer: Buffer.from('%PDF-1.7') }),
          },
        ],
        'its columns': [
          { name: 'columns', open: (page: Page) => give(page, at, full) },
          { name: 'columns not known', open: (page: Page) => give(page, at, unknown) },
          {
            name: 'columns not chosen',
            open: (page: Page) => give(page, at, unknown).then(() => goOn(page)),
          },
          { name: 'no headings', open: (page: Page) => give(page, at, headless) },
          {
            name: 'no headings chosen',
            open: (page: Page) => give(page, at, headless).then(() => goOn(page)),
          },
        ],
        'its rows': [
          { name: 'rows to mend', open: (page: Page) => check(page, at, full) },
          {
            name: 'nothing typed',
            open: (page: Page) =>
              check(page, at, full).then(() => page.locator('form[action$="/sjekk"] button').click()),
          },
          { name: 'all good', open: (page: Page) => check(page, at, good) },
        ],
        'what has become of it': [
          { name: 'a receipt that waits', open: sent },
          {
            name: 'a final receipt',
            open: (page: Page) =>
              sent(page)
                .then(() => at.pipeline.settle())
                .then(() => page.reload()),
          },
          { name: 'no such receipt', open: to('/lister/0198c0de-0000-7000-8000-000000000000') },
          {
            name: 'an upload that is gone',
            open: to('/lister/ny/vigo-intake/0198c0de-0000-7000-8000-000000000000'),
          },
          { name: 'not for the role', open: to('/lister/ny/apprenticeship') },
        ],
      };
      const pages = parts[part] ?? [];
      expect(await examine(browser, at.visitor, pages, secrets)).toEqual([]);
      if (SCREENSHOT) {
        const looks = [
          { language: 'nn', colorScheme: 'dark', width: 1280 },
          { language: 'nb', colorScheme: 'light', width: 320 },
        ] as const;
        for (const look of looks) {
          const { page, context } = await visit(browser, at.visitor, look);
          for (const { name, open } of pages) {
            await open(page);
            await shot(page, `${look.width}-${name.replaceAll(' ', '-')}`);
          }
          await context.close();
        }
      }
    },
  );

  test('a long check shows counted rows, with a script and without, and then what was found', async () => {
    let gate = Promise.withResolvers<void>();
    const at = await world(({ dryRun }) => ({
      async dryRun(org, feed, records, received, watched) {
        watched?.seen?.(17);
        await gate.promise;
        return dryRun(org, feed, records, received, watched);
      },
    }));
    const { table, secrets } = nonShows(13);
    const slow = async (page: Page) => {
      // Few checks run at a time: the one before is let through.
      gate.resolve();
      gate = Promise.withResolvers();
      await give(page, at, csv(table));
      await goOn(page);
      await page.locator('progress').waitFor();
    };
    const faults = await examine(browser, at.visitor, [{ name: 'a check under way', open: slow }], secrets);
    expect(faults).toEqual([]);
    for (const javaScriptEnabled of [true, false]) {
      const { page, context } = await visit(browser, at.visitor, { javaScriptEnabled });
      await slow(page);
      await page.getByText('17 av 42 rader er sjekket.').waitFor();
      gate.resolve();
      await page.getByRole('heading', { name: `Rad 20 i filen` }).waitFor();
      await context.close();
    }
  });

  test('is sent by keyboard alone, without a script, in nynorsk', async () => {
    const at = await world();
    const { page, context } = await visit(browser, at.visitor, { javaScriptEnabled: false, language: 'nn' });
    const { table, whole } = nonShows(17);
    /** Tab until a control is reached that the selector names. */
    const tabTo = async (selector: string) => {
      for (let steps = 0; steps < 80; steps += 1) {
        await page.keyboard.press('Tab');
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
      }
      throw new Error(`${selector} is not reached`);
    };
    const press = async (selector: string, heading: string) => {
      await tabTo(selector);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    };
    await press('nav a[href$="/lister/ny"]', 'Send liste');
    await press('main a[href$="/vigo-intake"]', 'Send liste');
    // The dialogue of the browser's own is not a page: the file is put in its place.
    await page.locator('#fil').setInputFiles(csv(table));
    await press('main form button', 'Stemmer kolonnane?');
    await press('main form button', 'Sjekk lista');
    await tabTo('#rad-20-fodselsnummer');
    await page.keyboard.type(whole);
    await press('form[action$="/sjekk"] button', 'Sjekk lista');
    await page.getByText('Alle radene kan sendast.').waitFor();
    await press('form[action$="/send"] button', 'Kvittering');
    await at.pipeline.settle();
    await page.getByText('Alle 42 radene er behandla.').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.sums').isVisible()).toBe(true);
    for (const left of ['nav', '.who form', '.language', '.no-print'])
      expect(await page.locator(left).first().isVisible()).toBe(false);
    await shot(page, 'receipt-print');
    await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
    await shot(page, 'receipt-forced');
    expect(at.pipeline.out('status')).toHaveLength(41);
    await context.close();
  });

  test('is turned away with what to do when it is saved as ODS', async () => {
    const { visitor } = await world();
    const { page, context } = await visit(browser, visitor);
    await page.goto(`${visitor.url}/k/${visitor.org}/lister/ny/vigo-intake`);
    await page.locator('#fil').setInputFiles(savedList('list.ods'));
    await page.locator('main form button').click();
    const summary = page.locator('#feil');
    await summary.waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('feil');
    expect(await summary.textContent()).toMatch(/\.xlsx/);
    await context.close();
  });

  test('the same form sent twice is sent once, and says so', async () => {
    const at = await world();
    const { page, context } = await visit(browser, at.visitor, { javaScriptEnabled: false });
    await check(page, at, csv(nonShows(15).table));
    const form = page.locator('form[action$="/send"]');
    await form.locator('button').click();
    await page.waitForURL(/lister\/[0-9a-f-]{36}\?/);
    const first = new URL(page.url()).pathname;
    await page.goBack({ waitUntil: 'commit' });
    await page.locator('form[action$="/send"] button').click();
    await page.getByText('Dette er allerede mottatt.').waitFor();
    expect(new URL(page.url()).pathname).toBe(first);
    await at.pipeline.settle();
    expect(at.pipeline.out('status')).toHaveLength(40);
    await context.close();
  });

  test('each page weighs at most 15 kB once the style is there, also with many rows to mend', async () => {
    const at = await world();
    const { page, context } = await visit(browser, at.visitor);
    const broken = nonShows(16).table.map((cells) =>
      cells === HEAD || cells.length < 6 ? cells : cells.with(1, '123'),
    );
    await check(page, at, csv(broken));
    for (const address of [
      page.url(),
      page.url().replace('/sjekk', ''),
      `${at.visitor.url}/k/${at.visitor.org}/lister/ny/vigo-intake`,
    ]) {
      const { bytes, requests } = await weigh(page, (opened) => opened.goto(address.replace('#tittel', '?')));
      expect(requests).toBeGreaterThan(0);
      expect(bytes, address.replace(/[0-9a-f-]{36}/, '…')).toBeLessThanOrEqual(15_000);
    }
    await context.close();
  });
});
