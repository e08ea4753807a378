import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { quantile } from '../../../src/core/report/quantile.ts';
import { numbersOn } from '../../../src/core/report/reportedCounty.ts';
import { contact, left, status, terminated } from '../../harness/story.ts';
import { built, listOf, registerOf, rowsOf, shown } from '../../harness/storyReports.ts';

const on = '2027-02-15';

describe('days from a dropout to the alert, school by school', () => {
  test('S05 a correction backwards in time gives a lag of 23 days, counted once', async () => {
    const register = registerOf();
    const p01 = register.youth('p01', { born: '2009-03-14' });
    p01.when('2026-10-07T07:12:00Z', left('40014', 'FV'), { id: 'a', effective: '2026-10-06' });
    p01.when('2026-10-20T07:12:00Z', left('40014', 'FV'), { id: 'a', version: 2, effective: '2026-09-14' });
    p01.when('2026-10-21T07:12:00Z', left('40014', 'FV'), { id: 'a', effective: '2026-10-06' });
    const rows = rowsOf(await shown({ 40: register.records() }, { name: 'school-lag', on }), 'meldetid');
    expect(rows['40014']).toEqual({ skole: '40014', antall: 1, p50: 23, p95: 23 });
  });

  test('a dropout that was taken back is not counted, and contracts are one row however many firms', async () => {
    const register = registerOf();
    const annulled = register.youth('annulled');
    annulled.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { id: 'b' });
    annulled.when('2026-10-08T08:00:00Z', { kind: 'Annulled', annuls: 'b' }, { source: 'skole:40014' });
    for (const [ref, firm] of [
      ['one', '987654321'],
      ['two', '912345678'],
    ] as const) {
      const youth = register.youth(ref);
      youth.when('2026-10-01T08:00:00Z', terminated(firm, 'FV'), { effective: '2026-10-01' });
      youth.wait('2026-10-10T08:00:00Z');
    }
    const rows = rowsOf(await shown({ 40: register.records() }, { name: 'school-lag', on }), 'meldetid');
    expect(Object.keys(rows)).toEqual(['Fagopplæring', 'Alle']);
    expect(rows.Fagopplæring?.antall).toBe(2);
    expect(Number(rows.Fagopplæring?.p50)).toBeGreaterThanOrEqual(5);
  });

  test('a school with few dropouts is not shown to others than OT', async () => {
    const register = registerOf();
    for (let n = 0; n < 9; n += 1)
      register.youth(`y${n}`).when('2026-10-07T08:00:00Z', left(n < 3 ? '40014' : '40022', 'FV'), {
        effective: '2026-10-05',
      });
    const sheet = await shown({ 40: register.records() }, { name: 'school-lag', on, audience: 'ekstern' });
    const { rows = [] } = sheet.tables[0] ?? {};
    expect(rows[0]).toMatchObject({ hidden: ['antall', 'p50', 'p95'], values: { antall: null, p50: null } });
    // Else 9 less 6 would disclose it.
    expect(rows.filter(({ hidden }) => hidden.includes('antall')).length).toBeGreaterThan(1);
  });
});

describe('days from receipt to contact', () => {
  test('are counted from the day OT could know, and silence is no contact (R03)', async () => {
    const register = registerOf();
    const reached = register.youth('reached');
    reached.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-01' });
    reached.when('2026-10-12T08:00:00Z', contact, { effective: '2026-10-12' });
    const silent = register.youth('silent');
    silent.when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    silent.when('2026-10-08T08:00:00Z', { kind: 'ContactAttempt', channel: 'BREV', answered: false });
    const late = register.youth('late');
    late.when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    late.when('2026-11-07T08:00:00Z', contact, { effective: '2026-11-07' });
    const rows = rowsOf(await shown({ 40: register.records() }, { name: 'contact-time', on }), 'kontakttid');
    expect(rows.Alle).toMatchObject({ registrert: 3, kontaktet: 2, innenFristen: 1, p50: 5, p95: 31 });
    expect(rows['Avbrutt fra vdg opplæring']).toMatchObject({ registrert: 3, kontaktet: 2 });
    expect(rows['Ikke søkt opplæring']).toMatchObject({ registrert: 0, p50: null });
  });
});

