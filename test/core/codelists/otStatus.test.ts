import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIASES, CODES } from '../../../src/core/codelists/data/otLists.ts';
import type { OtAlias } from '../../../src/core/codelists/otCode.ts';
import {
  groupLabel,
  listOn,
  lookupStatus,
  mapFrom2011,
  OT_LISTS,
  selectable,
  statusIn,
  statusText,
} from '../../../src/core/codelists/otStatus.ts';

const IN_2011 = '2011-01-01';
const IN_LOST = '2014-03-01';
const IN_2016 = '2026-10-06';

describe('versions of the OT code list', () => {
  it.each([
    ['2005-01-01', 'OT-2011-01'],
    ['2011-09-14', 'OT-2011-01'],
    ['2011-09-15', 'OT-2011-09'],
    ['2016-06-30', 'OT-2011-09'],
    ['2016-07-01', 'OT-2016-07'],
    ['2040-01-01', 'OT-2016-07'],
  ])('on %s the list %s is valid', (date, list) => {
    expect(listOn(date)).toBe(list);
  });

  it('follow each other without gap or overlap', () => {
    for (const [index, list] of OT_LISTS.entries()) {
      const next = OT_LISTS[index + 1];
      if (next?.from == null || list.to === null) continue;
      expect(Temporal.PlainDate.from(list.to).add({ days: 1 }).toString()).toBe(next.from);
    }
  });

  it('the list of 2016 has 23 codes, 14 of them inside the target group', () => {
    const codes = CODES.filter((entry) => entry.list === 'OT-2016-07');
    expect([codes.length, codes.filter((entry) => entry.targetGroup).length]).toEqual([23, 14]);
  });

  it('a main group has a label in the list that gives it one, else its number', () => {
    expect(groupLabel('OT-2016-07', 1)).toBe('Ukjent aktivitet');
    expect(groupLabel('OT-2016-07', 5)).toBe('Tilmeldt, men ikke i målgruppen');
    expect(groupLabel('OT-2011-01', 1)).toBe('Hovedgruppe 1');
    expect(groupLabel('OT-2011-09', 3)).toBe('Hovedgruppe 3');
  });

  it('a text is the one of its date: since April 2021 work with the municipality is OTKO too', () => {
    expect(statusText('OT-2016-07', 'OTKO', '2021-03-31')).toBe('Kombinasjonstiltak - fylkeskommunen og NAV');
    expect(statusText('OT-2016-07', 'OTKO', '2021-04-01')).toBe(
      'Kombinasjonstiltak - fylkeskommunen(/kommunen) og NAV',
    );
    expect(statusText('OT-2016-07', 'OTUK', '2026-10-06')).toBe('Ukjent aktivitet');
    expect(statusText('OT-2011-01', 'OTUK', '2011-01-01')).toBe('Skal følges opp');
    expect(statusText('OT-2016-07', 'OTOI', '2026-10-06')).toBeUndefined();
  });

  it('the list of 2016 was revised twice without a code coming or going', () => {
    const list = OT_LISTS.find((each) => each.id === 'OT-2016-07');
    expect(list?.revisions.map((revision) => revision.from)).toEqual(['2019-02-01', '2021-04-01']);
  });

  it('an adviser may choose any code of the list today, and none outside it', () => {
    expect(selectable('OT-2016-07', 'OTAR_IM')).toBe(true);
    expect(selectable('OT-2016-07', 'OTOI')).toBe(false);
  });
});

