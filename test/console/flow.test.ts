import { describe, expect, test } from 'vitest';
import { ORG } from '../api/parts.ts';
import { ago, countyWithoutFaults, FAULTS, HOUR, withList } from '../harness/standingFaults.ts';
import { BASE, pagesAs } from './rolePages.ts';

describe('Flyt', () => {
  test('says that nothing stands still where nothing does, and what comes next to look at', async () => {
    const page = await pagesAs(countyWithoutFaults().parts, 'drift').text('/flyt');
    expect(page).toContain('Ingenting står stille. Alt som er kommet, er behandlet.');
    expect(page).toContain('Ingenting er kommet ennå.');
    expect(page).toContain('ot doctor');
  });

  test('names each thing with cause and cure, in both written forms, and leads to the list that is held', async () => {
    const county = countyWithoutFaults();
    await FAULTS.LIST_HELD.plant(county);
    await FAULTS.RECEIVER_FAILING.plant(county);
    const pages = pagesAs(county.parts, 'drift');
    const page = await pages.text('/flyt');
    expect(page).toContain('2 ting står stille.');
    expect(page).toContain('Mottakeren Fagsystemet tar ikke imot');
    expect(page).toContain(`href="${BASE}/flyt/liste/laktiv/natt-1"`);
    const nynorsk = await pages.text('/flyt', { cookie: 'ot-sprak=nn' });
    expect(nynorsk).toContain('Mottakaren Fagsystemet tek ikkje imot');
    expect(nynorsk).toMatch(/Lista er halden tilbake/);
  });

  test('is for those who follow the feeds, and no other', async () => {
    const { parts } = countyWithoutFaults();
    for (const role of ['drift', 'inntak', 'leder', 'personvern'] as const)
      expect((await pagesAs(parts, role).get('/flyt')).status).toBe(200);
    for (const role of ['skole', 'radgiver', 'nav', 'fagopplaering'] as const)
      expect((await pagesAs(parts, role).get('/flyt')).status).toBe(403);
  });
});

describe('a list that is held', () => {
  const AT = '/flyt/liste/laktiv/natt-1';

  test('is decided with a reason, which is seen afterwards with who and when', async () => {
    const county = countyWithoutFaults();
    await withList(county, { verdict: 'refused' });
    const pages = pagesAs(county.parts, 'drift');
    const sent = await pages.post(AT, { hva: 'drop', begrunnelse: 'Feil fil fra VIGO.' });
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe(`${BASE}${AT}#tittel`);
    const page = await pages.text(AT);
    expect(page).toContain('Listen er lagt bort.');
    expect(page).toContain('Feil fil fra VIGO.');
    expect(page).toContain('Listen venter ikke på noen avgjørelse.');
  });

  test('only what it allows is offered: a short one is confirmed, a list without some rows is used as it is', async () => {
    const short = countyWithoutFaults();
    await withList(short, { verdict: 'refused' });
    const held = await pagesAs(short.parts, 'drift').text(AT);
    expect([...held.matchAll(/name="hva" value="(\w+)"/g)].map(([, act]) => act)).toEqual([
      'confirm',
      'drop',
    ]);
    const open = countyWithoutFaults();
    await withList(open, { total: 3, opened: ago(30 * HOUR) });
    const incomplete = await pagesAs(open.parts, 'drift').text(AT);
    expect([...incomplete.matchAll(/name="hva" value="(\w+)"/g)].map(([, act]) => act)).toEqual([
      'conclude',
      'drop',
    ]);
  });

  test('without a choice, without a reason or with a number in it nothing is decided, and what was typed stays', async () => {
    const county = countyWithoutFaults();
    await withList(county, { verdict: 'refused' });
    const pages = pagesAs(county.parts, 'drift');
    const empty = await pages.post(AT, {});
    expect(empty.status).toBe(422);
    const text = await empty.text();
    expect(text).toContain('Velg hva som skal skje.');
    expect(text).toContain('Skriv en begrunnelse.');
    const numbered = await pages.post(AT, { hva: 'drop', begrunnelse: 'Gjelder 14830989960.' });
    expect(numbered.status).toBe(422);
    expect((await county.parts.memory.list(ORG, 'laktiv', 'natt-1'))?.verdict).toBe('refused');
  });

  test('is seen and not decided by those who may not, and a list that is not there is a page that says so', async () => {
    const county = countyWithoutFaults();
    await withList(county, { verdict: 'refused' });
    const leader = pagesAs(county.parts, 'leder');
    expect(await leader.text(AT)).toContain('Rollen din kan se listen, men ikke avgjøre den.');
    expect((await leader.post(AT, { hva: 'drop', begrunnelse: 'Feil fil.' })).status).toBe(403);
    expect((await leader.get('/flyt/liste/laktiv/natt-9')).status).toBe(404);
  });
});