describe('stock against flow', () => {
  test('who has had a code is counted in the flow, and once', async () => {
    const register = registerOf();
    const one = register.youth('one');
    one.when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    one.when('2026-10-08T08:00:00Z', contact);
    for (const [day, code] of [
      ['09', 'OTOV'],
      ['12', 'OTNO'],
      ['15', 'OTOV'],
      ['19', 'OTNO'],
    ] as const)
      one.when(`2026-10-${day}T08:00:00Z`, status('2026-27', code), { effective: `2026-10-${day}` });
    const rows = Object.fromEntries(
      listOf(await shown({ 40: register.records() }, { name: 'flow', on }), 'kode').map((row) => [
        row.kode,
        row,
      ]),
    );
    expect(rows.OTOV).toMatchObject({ har: 0, hatt: 1, hovedgruppe: '2' });
    expect(rows.OTNO).toMatchObject({ har: 1, hatt: 1 });
    expect(rows.OTUK).toMatchObject({ har: 0, hatt: 1 });
  });

  test('who was given a status for a later day before any report came is counted from the tilmelding on', async () => {
    const register = registerOf();
    const one = register.youth('one');
    one.when('2026-08-01T08:00:00Z', status('2026-27', 'OTUK'), { effective: '2026-11-16' });
    one.when('2026-08-01T08:00:02Z', left('40014', 'FV'), { effective: '2026-10-01' });
    const rows = listOf(await shown({ 40: register.records() }, { name: 'flow', on: '2026-11-15' }), 'kode');
    expect(rows).toEqual([{ hovedgruppe: '1', kode: 'OTUK', har: 1, hatt: 1 }]);
  });
});

describe('KOSTRA', () => {
  test('counts to the end of 15 June, by age at the end of the year, under the limit', async () => {
    const register = registerOf();
    register.youth('23', { born: '2004-12-31' }).when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    register.youth('24', { born: '2003-01-01' }).when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    register.youth('last', { born: '2009-01-01' }).when('2027-06-15T21:00:00Z', left('40014', 'FV'), {
      effective: '2027-06-15',
    });
    register.youth('after', { born: '2009-01-01' }).when('2027-06-16T08:00:00Z', left('40014', 'FV'), {
      effective: '2027-06-01',
    });
    const sheet = await shown({ 40: register.records() }, { name: 'kostra', on: '2027-06-15' });
    const rows = rowsOf(sheet, 'alder');
    expect(rows.Tilmeldte?.antall).toBe(2);
    expect(Object.keys(rows).slice(0, 2)).toEqual(['18', '23']);
    expect(rows['Ikke med: fylt grensen']?.antall).toBe(1);
    expect(sheet.cutoff).toBe('2027-06-15T21:59:59.999Z');
  });
});

describe('what advisers have confirmed, and what they ought to look at', () => {
  test('O02 an override is counted by rule and by reason', async () => {
    const register = registerOf();
    const youth = register.youth('y');
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    youth.when('2026-10-08T08:00:00Z', contact);
    youth.when(
      '2026-10-09T08:00:00Z',
      status('2026-27', 'OTNO', { grounds: ['BARN'], override: 'UNGDOMMENS_ONSKE' }),
    );
    const sheet = await shown({ 40: register.records() }, { name: 'overrides', on });
    expect(rowsOf(sheet, 'regel')).toMatchObject({ R26: { antall: 1 }, Alle: { antall: 1 } });
    expect(rowsOf(sheet, 'grunn')['Ungdommen har selv bedt om det.']?.antall).toBe(1);
    expect(listOf(sheet, 'liste')).toMatchObject([{ ungdom: 'y', kode: 'OTNO', regel: 'R26' }]);
  });

  test('O04 OTAP with no is on the list before a report, and counts unchanged', async () => {
    const register = registerOf();
    const youth = register.youth('y');
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    youth.when('2026-10-08T08:00:00Z', contact);
    youth.when('2026-10-09T08:00:00Z', status('2026-27', 'OTAP', { viaOt: 'NEI' }));
    const sheet = await shown({ 40: register.records() }, { name: 'checks', on });
    expect(rowsOf(sheet, 'funn')['NAV-tiltak som ikke kom via OT (OTAP med NEI)']?.antall).toBe(1);
    expect(listOf(sheet, 'liste')).toMatchObject([{ ungdom: 'y', kode: 'OTAP' }]);
  });
});

describe('the time series', () => {
  test('has a figure for each week, as it was known that day', async () => {
    const register = registerOf();
    const youth = register.youth('y');
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-01' });
    youth.when('2026-10-20T08:00:00Z', contact, { effective: '2026-10-20' });
    youth.when('2026-10-20T09:00:00Z', status('2026-27', 'OTOV'), { effective: '2026-10-20' });
    const sheet = await shown({ 40: register.records() }, { name: 'series', on: '2026-11-15', step: 'uke' });
    const october = listOf(sheet, 'tidsserie').filter(({ dato }) => String(dato).startsWith('2026-10'));
    expect(october.map(({ dato, otuk, malgruppe }) => [dato, otuk, malgruppe])).toEqual([
      ['2026-10-04', 0, 0],
      ['2026-10-11', 1, 1],
      ['2026-10-18', 1, 1],
      ['2026-10-25', 0, 1],
    ]);
  });
});