describe('reading a status', () => {
  it.each([
    ['OTUK', 'OTUK', 1, true, null],
    [' otuk ', 'OTUK', 1, true, null],
    ['kode OTUK', 'OTUK', 1, true, null],
    ['(OTUK)', 'OTUK', 1, true, null],
    ['OTAR', 'OTAR', 3, true, null],
    ['OTAR via', 'OTAR', 3, true, 'JA'],
    ['OTEV via', 'OTEV', 3, true, 'JA'],
    ['OTVF via', 'OTVF', 3, true, 'JA'],
    ['OTLL via', 'OTLL', 3, true, 'JA'],
    ['OTAR_IM', 'OTAR_IM', 5, false, 'NEI'],
    ['OTAR-IM', 'OTAR_IM', 5, false, 'NEI'],
    ['OTAR–IM', 'OTAR_IM', 5, false, 'NEI'],
    ['OTAR IM', 'OTAR_IM', 5, false, 'NEI'],
    ['OTEV_IM', 'OTEV_IM', 5, false, 'NEI'],
    ['OTVF_IM', 'OTVF_IM', 5, false, 'NEI'],
    ['OTLL_IM', 'OTLL_IM', 5, false, 'NEI'],
    ['ELGS', 'ELGS_IM', 5, false, null],
    ['ELVG-IM', 'ELVG_IM', 5, false, null],
    ['OTFA', 'OTFA_IM', 5, false, null],
    ['OTFU', 'OTFU_IM', 5, false, null],
    ['Feil', 'FEIL', 5, false, null],
    ['FEIL', 'FEIL', 5, false, null],
  ])('«%s» is %s in the list of 2016', (raw, code, group, targetGroup, viaOt) => {
    expect(lookupStatus(raw, IN_2016)).toEqual({
      ok: true,
      code,
      list: 'OT-2016-07',
      group,
      targetGroup,
      viaOt,
      flagged: false,
      passive: false,
      translatedFrom: null,
    });
  });

  it.each([
    'Ukjent',
    'Ukjent ungdom',
    'Ukjend aktivitet',
    'OTOI',
    'OTVE',
    'OTIK',
    'OTARX',
    'OTA',
    'IM',
    'AP',
    'OTUK_IM',
    'OTUK IM',
    'OTAR--IM',
    'OTAR_IM via',
    'OTKO via',
    '',
    '   ',
    'constructor',
    '1.1',
  ])('«%s» is not a code of 2016 and is never guessed', (raw) => {
    expect(lookupStatus(raw, IN_2016)).toEqual({ ok: false, reason: 'UNKNOWN_CODE' });
  });

  it('ELEV is a code of 2011, and ambiguous from 2016', () => {
    expect(lookupStatus('ELEV', IN_2011)).toMatchObject({ code: 'ELEV', group: 5, targetGroup: false });
    expect(lookupStatus('elev', IN_2016)).toEqual({ ok: false, reason: 'AMBIGUOUS_CODE' });
  });

  it('OTFA and OTFU are codes of their own inside the target group of 2011', () => {
    for (const code of ['OTFA', 'OTFU']) {
      expect(lookupStatus(code, IN_2011)).toMatchObject({ ok: true, code, group: 3, targetGroup: true });
      expect(lookupStatus(`${code}_IM`, IN_2011)).toEqual({ ok: false, reason: 'UNKNOWN_CODE' });
    }
  });

  it('OTVF lies outside the target group in 2011 and inside it in 2016', () => {
    expect(lookupStatus('OTVF', IN_2011)).toMatchObject({ group: 4, targetGroup: false });
    expect(lookupStatus('OTVF', IN_2016)).toMatchObject({ group: 3, targetGroup: true });
  });

  it('an alias of 2016 is unknown in 2011', () => {
    for (const raw of ['OTAR via', 'ELGS', 'OTEV']) {
      expect(lookupStatus(raw, IN_2011)).toEqual({ ok: false, reason: 'UNKNOWN_CODE' });
    }
  });

  it('in the time of the lost list a code of either neighbour is accepted with a flag, 2016 first', () => {
    const lost = { ok: true, list: 'OT-2011-09', flagged: true };
    expect(lookupStatus('OTVF', IN_LOST)).toMatchObject({
      ...lost,
      code: 'OTVF',
      group: 3,
      targetGroup: true,
    });
    expect(lookupStatus('OTOI', IN_LOST)).toMatchObject({
      ...lost,
      code: 'OTOI',
      group: 1,
      targetGroup: true,
    });
    expect(lookupStatus('OTFA', IN_LOST)).toMatchObject({
      ...lost,
      code: 'OTFA',
      group: 3,
      targetGroup: true,
    });
    expect(lookupStatus('OTAR-IM', IN_LOST)).toMatchObject({ ...lost, code: 'OTAR_IM', viaOt: 'NEI' });
    expect(lookupStatus('ELEV', IN_LOST)).toMatchObject({ ...lost, code: 'ELEV' });
    expect(lookupStatus('ELGS', IN_LOST)).toMatchObject({ ...lost, code: 'ELGS_IM' });
    expect(lookupStatus('Ukjent', IN_LOST)).toEqual({ ok: false, reason: 'UNKNOWN_CODE' });
    expect(statusIn('OT-2011-09', 'OTVF')).toMatchObject({ list: 'OT-2011-09', group: 3 });
  });

  it('reads every code of a list as itself', () => {
    for (const entry of CODES) {
      const date = entry.list === 'OT-2011-01' ? IN_2011 : IN_2016;
      expect(lookupStatus(entry.code.toLowerCase(), date)).toMatchObject({ ok: true, code: entry.code });
      expect(statusIn(entry.list, entry.code)).toEqual(entry);
    }
  });

  it('no text is read as a code unless it is one, written in a listed way', () => {
    const stems = ['OTAR', 'OTEV', 'OTUK', 'ELEV', 'ELGS', 'FEIL', 'OTFA'];
    const tails = ['', '_IM', '-IM', ' IM', 'IM', ' via', '_', 'S', ' OT', '_IM_IM', ' i arbeid'];
    const known = new Set<string>([
      ...CODES.filter((entry) => entry.list === 'OT-2016-07').map((entry) => entry.code),
      ...ALIASES.filter((alias) => alias.list === 'OT-2016-07').map((alias) => alias.text),
    ]);
    const written = fc.tuple(
      fc.constantFrom('', 'x', 'kode '),
      fc.constantFrom(...stems),
      fc.constantFrom(...tails),
    );
    fc.assert(
      fc.property(written, (parts) => {
        const raw = parts.join('');
        const spelled = raw.toUpperCase().replace(/[- ]IM$/, '_IM');
        expect(lookupStatus(raw, IN_2016).ok).toBe(known.has(spelled) && spelled !== 'ELEV');
      }),
    );
  });
});

