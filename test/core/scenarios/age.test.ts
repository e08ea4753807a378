import { describe, expect, it } from 'vitest';
import { reopenedByLimit } from '../../../src/core/age/reopened.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { contact, left, status, story } from '../../harness/story.ts';

const P05A = '2002-12-31';
const P05B = '2003-01-01';
const dropoutOn = (effective: string) => ({ source: 'skole:34010', id: 'avbrudd-1', effective });

/** A dropout known the day after. */
function droppedOut(born: string | null, effective: string) {
  const youth = story({ born, county: '34' });
  youth.when(`${effective}T12:00:00Z`, left('34010', 'FV'), dropoutOn(effective));
  return youth;
}

describe('Y05 the last year', () => {
  it('Y05 an open case is to be closed before New Year of the last year: one alert, in December', () => {
    const p05a = droppedOut(P05A, '2026-09-01');
    p05a.when('2026-09-02T08:00:00Z', contact);
    p05a.when('2026-09-02T09:00:00Z', status('2026-27', 'OTOV'));
    p05a.wait('2026-11-30T22:59:59Z');
    expect(p05a.open()).not.toContain('ALDERSGRENSE');
    p05a.wait('2026-11-30T23:00:00Z');
    expect(p05a.alert('ALDERSGRENSE')).toMatchObject({
      category: 'alert',
      rule: 'R47',
      schoolYear: '2026-27',
      effective: '2026-12-31',
    });
    p05a.wait('2027-06-01T00:00:00Z');
    expect(p05a.raised('ALDERSGRENSE')).toBe(1);
    expect(p05a.open()).toContain('ALDERSGRENSE');
  });

  it('Y05 born a day later is in the range a year longer', () => {
    const p05b = droppedOut(P05B, '2026-09-01');
    p05b.wait('2027-11-30T22:59:59Z');
    expect(p05b.raised('ALDERSGRENSE')).toBe(0);
    p05b.wait('2027-11-30T23:00:00Z');
    expect(p05b.alert('ALDERSGRENSE').effective).toBe('2027-12-31');
  });

  it('Y05 a case that is closed, or was never the target group’s, is not to be closed again', () => {
    const p05a = droppedOut(P05A, '2026-09-01');
    p05a.wait('2026-12-05T00:00:00Z');
    expect(p05a.raised('ALDERSGRENSE')).toBe(1);
    p05a.when('2026-12-06T08:00:00Z', status('2026-27', 'FEIL', { grounds: ['FEILREGISTRERT'] }));
    expect(p05a.open()).not.toContain('ALDERSGRENSE');
    const mistake = droppedOut(P05A, '2026-09-01');
    mistake.when('2026-09-02T08:00:00Z', status('2026-27', 'FEIL', { grounds: ['FEILREGISTRERT'] }));
    mistake.wait('2027-06-01T00:00:00Z');
    expect(mistake.raised('ALDERSGRENSE')).toBe(0);
  });

  it('Y05 the county decides how long before New Year', () => {
    const youth = story({ born: P05A, county: '34', policy: { closingDays: 61 } });
    youth.when('2026-09-01T12:00:00Z', left('34010', 'FV'), dropoutOn('2026-09-01'));
    youth.wait('2026-10-31T23:00:00Z');
    expect(youth.raised('ALDERSGRENSE')).toBe(1);
  });

  it('Y05 an event of May 2024 is judged by the 21 rule also when it is reported in 2026', () => {
    const p05a = story({ born: P05A, county: '34' });
    p05a.when('2026-11-20T08:00:00Z', left('34010', 'FV'), dropoutOn('2024-05-10'));
    expect(p05a.open()).toEqual(['UTENFOR_ALDERSGRENSEN']);
    expect(p05a.alert('UTENFOR_ALDERSGRENSEN')).toMatchObject({
      category: 'review',
      rule: 'Q1',
      schoolYear: '2023-24',
      effective: '2024-05-10',
    });
    const p05b = story({ born: P05B, county: '34' });
    p05b.when('2026-11-20T08:00:00Z', left('34010', 'FV'), dropoutOn('2024-05-10'));
    expect(p05b.open()).toContain('NY_TILMELDING');
    const later = story({ born: P05A, county: '34' });
    later.when('2026-11-20T08:00:00Z', left('34010', 'FV'), dropoutOn('2024-08-12'));
    expect(later.open()).toContain('NY_TILMELDING');
  });

  it('U02 an over-age youth is registered all the same, and owed no deadlines', () => {
    const p18 = story({ born: '1998-09-09', county: '38' });
    p18.when('2020-10-07T08:00:00Z', left('38014', 'FV'));
    expect(p18.registrations()).toEqual(['AVBRUTT OTUK 2020-21']);
    p18.wait('2030-01-01T00:00:00Z');
    expect(p18.open()).toEqual(['UTENFOR_ALDERSGRENSEN']);
  });

  it('U02 a correction of the date to one within the range makes it a tilmelding like others', () => {
    const p05a = story({ born: P05A, county: '34' });
    p05a.when('2024-09-01T08:00:00Z', left('34010', 'FV'), dropoutOn('2024-05-10'));
    p05a.when('2024-09-02T08:00:00Z', left('34010', 'FV'), { ...dropoutOn('2024-08-20'), version: 2 });
    expect(p05a.open()).toEqual(['NY_TILMELDING']);
  });

  it('Y05 no youth who was closed for age is registered again in August 2024: the list is for decision', () => {
    const policy = defaultPolicy(countyNumber('34'));
    const p05a = droppedOut(P05A, '2023-09-01');
    p05a.wait('2024-09-01T00:00:00Z');
    expect(p05a.registrations()).toEqual(['AVBRUTT OTUK 2023-24']);
    expect(reopenedByLimit(p05a.youth(), policy)).toMatchObject({
      last: { schoolYear: '2023-24' },
      from: '2024-08-01',
      until: '2026-12-31',
    });
    for (const born of ['2000-01-01', '2001-06-15', '2002-12-31'])
      expect(reopenedByLimit(droppedOut(born, '2020-09-01').youth(), policy)).not.toBeNull();
    for (const born of ['1999-12-31', '2003-01-01', null])
      expect(reopenedByLimit(droppedOut(born, '2020-09-01').youth(), policy)).toBeNull();
  });

  it('Y05 who was outside the target group, or is registered again already, is not on the list', () => {
    const policy = defaultPolicy(countyNumber('34'));
    const mistake = droppedOut(P05A, '2023-09-01');
    mistake.when('2023-09-02T08:00:00Z', status('2023-24', 'FEIL', { grounds: ['FEILREGISTRERT'] }));
    expect(reopenedByLimit(mistake.youth(), policy)).toBeNull();
    const again = droppedOut(P05A, '2023-09-01');
    again.when(
      '2024-09-01T08:00:00Z',
      { kind: 'NotApplied', schoolYear: '2024-25' },
      { effective: '2024-08-10' },
    );
    expect(reopenedByLimit(again.youth(), policy)).toBeNull();
    expect(reopenedByLimit(story().youth(), policy)).toBeNull();
  });
});

