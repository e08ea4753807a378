import { describe, expect, it } from 'vitest';
import { leavingOutcomes } from '../../../src/core/derive/registration/outcome.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { contact, left, type Story, started, status, story, terminated } from '../../harness/story.ts';

// What begins, goes on and ends elsewhere, and who is asked when no source has said that it ended.

const [A, B, FIRM, OTHER_FIRM] = ['40014', '40022', '987654321', '912345678'];
const NO_GRACE = { policy: { graceDays: { school: 0, apprenticeship: 0 } } };

const place = (youth: Story, school: string, from: string) =>
  youth.when('2026-09-01T08:00:00Z', started(school), { effective: from, id: `plass-${school}-${from}` });

const inContractList = (institution: string, from: string): FactBody => ({
  kind: 'ContractSeen',
  institution,
  from,
  to: '2027-08-14',
});

const missing = (youth: Story, ...nights: string[]) => {
  for (const night of nights)
    youth.when(
      `${night}T00:05:00Z`,
      { kind: 'Absent', list: 'laktiv', run: night },
      { id: `borte-${night}` },
    );
};

describe('an older start is no sign of training', () => {
  it('M01 an announced start is waited for, whatever place is older and never ended', () => {
    for (const known of [true, false]) {
      const youth = story();
      place(youth, A, '2026-08-05');
      if (known) place(youth, B, '2026-08-15');
      youth.when('2026-10-02T08:00:00Z', left(B, 'AS'), { effective: '2026-10-01' });
      youth.wait('2026-10-20T08:00:00Z');
      expect(youth.open()).toEqual(['FORVENTET_START_UTEBLITT']);
    }
  });

  it('M01 an apprentice gone from the list is asked about, whatever place is older and whatever contract has run out', () => {
    const youth = story();
    place(youth, A, '2026-08-05');
    const row = { source: 'vigo-laktiv', version: 20260901 };
    const ended = { ...inContractList(OTHER_FIRM, '2024-08-15'), to: '2026-07-31' };
    youth.when('2026-09-01T08:00:00Z', ended, { ...row, id: 'laktiv:1', effective: '2024-08-15' });
    youth.when('2026-09-01T08:00:00Z', inContractList(FIRM, '2026-08-20'), {
      ...row,
      id: 'laktiv:2',
      effective: '2026-08-20',
    });
    missing(youth, '2026-10-05', '2026-10-06');
    expect(youth.open()).toEqual(['MULIG_HEVING']);
  });

  it('M01 what a later start ended is not proposed', () => {
    const youth = story(NO_GRACE);
    place(youth, A, '2026-11-20');
    place(youth, B, '2026-12-01');
    youth.when('2026-11-11T08:00:00Z', left('40031', 'FV'), { effective: '2026-11-10' });
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ proposed: ['OTEV', 'OTEV_IM'] });
    youth.when('2026-12-11T08:00:00Z', left(B, 'AS'), { effective: '2026-12-10' });
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
  });

  it('M01 the yearly offer comes to who said no after an older contract without an end', () => {
    const youth = story({ born: '2008-05-05' });
    youth.when('2025-09-01T08:00:00Z', started(FIRM, 'apprenticeship'), { effective: '2025-08-15' });
    youth.when('2026-10-02T08:00:00Z', {
      kind: 'Wish',
      schoolYear: '2026-27',
      code: 'STROIT',
      institution: null,
    });
    youth.when('2026-10-03T08:00:00Z', contact);
    youth.when('2026-10-03T08:01:00Z', status('2026-27', 'OTNO', { grounds: ['NEI_TIL_OPPFOLGING'] }));
    youth.wait('2027-08-02T08:00:00Z');
    expect(youth.open()).toContain('TILBUD_PA_NYTT');
  });

  it('M09 a place that the youth did not come to is none, and ends no other', () => {
    const youth = story();
    place(youth, A, '2026-08-05');
    place(youth, B, '2026-08-15');
    youth.when(
      '2026-09-02T08:00:00Z',
      { kind: 'NoShow', schoolYear: '2026-27', institution: B },
      { effective: '2026-08-24' },
    );
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({ proposed: ['OTEV_IM'] });
  });
});