describe('an alias and the target-group line', () => {
  it('no alias moves a person across it: what is a code itself stays on its own side', () => {
    for (const [list, date] of [
      ['OT-2011-01', IN_2011],
      ['OT-2011-09', IN_LOST],
      ['OT-2016-07', IN_2016],
    ] as const) {
      for (const { text, code } of ALIASES as readonly OtAlias[]) {
        const found = lookupStatus(text, date);
        const own = statusIn(list, text);
        if (own !== undefined) expect(found).toMatchObject({ code: text, targetGroup: own.targetGroup });
        else if (found.ok) {
          expect(found.code, `${text} on ${date}`).toBe(code);
          expect(found.targetGroup).toBe(statusIn(list, found.code)?.targetGroup);
        }
      }
    }
  });

  it('OTAR, OTEV, OTVF and OTLL are outside when the text ends in IM, and inside when it does not', () => {
    const stem = fc.constantFrom('OTAR', 'OTEV', 'OTVF', 'OTLL');
    const ending = fc.constantFrom('', '_IM', '-IM', '–IM', ' IM', ' via');
    const around = fc.constantFrom('', ' ', '\t', '\u00a0');
    const lower = fc.boolean();
    fc.assert(
      fc.property(fc.tuple(around, stem, ending, around, lower), ([left, code, end, right, small]) => {
        const written = `${left}${code}${end}${right}`;
        const found = lookupStatus(small ? written.toLowerCase() : written, IN_2016);
        expect(found).toMatchObject({ ok: true, targetGroup: !end.endsWith('IM') });
        expect(found.ok && found.code.startsWith(code)).toBe(true);
      }),
    );
  });
});

describe('mapping the codes of 2011', () => {
  // Norwegian national counts per code on 1 January 2011; `null` is the row «Ukjent statuskode».
  const COUNTS: [string | null, number][] = [
    ['OTUK', 8042],
    ['OTOV', 3605],
    ['OTOI', 300],
    ['OTHL', 834],
    ['OTSY', 680],
    ['OTOA', 648],
    ['OTAP', 2879],
    ['OTAR', 6531],
    ['OTIK', 813],
    ['OTMI', 409],
    ['OTBA', 758],
    ['OTFA', 1131],
    ['OTFU', 833],
    ['OTNO', 1650],
    ['OTVE', 2913],
    ['OTVA', 1558],
    ['OTVU', 1346],
    ['OTVF', 4107],
    ['OTLE', 2298],
    ['OTLA', 309],
    ['OTLK', 135],
    ['ELEV', 335],
    ['FEIL', 3042],
    [null, 12],
  ];

  it('keeps 27 149 in the target group, 18 007 outside and 12 in quarantine of 45 168', () => {
    const sums = new Map<string, number>();
    const add = (key: string, count: number) => sums.set(key, (sums.get(key) ?? 0) + count);
    for (const [code, count] of COUNTS) {
      const to = mapFrom2011(code).code;
      const entry = to === null ? undefined : statusIn('OT-2016-07', to);
      expect(entry === undefined).toBe(code === null);
      add('all', count);
      add(entry === undefined ? 'quarantine' : entry.targetGroup ? 'inside' : 'outside', count);
      if (entry) add(`group ${entry.group}`, count);
    }
    expect(Object.fromEntries(sums)).toEqual({
      all: 45168,
      inside: 27149,
      outside: 18007,
      quarantine: 12,
      'group 1': 8042,
      'group 2': 4439,
      'group 3': 10058,
      'group 4': 4610,
      'group 5': 18007,
    });
  });

  it('maps every code of 2011 to codes of 2016 only', () => {
    for (const { code } of CODES.filter((entry) => entry.list === 'OT-2011-01')) {
      const { code: to, alternatives } = mapFrom2011(code);
      for (const target of [to, ...alternatives]) expect(statusIn('OT-2016-07', target ?? '')).toBeDefined();
    }
  });

  it('names the alternatives of an ambiguous code', () => {
    expect(mapFrom2011('ELEV')).toEqual({
      code: 'ELVG_IM',
      type: 'ambiguous',
      alternatives: ['ELGS_IM'],
      decides: expect.stringContaining('grunnskolen'),
    });
    for (const { code } of CODES.filter((entry) => entry.list === 'OT-2011-01')) {
      const { alternatives, decides } = mapFrom2011(code);
      if (alternatives.length > 0) expect(decides, code).toMatch(/^\p{Lu}.+\.$/u);
    }
  });

  it('quarantines what has no code, and what is not a code of 2011', () => {
    for (const code of [null, '', 'OTKO', 'Ukjent']) {
      expect(mapFrom2011(code)).toEqual({
        code: null,
        type: 'quarantine',
        alternatives: [],
        decides: null,
      });
    }
  });
});
