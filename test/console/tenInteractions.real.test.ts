import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { BULK } from '../../src/console/text/bulk.ts';
import { LISTS } from '../../src/console/text/lists.ts';
import { QUARANTINE } from '../../src/console/text/quarantine.ts';
import { RECEIVERS } from '../../src/console/text/receivers.ts';
import { PURPOSES } from '../../src/core/person/identityPurpose.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { delivery } from '../api/fakeRelay.ts';
import { type BulkWorld, bulkWorld } from '../desk/bulkWorld.ts';
import { hasChromium, startChromium } from '../harness/chromium.ts';
import { listen, violations, visit } from '../harness/consolePages.ts';
import { type Keyboard, keyboardOf } from '../harness/keyboard.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { ago, HOUR, withList, withReceiver } from '../harness/standingFaults.ts';
import { AT_RISK, LEFT, leaving, NAME } from './adviserWorld.ts';

// The ten things the console is for, each from beginning to end by keyboard alone: with a script in bokmål, without one in
// nynorsk. Every page passed is accessible, and none says who it is about in an address, a title or what the browser keeps.

const PUPILS = crowd(31, 3);
const REPORTED = crowd(29, 1);
const WRONG = crowd(78, 3);
const SECRETS = [
  ...[LEFT, AT_RISK, ...PUPILS, ...REPORTED, ...WRONG].map(({ fodselsnummer }) => fodselsnummer),
  ...[NAME.fornavn, NAME.etternavn, 'elever.csv', 'skal ringe'],
];
const CSV = [
  'Fødselsnummer;Skolenummer;Dato;Startdato',
  ...PUPILS.map(({ fodselsnummer }) => `${fodselsnummer};40014;01.09.2026;17.08.2026`),
].join('\n');