describe('status by main group', () => {
  test('has a figure for each group and week, which adds up to all, and nothing small can be counted out of it', async () => {
    const register = registerOf();
    const youth = register.youth('y');
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-01' });
    youth.when('2026-10-20T08:00:00Z', contact, { effective: '2026-10-20' });
    youth.when('2026-10-20T09:00:00Z', status('2026-27', 'OTOV'), { effective: '2026-10-20' });
    for (let at = 0; at < 6; at += 1)
      register
        .youth(`other-${at}`)
        .when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-01' });
    const asked = { name: 'series', on: '2026-11-15', step: 'uke' } as const;
    const sheet = await shown({ 40: register.records() }, asked);
    const weeks = listOf(sheet, 'hovedgrupper').filter(({ dato }) => String(dato) >= '2026-10-18');
    expect(weeks.slice(0, 2).map(({ gruppe1, gruppe2, gruppe5 }) => [gruppe1, gruppe2, gruppe5])).toEqual([
      [7, 0, 0],
      [6, 1, 0],
    ]);
    const [table] = sheet.tables.filter(({ name }) => name === 'hovedgrupper');
    expect(table?.columns.map(({ title }) => title)).toContain('1 Ukjent aktivitet');
    const outside = await shown({ 40: register.records() }, { ...asked, audience: 'ekstern' });
    const [, after] = listOf(outside, 'hovedgrupper').filter(({ dato }) => String(dato) >= '2026-10-18');
    expect(after).toMatchObject({ gruppe2: null });
    // The whole side less what is shown of it would be the one that is hidden.
    const series = listOf(outside, 'tidsserie').find(({ dato }) => dato === after?.dato);
    const given = [after?.gruppe1, series?.otuk].some((value) => value !== null);
    expect(given && series?.malgruppe !== null).toBe(false);
  });
});

describe('OTUK by age of the case', () => {
  test('counts those who have it on the day, by days since OT knew of them', async () => {
    const register = registerOf();
    for (const [name, known] of [
      ['a', '2026-11-05'],
      ['b', '2026-10-20'],
      ['c', '2026-09-01'],
    ] as const)
      register.youth(name).when(`${known}T08:00:00Z`, left('40014', 'FV'), { effective: '2026-08-20' });
    const reached = register.youth('d');
    reached.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-01' });
    reached.when('2026-10-20T08:00:00Z', contact, { effective: '2026-10-20' });
    reached.when('2026-10-20T09:00:00Z', status('2026-27', 'OTOV'), { effective: '2026-10-20' });
    const rows = rowsOf(
      await shown({ 40: register.records() }, { name: 'unknown-age', on: '2026-11-08' }),
      'alder',
    );
    expect(rows['Inntil 1 uke']).toMatchObject({ antall: 1, p50: 3 });
    expect(rows['Over 1 uke, inntil 3 uker']).toMatchObject({ antall: 1, p50: 19 });
    expect(rows['61 til 180 dager']).toMatchObject({ antall: 1, p50: 68 });
    expect(rows['Mer enn 180 dager']).toMatchObject({ antall: 0, p50: null });
    expect(rows.Alle).toMatchObject({ antall: 3 });
  });
});

describe('O07 numbers of counties', () => {
  test('a county has the number of the year that is reported on', () => {
    expect(numbersOn(countyNumber('40'), '2021-06-15')).toEqual(['38']);
    expect(numbersOn(countyNumber('40'), '2023-12-31')).toEqual(['38']);
    expect(numbersOn(countyNumber('40'), '2024-01-01')).toEqual(['40']);
    expect(numbersOn(countyNumber('03'), '2019-06-15')).toEqual(['03']);
    expect(numbersOn(countyNumber('46'), '2019-06-15')).toEqual(['12', '14']);
    expect(numbersOn(countyNumber('50'), '2017-06-15')).toEqual(['16', '17']);
    expect(numbersOn(countyNumber('39'), '2017-06-15')).toEqual(['07', '08']);
  });

  test('a county that was several has one report for each, and the caller must name which', async () => {
    const asked = { name: 'stock', on: '2019-06-15', county: '46' } as const;
    expect(await built({}, asked)).toEqual({ ok: false, code: 'AMBIGUOUS_COUNTY', counties: ['12', '14'] });
    expect(await shown({}, { ...asked, under: countyNumber('12') })).toMatchObject({
      county: '12',
      countyName: 'Hordaland',
    });
    expect(await built({}, { ...asked, under: countyNumber('03') })).toMatchObject({ ok: false });
  });
});

describe('quantile', () => {
  test('is always a value that was measured', () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(
      quantile(
        Array.from({ length: 100 }, (_, at) => at + 1),
        0.95,
      ),
    ).toBe(95);
  });
});
