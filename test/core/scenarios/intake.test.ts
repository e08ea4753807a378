import { describe, expect, it } from 'vitest';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { contact, started, status, story } from '../../harness/story.ts';

const NOT_APPLIED: FactBody = { kind: 'NotApplied', schoolYear: '2027-28' };

describe('I01 non-applicants for next year', () => {
  it('I01 are kept in parallel with this year and never touch it', () => {
    const p16 = story({ born: '2005-05-25', county: '42' });
    p16.when(
      '2026-10-08T08:00:00Z',
      { kind: 'NotApplied', schoolYear: '2026-27' },
      { effective: '2026-03-15' },
    );
    p16.when('2026-10-09T08:00:00Z', contact);
    p16.when('2026-10-09T08:01:00Z', status('2026-27', 'OTOV'));
    const thisYear = p16.youth().registrations[0];
    const events = p16.when('2027-03-16T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
    expect(p16.registrations()).toEqual(['IKKE_SOKT OTOV 2026-27', 'IKKE_SOKT OTUK 2027-28']);
    expect(p16.youth().registrations[0]).toEqual(thisYear);
    expect(events.filter((event) => 'schoolYear' in event && event.schoolYear !== '2027-28')).toEqual([]);
  });

  it('I01 last autumn’s contact is not contact for next year’s registration (Q13)', () => {
    const p16 = story({ county: '42' });
    p16.when('2026-10-09T08:00:00Z', contact);
    p16.when('2027-03-16T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
    p16.when('2027-03-17T08:00:00Z', status('2027-28', 'OTOV'));
    expect(p16.registrations()).toEqual(['IKKE_SOKT OTUK 2027-28']);
    expect(p16.open()).toContain('STATUS_UTEN_KONTAKT');
  });

  it('W18 an adviser registers ahead for next year on this year’s contact, without a tilmelding', () => {
    const p16 = story({ county: '42' });
    p16.when('2027-02-09T08:00:00Z', contact);
    p16.when('2027-06-03T08:00:00Z', status('2027-28', 'OTOV'));
    expect(p16.registrations()).toEqual(['null OTOV 2027-28']);
    expect(p16.open()).toEqual([]);
  });
});

describe('I03 declined, and then a place at a private school', () => {
  it('I03 the status stays OTUK and OTVF_IM is proposed', () => {
    const p15 = story({ born: '2008-08-12', county: '46' });
    p15.when('2026-09-15T08:00:00Z', {
      kind: 'PlaceDeclined',
      schoolYear: '2026-27',
      code: null,
      institution: null,
    });
    p15.when('2026-09-18T08:00:00Z', started('46901', 'private-school'), { effective: '2026-08-17' });
    expect(p15.registrations()).toEqual(['TAKKET_NEI OTUK 2026-27']);
    expect(p15.alert('STATUS_FORSLAG')).toMatchObject({ proposed: ['OTVF_IM'], rule: 'R22' });
  });
});

describe('I04 late application and late place', () => {
  function nonApplicant() {
    const youth = story();
    youth.when('2027-03-16T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
    return youth;
  }

  it('I04 a late application is kept and changes nothing', () => {
    const youth = nonApplicant();
    const events = youth.when('2027-04-20T08:00:00Z', { kind: 'Applied', schoolYear: '2027-28' });
    expect(events.map(({ type }) => type)).toEqual(['FactRecorded']);
  });

  it('I04 a place without contact proposes OTEV_IM', () => {
    const youth = nonApplicant();
    youth.when('2027-08-20T08:00:00Z', started('40014'), { effective: '2027-08-19' });
    expect(youth.registrations()).toEqual(['IKKE_SOKT OTUK 2027-28']);
    expect(youth.alert('STATUS_FORSLAG').proposed).toEqual(['OTEV_IM']);
  });

  it('I04 a place after contact puts the viaOT question to the adviser', () => {
    const youth = nonApplicant();
    youth.when('2027-06-10T08:00:00Z', contact);
    youth.when('2027-08-20T08:00:00Z', started('40014'), { effective: '2027-08-19' });
    expect(youth.alert('STATUS_FORSLAG').proposed).toEqual(['OTEV', 'OTEV_IM']);
  });

  it('I04 the end is the same when the place arrives before the application and the contact', () => {
    const youth = story();
    youth.when('2027-03-10T08:00:00Z', started('40014'), { effective: '2027-08-19' });
    youth.when('2027-03-16T08:00:00Z', NOT_APPLIED, { effective: '2027-03-15' });
    youth.when('2027-04-20T08:00:00Z', { kind: 'Applied', schoolYear: '2027-28' });
    youth.when('2027-06-10T08:00:00Z', contact);
    expect(youth.registrations()).toEqual(['IKKE_SOKT OTUK 2027-28']);
    expect(youth.alert('STATUS_FORSLAG').proposed).toEqual(['OTEV', 'OTEV_IM']);
  });

  it('I04 a late application after a contact withdraws nothing that OT has said', () => {
    const youth = nonApplicant();
    youth.when('2027-04-10T08:00:00Z', contact);
    youth.when('2027-04-11T08:00:00Z', status('2027-28', 'OTOV'));
    const events = youth.when('2027-04-20T08:00:00Z', { kind: 'Applied', schoolYear: '2027-28' });
    expect(events.map(({ type }) => type)).toEqual(['FactRecorded']);
    expect(youth.registrations()).toEqual(['IKKE_SOKT OTOV 2027-28']);
  });

  it('I04 a place in another school year is no proposal for this one', () => {
    const youth = nonApplicant();
    youth.when('2027-04-20T08:00:00Z', started('40014'), { effective: '2027-04-19' });
    expect(youth.open()).toContain('NY_TILMELDING');
    expect(youth.open()).not.toContain('STATUS_FORSLAG');
  });
});

describe('tilmeldingskoder', () => {
  it('the latest fact by effective date decides the code, whatever the order', () => {
    const declined = [
      { kind: 'PlaceDeclined', schoolYear: '2026-27', code: null, institution: null },
      { effective: '2026-09-14' },
    ] as const;
    const notApplied = [{ kind: 'NotApplied', schoolYear: '2026-27' }, { effective: '2026-03-15' }] as const;
    for (const order of [
      [declined, notApplied],
      [notApplied, declined],
    ] as const) {
      const youth = story();
      for (const [body, provenance] of order) youth.when('2026-09-15T08:00:00Z', body, provenance);
      expect(youth.registrations()).toEqual(['TAKKET_NEI OTUK 2026-27']);
    }
  });

  it('an adviser’s re-coding beats every automatic code, before and after it', () => {
    const youth = story();
    youth.when('2026-09-15T08:00:00Z', {
      kind: 'PlaceDeclined',
      schoolYear: '2026-27',
      code: null,
      institution: null,
    });
    youth.when('2026-10-01T08:00:00Z', {
      kind: 'Recode',
      schoolYear: '2026-27',
      tilmeldingskode: 'ANDRE_GRUNNER',
    });
    youth.when('2026-10-05T08:00:00Z', { kind: 'NoShow', schoolYear: '2026-27', institution: null });
    expect(youth.registrations()).toEqual(['ANDRE_GRUNNER OTUK 2026-27']);
    youth.when('2026-10-06T08:00:00Z', {
      kind: 'Recode',
      schoolYear: '2026-27',
      tilmeldingskode: 'IKKE_SOKT',
    });
    expect(youth.registrations()).toEqual(['IKKE_SOKT OTUK 2026-27']);
  });

  it('no place, or a struck wish, is ANDRE_GRUNNER', () => {
    const youth = story();
    youth.when('2026-09-15T08:00:00Z', {
      kind: 'Wish',
      schoolYear: '2026-27',
      code: 'STROIT',
      institution: null,
    });
    expect(youth.registrations()).toEqual(['ANDRE_GRUNNER OTUK 2026-27']);
  });

  it('a code that no adapter lets through stops the youth', () => {
    const youth = story();
    expect(() =>
      youth.when('2026-09-15T08:00:00Z', {
        kind: 'Wish',
        schoolYear: '2026-27',
        code: 'XYZ',
        institution: null,
      }),
    ).toThrow();
  });
});
