import { beforeEach, describe, expect, test } from 'vitest';
import { person } from '../access/callers.ts';
import { type BulkWorld, bulkWorld } from '../desk/bulkWorld.ts';
import { holdRole } from '../harness/heldRole.ts';
import { pagesOf } from './adviserPages.ts';
import { LEFT, NAME } from './adviserWorld.ts';

let world: BulkWorld;
beforeEach(async () => {
  world = await bulkWorld(59);
  const { org } = world.pipeline;
  await holdRole(world.parts.accessRecords, person([]), { org, role: 'leder' });
});

const SEE = '/samlet/se?liste=no-contact&hva=kontakt&kontakt-kanal=BREV&kontakt-dato=06.10.2026';
/** What the form of the preview hides, by the page it is on. */
const hiddenIn = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
      .map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')] as const)
      .filter(([name]) => name !== 'skjema'),
  );

async function made(fields: Record<string, string> = {}) {
  const pages = pagesOf(world, 'leder');
  const kept = hiddenIn(await pages.text(SEE));
  const response = await pages.post('/samlet', { ...kept, begrunnelse: 'Brev er sendt.', ...fields }, SEE);
  const to = response.headers.get('location') ?? '';
  return { pages, response, at: to.replace('/k/telemarkfylke-no', '').replace('#tittel', '') };
}

describe('the same act for many, on pages', () => {
  test('begins at the worklist, for who may do it', async () => {
    const link = '/samlet/ny?liste=no-contact&amp;enhet=40200';
    expect(await pagesOf(world, 'leder').text('/arbeidsliste/no-contact?enhet=40200')).toContain(link);
    expect(await pagesOf(world, 'radgiver').text('/arbeidsliste/no-contact')).not.toContain('/samlet');
    for (const role of ['radgiver', 'skole', 'drift', 'personvern', 'nav', 'inntak'] as const)
      for (const path of ['/samlet', '/samlet/ny', SEE])
        expect((await pagesOf(world, role).get(path)).status).toBe(403);
  });

  test('keeps the choice, and says what is wrong with it', async () => {
    const pages = pagesOf(world, 'leder');
    const page = await pages.text('/samlet/ny?liste=deadlines&enhet=40200&frist=09.10.2026');
    expect(page).toContain('<input type="hidden" name="frist" value="09.10.2026">');
    expect(page).toContain('med frist til og med 09.10.2026');
    const wrong = await pages.text('/samlet/se?liste=deadlines&enhet=402&frist=x&hva=kontakt&kontakt-dato=y');
    for (const text of ['fem sifre', 'Datoen kan ikke leses']) expect(wrong).toContain(text);
    expect(wrong).toMatch(/<title>2 feil/);
    const act = await pages.text('/samlet/se?liste=deadlines&hva=kontakt&kontakt-dato=y');
    for (const id of ['kontakt-dato', 'kontakt-kanal']) {
      expect(act).toContain(`href="#${id}"`);
      expect(act).toContain(`id="${id}"`);
    }
  });

  test('shows the exact count, ten of them and the consequence, and nothing of a person', async () => {
    const page = await pagesOf(world, 'leder').text(SEE);
    expect(page).toContain('60 ungdommer er i utvalget.');
    expect(page).toContain('Det vil bli gjort for 60 ungdommer.');
    expect(page.match(/href="\/k\/telemarkfylke-no\/ungdom\//g)).toHaveLength(10);
    expect(page).toContain('Prøvd med reglene på alle i utvalget.');
    expect(page).toContain('Meldingen ville blitt godtatt');
    for (const secret of [LEFT.fodselsnummer, NAME.fornavn]) expect(page).not.toContain(secret);
  });

  test('asks for a reason, and keeps what was seen', async () => {
    const { response } = await made({ begrunnelse: 'x' });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('Skriv en begrunnelse på minst tre tegn');
    expect(page).toContain('name="posisjon"');
    const number = await made({ begrunnelse: `gjelder ${LEFT.fodselsnummer}` });
    expect(number.response.status).toBe(422);
    const forged = await made({ posisjon: 'x'.repeat(40) });
    expect(forged.response.status).toBe(400);
  });

  test('is a job that waits for its start, goes on by itself, and says how it went', async () => {
    const { pages, at } = await made();
    const before = await pages.text(at);
    expect(before).toContain('Venter på start');
    expect(before).toContain('Start for 60 ungdommer');
    expect(await world.work()).toBe(0);
    await pages.post(`${at}/start`, {}, at);
    expect(await pages.text(at)).toContain('Arbeider');
    await world.work();
    const after = await pages.text(at);
    expect(after).toContain('60 av 60 er ferdig behandlet.');
    expect(after).toContain('Alt har gått.');
    expect(after).not.toContain('>Stopp<');
    expect(await pages.text('/samlet')).toContain('60 av 60');
  });

  test('is stopped and taken up', async () => {
    const { pages, at } = await made();
    await pages.post(`${at}/start`, {}, at);
    await pages.post(`${at}/stopp`, {}, at);
    const page = await pages.text(at);
    expect(page).toContain('Stoppet');
    expect(page).toContain('Fortsett med de 60 som er igjen');
    expect(await world.work()).toBe(0);
  });

  test('lists everyone it missed, with why and what to do, page by page and as a file', async () => {
    const { pages, at } = await made({ dato: '20.10.2026' });
    await pages.post(`${at}/start`, {}, at);
    await world.work();
    expect(await pages.text(at)).toContain('Se alle 60 det ikke gikk for');
    const first = await pages.text(`${at}/gikk-ikke`);
    expect(first.match(/<th scope="row">/g)).toHaveLength(50);
    expect(first).toContain('Meldingen ville ikke blitt godtatt.');
    const second = await pages.text(`${at}/gikk-ikke?etter=50`);
    expect(second.match(/<th scope="row">/g)).toHaveLength(10);
    const file = await pages.get(`${at}/gikk-ikke/fil`);
    expect(file.headers.get('content-disposition')).toContain('samlet-gikk-ikke.csv');
    expect((await file.text()).trim().split('\n')).toHaveLength(61);
  });

  test('of another organisation is not there, for any page or act', async () => {
    const { at } = await made();
    const { store } = world.pipeline;
    const other = await bulkWorld(3, { org: 'vestfoldfylke-no', county: '39', store });
    const pages = pagesOf(other, 'leder');
    const own = await pages.text(SEE);
    expect(own).toContain('4 ungdommer er i utvalget.');
    for (const path of ['', '/gikk-ikke', '/ikke-med', '/kommet-til', '/gikk-ikke/fil'])
      expect((await pages.get(`${at}${path}`)).status).toBe(404);
    for (const act of ['start', 'stopp'])
      expect((await pages.post(`${at}/${act}`, {}, SEE)).status).toBe(404);
    expect(await pages.text('/samlet')).toContain('Ingen jobber er laget.');
  });
});