describe('M04 a list from after the leaving', () => {
  const listed = { source: 'vigo-laktiv', id: 'laktiv:1', version: 20261112, effective: '2025-08-15' };

  it('M04 makes a move while it goes on, and a question when the youth is missing from it', () => {
    const youth = story();
    youth.when('2026-11-11T08:00:00Z', left(A, 'FV'), { effective: '2026-11-10' });
    youth.when('2026-11-12T00:05:00Z', inContractList(FIRM, '2025-08-15'), listed);
    expect([youth.registrations(), youth.open()]).toEqual([[], []]);
    missing(youth, '2026-11-20', '2026-11-21');
    expect(youth.registrations()).toEqual([]);
    expect(youth.open()).toEqual(['MULIG_FLYTTING', 'MULIG_HEVING']);
    expect(youth.alert('MULIG_FLYTTING').proposed).toEqual(['OTUK', 'OTLL_IM']);
  });

  it('M04 says nothing of a day before it was reported', () => {
    const youth = story();
    youth.when('2026-10-01T00:05:00Z', inContractList(FIRM, '2025-08-15'), listed);
    youth.when('2026-11-11T08:00:00Z', left(A, 'FV'), { effective: '2026-11-10' });
    expect(youth.open()).toEqual(['MULIG_FLYTTING']);
  });
});