describe('Y02 age comes from the birth date’s own field', () => {
  it('Y02 without a birth date OT is alerted, and a human is asked for it', () => {
    const p06 = droppedOut(null, '2026-10-06');
    expect(p06.open()).toEqual(['ALDER_UKJENT', 'NY_TILMELDING']);
    expect(p06.alert('ALDER_UKJENT')).toMatchObject({ category: 'review', rule: 'Q1' });
    expect(p06.alert('NY_TILMELDING').minor).toBe('UKJENT');
  });

  it('Y02 a later record with the birth date answers the question', () => {
    const p06r = story({ born: '2008-03-02', county: '03' });
    p06r.when('2026-10-07T08:00:00Z', left('03010', 'FV'), dropoutOn('2026-10-06'));
    expect(p06r.open()).toEqual(['NY_TILMELDING']);
    expect(p06r.alert('NY_TILMELDING').minor).toBe('NEI');
  });
});

describe('Y04 born on 29 February', () => {
  const P04 = '2008-02-29';

  it('Y04 the guardian is informed through 27 February of the year of turning 18', () => {
    const p04 = story({ born: P04, county: '50' });
    p04.when('2026-02-27T22:59:59Z', left('50010', 'FV'), dropoutOn('2026-02-27'));
    expect(p04.alert('NY_TILMELDING').minor).toBe('JA');
    p04.wait('2026-02-27T23:00:00Z');
    expect(p04.alert('NY_TILMELDING').minor).toBe('NEI');
    expect(p04.raised('NY_TILMELDING')).toBe(1);
  });

  it('Y04 nothing happens on 28 February or 1 March 2027, and nothing fails', () => {
    const p04 = story({ born: P04, county: '50' });
    p04.when('2027-02-27T12:00:00Z', left('50010', 'FV'), dropoutOn('2027-02-27'));
    p04.when('2027-02-28T12:00:00Z', contact);
    expect(p04.wait('2027-03-02T00:00:00Z')).toEqual([]);
  });

  it('Y04 the last year is 2032, the year of the 24th birthday', () => {
    const p04 = droppedOut(P04, '2031-10-01');
    p04.wait('2032-11-30T22:59:59Z');
    expect(p04.raised('ALDERSGRENSE')).toBe(0);
    p04.wait('2032-11-30T23:00:00Z');
    expect(p04.alert('ALDERSGRENSE').effective).toBe('2032-12-31');
  });
});