describe.skipIf(!hasChromium).each([
  ['nb', true],
  ['nn', false],
] as const)('in %s, with a script: %s, by keyboard alone', (language, javaScriptEnabled) => {
  let browser: Browser;
  let server: ApiServer;
  let world: BulkWorld;
  let base: string;
  let receiver: string;

  beforeAll(async () => {
    [browser, world] = await Promise.all([startChromium(), bulkWorld(8)]);
    const { parts, pipeline } = world;
    const county = { parts: { ...parts, memory: pipeline.store }, look: { loads: [], unworked: [] } };
    await withReceiver(county, {}, { waiting: 4, oldestWaiting: ago(HOUR) });
    const [{ id }] = [...parts.subscriptions.made.values()] as [Subscription];
    receiver = id;
    parts.subscriptions.planned.push({ ...delivery(id, { state: 'exhausted', attempts: 9 }), log: [] });
    await withList(county, { verdict: 'refused' });
    await pipeline.send(
      'school-dropout',
      // Without an id, as a form sends it.
      REPORTED.map((one) => ({ ...leaving(one), id: undefined })),
    );
    await pipeline.send(
      'school-dropout',
      WRONG.map((one, at) => dropout(one, `feil-${at}`, { avbruddsarsak: 'ZZ' })),
    );
    await world.settle();
    server = await startLocalLoginServer(true, parts);
    base = `${server.url}/k/${pipeline.org}`;
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  interface Walk {
    page: Page;
    by: Keyboard;
    go(path: string): Promise<unknown>;
    /** The page that is open is accessible, and says nothing of whom it is about where others can see it. */
    seen(): Promise<void>;
  }

  async function as(persona: string, walk: (on: Walk) => Promise<void>): Promise<void> {
    const visitor = { url: server.url, org: world.pipeline.org, persona };
    const look = { language, javaScriptEnabled };
    const { page, context, complaints } = await visit(browser, visitor, look);
    page.setDefaultTimeout(20_000);
    const leaks = listen(page, SECRETS);
    const seen = async () => {
      // Without a script axe cannot run; the page is the same.
      if (javaScriptEnabled) expect(await violations(page)).toEqual([]);
      expect(await leaks.found(page)).toEqual([]);
    };
    await walk({ page, by: keyboardOf(page), go: (path) => page.goto(base + path), seen });
    await seen();
    expect(complaints).toEqual([]);
    await context.close();
  }
  const said = (page: Page, text: string) => page.getByText(text, { exact: false }).first().waitFor();
  const button = (page: Page) => page.locator('main form button');

  test.each(['Leif', 'Dagny', 'Peder'])(
    'the menu of %s is one line, and folded where it has no room',
    (persona) =>
      as(persona, async ({ page, by }) => {
        const list = page.locator('.top nav ul');
        const link = list.getByRole('link').first();
        expect((await list.boundingBox())?.height).toBeLessThan(60);
        await page.setViewportSize({ width: 320, height: 900 });
        expect(await link.isVisible()).toBe(false);
        await by.act(page.locator('.top summary'));
        await link.waitFor();
      }),
  );

  test('1: from an alert to why it came, in eight keys', () =>
    as('Ragnhild', async ({ page, by, go, seen }) => {
      await go('/arbeidsliste/deadlines');
      await seen();
      const before = by.keys;
      await by.press('Tab');
      await by.press('Enter');
      await by.act(page.locator('tbody a').first());
      await page.locator('#hvorfor').waitFor();
      expect(by.keys - before).toBeLessThanOrEqual(8);
    }));

  test('2: a proposal is taken', async () => {
    const proposal = await world.alertOf(AT_RISK.fodselsnummer, 'STATUS_FORSLAG');
    await as('Ragnhild', async ({ page, by, go, seen }) => {
      await go(`/varsel/${proposal}`);
      await seen();
      const form = page.locator('form:has(input[name="valg"][value="forslag"])');
      await by.choose(form.locator('input[type="radio"][value="ELVG_IM"]'));
      await by.act(form.locator('button'));
      await page.waitForURL(/kvittering=/);
      await world.settle();
      await page.reload();
    });
    const { youth } = (await world.pipeline.youth(AT_RISK.fodselsnummer)) ?? {};
    expect(youth?.registrations[0]?.status.code).toBe('ELVG_IM');
  });

  test('3: a list is uploaded, checked, sent, and has a receipt', () =>
    as('Solveig', async ({ page, by, go, seen }) => {
      // Before the page is opened: the browser gets ready for it in its own time.
      const chooser = page.waitForEvent('filechooser');
      await go('/lister/ny/private-school');
      await by.reach(page.locator('#fil'));
      await by.press('Space');
      const file = { name: 'elever.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
      await (await chooser).setFiles(file);
      await by.act(button(page));
      await page.locator('#hel').first().waitFor();
      await seen();
      await by.act(button(page).last());
      const send = page.locator('main form button', { hasText: 'Send 3' });
      await send.waitFor();
      await seen();
      await by.act(send);
      await page.waitForURL(/\/lister\/[0-9a-f]{8}-/);
      await world.settle();
      await page.reload();
    }));

  test('4: a report is taken back', async () => {
    const [{ fodselsnummer = '' } = {}] = REPORTED;
    await as('Solveig', async ({ page, by, go, seen }) => {
      await go('/meld/school-dropout/annullering');
      await by.type(page.locator('#felt-fodselsnummer'), fodselsnummer);
      await by.select(page.locator('#felt-annullererType'), language === 'nb' ? 'Avbrudd' : 'Avbrot');
      await by.select(page.locator('#felt-skolear'), '2026');
      await by.act(button(page).last());
      await page.waitForURL(/annullering\/[0-9a-f-]{36}/);
      await seen();
      await by.act(button(page).last());
      await page.waitForURL(/\/lister\/[0-9a-f]{8}-/);
      await world.settle();
    });
    expect((await world.pipeline.youth(fodselsnummer))?.youth.registrations).toEqual([]);
  });

  test('5: what is wrong in one is mended in all that are alike, and they are used', async () => {
    const before = world.pipeline.out('status').length;
    const t = QUARANTINE[language];
    await as('Dagny', async ({ page, by, go, seen }) => {
      await go('/karantene');
      await seen();
      await by.act(page.locator('tbody a').first());
      await by.select(page.locator('#felt-avbruddsarsak'), language === 'nb' ? 'Feilvalg' : 'Feilval');
      await seen();
      await by.type(page.locator('#grunn-rett'), 'Skolen bruker en gammel kode.');
      await by.act(page.getByRole('button', { name: t.mendButton(3, '3') }));
      await page.waitForURL(/\/karantene\/arbeid\//);
      await world.work();
      await expect.poll(async () => (await page.reload()) && page.content()).toContain(t.done);
    });
    await world.settle();
    expect(world.pipeline.out('status')).toHaveLength(before + WRONG.length);
  });

  test('6: the same for many: count, sample and consequence first, then a paused run, and who it did not go for', () =>
    as('Leif', async ({ page, by, go, seen }) => {
      const t = BULK[language];
      await go('/arbeidsliste/no-contact');
      await by.act(page.getByRole('link', { name: t.link }));
      const form = page.locator('form:has(#kontakt-kanal)');
      await by.type(page.locator('#kontakt-dato'), '20.10.2026');
      await seen();
      await by.act(form.locator('button'));
      await page.locator('#begrunnelse').waitFor();
      await seen();
      await by.type(page.locator('#begrunnelse'), 'Brev er sendt til alle.');
      await by.act(page.locator('form:has(#begrunnelse) button'));
      await page.waitForURL(/\/samlet\/[0-9a-f]{8}-/);
      await said(page, t.paused);
      await by.act(page.locator('form[action$="/start"] button'));
      await said(page, t.running);
      await world.work();
      await page.reload();
      await said(page, t.done);
      await by.act(page.locator('a[href$="/gikk-ikke"]'));
      await page.locator('tbody tr').first().waitFor();
    }));

  test('7: a number is uncovered, with why', async () => {
    const ref = await world.refOf(LEFT.fodselsnummer);
    await as('Ragnhild', async ({ page, by, go }) => {
      await go(`/ungdom/${ref}`);
      await by.act(page.locator('main summary').first());
      await by.choose(page.locator('#felt'));
      await by.select(page.locator('#formal'), PURPOSES.KONTAKT);
      await by.type(page.locator('#grunn'), 'skal ringe');
      await by.press('Enter');
      await said(page, LEFT.fodselsnummer);
    });
  });

  test('8: a receiver is tested, sent to again, given new keys and paused', () =>
    as('Dagny', async ({ page, by, go, seen }) => {
      const t = RECEIVERS[language];
      const form = (act: string) => page.locator(`form[action$="/${act}"]`);
      await go('/mottakere');
      await seen();
      await by.act(page.locator(`a[href$="/mottakere/${receiver}"]`));
      await by.act(form('prove').locator('button'));
      await page.waitForURL(/svar=/);
      await by.type(page.locator('#hvorfor'), 'Feilen er rettet.');
      await by.press('Enter');
      await by.act(page.locator('form[action*="/omsending/"] button'));
      await page.locator('form[action$="/stopp"]').waitFor();
      await by.choose(page.locator('[name=overlapp][value="24"]'));
      await by.act(form('nye-nokler').locator('button'));
      await said(page, t.secretOnce);
      await seen();
      await by.act(page.locator(`main a[href$="/mottakere/${receiver}"]`));
      await by.act(form('pause').locator('button'));
      await form('aktiver').waitFor();
    }));

  test('9: found by alert and by number, and the number is in no address', async () => {
    const ref = await world.refOf(LEFT.fodselsnummer);
    const alert = await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
    await as('Ragnhild', async ({ page, by, go }) => {
      await go('/finn');
      await by.type(page.locator('#hva'), alert);
      await by.press('Enter');
      await page.waitForURL(new RegExp(`/varsel/${alert}`));
      await go('/finn');
      await by.type(page.locator('#hva'), LEFT.fodselsnummer);
      await by.select(page.locator('#formal'), PURPOSES.KONTAKT);
      await by.act(button(page));
      await page.waitForURL(new RegExp(`/ungdom/${ref}`));
    });
    await as('Solveig', async ({ page, by, go }) => {
      await go('/lister');
      const receipt = (await page.locator('tbody a').first().getAttribute('href'))?.split('/').at(-1) ?? '';
      await go('/finn');
      await by.type(page.locator('#hva'), receipt);
      await by.press('Enter');
      await page.waitForURL(new RegExp(`/lister/${receipt}`));
      await said(page, LISTS[language].final);
    });
  });

  test('10: what does not move, its cause, and what to do', () =>
    as('Dagny', async ({ page, by, go, seen }) => {
      await go('/flyt');
      await seen();
      const lead = page.locator('main a[href*="/flyt/liste/"]');
      await by.act(lead);
      await by.choose(page.locator('[name="hva"]').last());
      await seen();
      await by.type(page.locator('#begrunnelse'), 'Feil fil fra VIGO.');
      await by.press('Enter');
      await page.locator('#begrunnelse').waitFor({ state: 'detached' });
      await go('/flyt');
      expect(await lead.count()).toBe(0);
    }));
});