describe('M06 the question about an older start', () => {
  const asked = () => {
    const youth = story();
    place(youth, A, '2026-08-05');
    youth.when('2026-11-11T08:00:00Z', left(B, 'FV'), { effective: '2026-11-10' });
    expect(youth.open()).toEqual(['MULIG_FLYTTING']);
    return youth;
  };

  it('M06 is one, however often the leaving was reported', () => {
    const youth = asked();
    youth.when('2026-11-12T08:00:00Z', left(B, 'AF'), { effective: '2026-11-11', feed: 'vigo-intake' });
    expect(youth.open()).toEqual(['MULIG_FLYTTING']);
    expect(youth.alert('MULIG_FLYTTING').evidence).toHaveLength(3);
  });

  it('M06 is answered by a status, which makes it a tilmelding, and by preventive work, which does not', () => {
    const out = asked();
    out.when('2026-11-12T08:00:00Z', contact);
    out.when('2026-11-12T08:01:00Z', status('2026-27', 'OTOV', { grounds: ['DIALOG'] }));
    expect(out.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
    expect(out.open()).toEqual(['NY_TILMELDING']);
    const pupil = asked();
    pupil.when('2026-11-12T08:01:00Z', status('2026-27', 'ELVG_IM'));
    expect(pupil.registrations()).toEqual(['null ELVG_IM 2026-27']);
    expect(pupil.open()).toEqual([]);
  });

  it('M06 is answered by a recoding to AVBRUTT, which keeps the date of the leaving', () => {
    const youth = asked();
    youth.when('2026-11-12T08:00:00Z', {
      kind: 'Recode',
      schoolYear: '2026-27',
      tilmeldingskode: 'AVBRUTT',
    });
    expect(youth.youth().registrations).toMatchObject([
      { tilmeldingskode: 'AVBRUTT', effective: '2026-11-10', status: { code: 'OTUK' } },
    ]);
    expect(youth.open()).toEqual(['NY_TILMELDING']);
  });

  it('M06 lapses when the older place reports that it has ended', () => {
    const youth = asked();
    youth.when('2026-12-01T08:00:00Z', left(A, 'AS'), { effective: '2026-10-01' });
    expect(youth.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  it('M06 waits for the grace in which another contract may be reported', () => {
    const youth = story();
    place(youth, A, '2026-08-05');
    youth.when('2026-11-11T08:00:00Z', terminated(FIRM, 'BR'), { effective: '2026-11-10' });
    expect(youth.open()).toEqual([]);
    youth.wait('2026-11-16T08:00:00Z');
    expect(youth.open()).toEqual(['MULIG_FLYTTING']);
  });
});

describe('the reason of each leaving', () => {
  const reasonsOf = (youth: Story) => {
    const { facts, asOf } = youth.youth();
    return [...leavingOutcomes(facts, asOf ?? '', defaultPolicy(countyNumber('40'))).values()].map(
      ({ outcome, rule }) => `${outcome} ${rule}`,
    );
  };
  const leaves = (reason: FactBody, before?: (youth: Story) => void) => {
    const youth = story();
    before?.(youth);
    youth.when('2026-11-11T08:00:00Z', reason, { effective: '2026-11-10', id: 'avbrudd' });
    return youth;
  };

  it.each([
    ['a dropout', left(A, 'FV'), 'TILMELDING R01'],
    ['another school', left(A, 'AS'), 'INGEN_TILMELDING R40'],
    ['another programme', left(A, 'AP'), 'INGEN_TILMELDING R40'],
    ['leave', left(A, 'PM'), 'INGEN_TILMELDING M11'],
    ['a new contract', terminated(FIRM, 'ON'), 'INGEN_TILMELDING R40'],
    ['the final test', terminated(FIRM, 'AB'), 'INGEN_TILMELDING M10'],
    ['a contract that ran out', terminated(FIRM, 'S1'), 'INGEN_TILMELDING M12'],
    ['a lost right', terminated(FIRM, 'ON', true), 'TILMELDING R01'],
  ])('of %s', (_, reason, said) => {
    expect(reasonsOf(leaves(reason))).toEqual([said]);
  });

  it('of a start on the same day, after, or in parallel', () => {
    const begins = (from: string, hovedskole: boolean | null = null) =>
      leaves(left(A, 'FV'), (youth) =>
        youth.when('2026-11-11T07:00:00Z', started(B, 'school', hovedskole), { effective: from }),
      );
    expect(reasonsOf(begins('2026-11-10'))).toEqual(['INGEN_TILMELDING Q14']);
    expect(reasonsOf(begins('2026-11-15'))).toEqual(['INGEN_TILMELDING M03']);
    expect(reasonsOf(begins('2026-11-16'))).toEqual(['TILMELDING R01']);
    expect(reasonsOf(begins('2026-08-17', false))).toEqual(['INGEN_TILMELDING M02']);
    expect(reasonsOf(begins('2026-08-17', true))).toEqual(['TIL_KONTROLL M06']);
  });

  it('of the first of two, of one taken back, and of one under another name', () => {
    const both = leaves(left(A, 'FV'), (youth) => place(youth, B, '2026-08-17'));
    both.when('2026-12-01T08:00:00Z', left(B, 'FV'), { effective: '2026-11-30' });
    expect(reasonsOf(both).sort()).toEqual(['INGEN_TILMELDING M05', 'TILMELDING R01']);
    const taken = leaves(left(A, 'FV'));
    taken.when('2026-11-12T08:00:00Z', { kind: 'Annulled', annuls: 'avbrudd' }, { source: `skole:${A}` });
    expect(reasonsOf(taken)).toEqual(['INGEN_TILMELDING M13']);
    const other = story();
    other.when('2026-09-01T08:00:00Z', started(A), { effective: '2026-08-17', nameTag: 'one' });
    other.when('2026-11-11T08:00:00Z', left(A, 'FV'), { effective: '2026-11-10', nameTag: 'another' });
    expect(other.open()).toEqual(['NAVN_AVVIK']);
    expect(reasonsOf(other)).toEqual(['TIL_KONTROLL Y03']);
  });

  it('a contract broken on the day it began is looked at, and one that another firm takes over on the day is not', () => {
    const same = story(NO_GRACE);
    same.when('2026-09-01T08:00:00Z', started(FIRM, 'apprenticeship'), { effective: '2026-08-15' });
    same.when('2026-09-02T08:00:00Z', terminated(FIRM, 'BR'), { effective: '2026-08-15' });
    expect(same.open()).toEqual(['SLUTT_OG_START']);
    const next = story(NO_GRACE);
    next.when('2026-09-01T08:00:00Z', terminated(FIRM, 'BR'), { effective: '2026-08-15' });
    next.when('2026-09-02T08:00:00Z', started(OTHER_FIRM, 'apprenticeship'), { effective: '2026-08-15' });
    expect([next.registrations(), next.open()]).toEqual([[], []]);
    expect(reasonsOf(next)).toEqual(['INGEN_TILMELDING M03']);
  });
});
