import { describe, expect, it } from 'vitest';
import { contact, left, started, status, story } from '../../harness/story.ts';

describe('O03 offer again every school year', () => {
  /** P16, born 2005, has said no. */
  function saidNo(born: string | null = '2005-05-25', policy = {}) {
    const p16 = story({ born, county: '42', policy });
    p16.when(
      '2026-09-29T08:00:00Z',
      { kind: 'NotApplied', schoolYear: '2026-27' },
      { effective: '2026-08-01' },
    );
    p16.when('2026-09-30T08:00:00Z', contact);
    p16.when('2026-09-30T08:01:00Z', status('2026-27', 'OTNO'));
    return p16;
  }

  it('O03 none in the year of the «no», and one when the next school year opens', () => {
    const p16 = saidNo();
    p16.wait('2027-07-31T21:59:59Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(0);
    p16.wait('2027-07-31T22:00:00Z');
    expect(p16.alert('TILBUD_PA_NYTT')).toMatchObject({
      rule: 'R27',
      category: 'alert',
      schoolYear: '2027-28',
      effective: '2027-08-01',
    });
    p16.wait('2028-07-01T00:00:00Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(1);
  });

  it('O03 one in each year in the age range, none after the year of the limit, and one open at a time', () => {
    const p16 = saidNo();
    p16.wait('2029-12-31T22:59:59Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(3);
    expect(p16.open().filter((kind) => kind === 'TILBUD_PA_NYTT')).toHaveLength(1);
    p16.wait('2035-01-01T00:00:00Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(3);
    expect(p16.open()).not.toContain('TILBUD_PA_NYTT');
  });

  it('O03 talking with the youth in the new year answers it, and a new «no» puts it off a year', () => {
    const p16 = saidNo();
    p16.wait('2027-08-02T00:00:00Z');
    p16.when('2027-09-01T08:00:00Z', contact);
    expect(p16.open()).not.toContain('TILBUD_PA_NYTT');
    p16.when('2027-09-01T08:01:00Z', status('2027-28', 'OTNO'));
    p16.wait('2028-07-31T22:00:00Z');
    expect(p16.alert('TILBUD_PA_NYTT').schoolYear).toBe('2028-29');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(2);
  });

  it('O03 a youth who is in training again is not offered help', () => {
    const p16 = saidNo();
    p16.when('2027-06-20T08:00:00Z', started('42010'), { effective: '2027-08-17' });
    p16.wait('2027-09-01T00:00:00Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(0);
  });

  it('O03 a «no» that was silence is no «no» (R24)', () => {
    const p16 = story({ born: '2005-05-25' });
    p16.when('2026-09-29T08:00:00Z', { kind: 'NotApplied', schoolYear: '2026-27' });
    p16.when('2026-09-30T08:01:00Z', status('2026-27', 'OTNO', { grounds: ['IKKE_SVART'] }));
    p16.wait('2028-01-01T00:00:00Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(0);
  });

  it('O03 the county decides when its school year opens', () => {
    const p16 = saidNo('2005-05-25', { schoolYearOpens: '08-17' });
    p16.wait('2027-08-16T21:59:59Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(0);
    p16.wait('2027-08-16T22:00:00Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(1);
  });

  it('O03 without a birth date it is unknown whether to offer: a human is asked', () => {
    const p16 = saidNo(null);
    p16.wait('2027-08-01T00:00:00Z');
    expect(p16.raised('TILBUD_PA_NYTT')).toBe(0);
    const asked = p16.youth().alerts.filter(({ kind }) => kind === 'ALDER_UKJENT');
    expect(asked.map(({ schoolYear }) => schoolYear).sort()).toEqual(['2026-27', '2027-28']);
  });

  it('Q13 a new year starts at OTUK, and last year’s contact is not contact', () => {
    const p16 = saidNo();
    p16.when('2027-08-20T08:00:00Z', { kind: 'NoShow', schoolYear: '2027-28', institution: null });
    expect(p16.registrations()).toEqual(['IKKE_SOKT OTNO 2026-27', 'ANDRE_GRUNNER OTUK 2027-28']);
    p16.when('2027-08-21T08:00:00Z', status('2027-28', 'OTOV'));
    expect(p16.registrations()[1]).toBe('ANDRE_GRUNNER OTUK 2027-28');
  });
});

describe('R28 military service', () => {
  function inService(policy = {}) {
    const youth = story({ policy });
    youth.when('2026-09-01T08:00:00Z', left('40014', 'MI'), { effective: '2026-08-31' });
    youth.when('2026-09-02T08:00:00Z', contact);
    youth.when('2026-09-02T08:01:00Z', status('2026-27', 'OTMI'), { effective: '2026-09-02' });
    return youth;
  }

  it('R28 a year after it began OT is to report its help, across the school year', () => {
    const youth = inService();
    youth.wait('2027-09-01T21:59:59Z');
    expect(youth.raised('TJENESTE_SLUTT')).toBe(0);
    youth.wait('2027-09-01T22:00:00Z');
    expect(youth.alert('TJENESTE_SLUTT')).toMatchObject({ rule: 'R28', schoolYear: '2027-28' });
    youth.when('2027-09-05T08:00:00Z', contact);
    expect(youth.open()).not.toContain('TJENESTE_SLUTT');
  });

  it('R28 not when the adviser has said something else since, nor in training', () => {
    const elsewhere = inService();
    elsewhere.when('2027-01-10T08:00:00Z', status('2026-27', 'OTOV'));
    elsewhere.wait('2028-01-01T00:00:00Z');
    expect(elsewhere.raised('TJENESTE_SLUTT')).toBe(0);
    const pupil = inService();
    pupil.when('2027-08-20T08:00:00Z', started('40022'), { effective: '2027-08-17' });
    pupil.wait('2028-01-01T00:00:00Z');
    expect(pupil.raised('TJENESTE_SLUTT')).toBe(0);
  });

  it('R28 the length of the service is policy, by the date it began', () => {
    const youth = inService({
      serviceMonths: [
        { from: '0000-01-01', months: 12 },
        { from: '2026-08-01', months: 6 },
      ],
    });
    youth.wait('2027-03-01T23:00:00Z');
    expect(youth.raised('TJENESTE_SLUTT')).toBe(1);
  });
});

describe('O11 the time band changes', () => {
  /** P20, outside since 2025-08-18. */
  function outside(effective = '2025-08-18', received = '2025-08-20T08:00:00Z') {
    const p20 = story({ born: '2004-12-20', county: '56' });
    p20.when(received, left('56014', 'FV'), { effective });
    return p20;
  }

  it('O11 exactly a year outside is C, with one alert', () => {
    const p20 = outside();
    expect(p20.alert('NY_TILMELDING').timeBand).toBe('A');
    p20.wait('2026-08-17T21:59:59Z');
    expect(p20.raised('PRIORITET_ENDRET')).toBe(0);
    p20.wait('2026-08-17T22:00:00Z');
    expect(p20.alert('PRIORITET_ENDRET')).toMatchObject({
      rule: 'R49',
      timeBand: 'C',
      effective: '2026-08-18',
      schoolYear: '2025-26',
    });
    p20.wait('2028-01-01T00:00:00Z');
    expect(p20.raised('PRIORITET_ENDRET')).toBe(1);
  });

  it('O11 who left on 29 February has been out a year on 1 March', () => {
    const p20 = outside('2024-02-29', '2024-03-01T08:00:00Z');
    p20.wait('2025-02-28T22:59:59Z');
    expect(p20.raised('PRIORITET_ENDRET')).toBe(0);
    p20.wait('2025-02-28T23:00:00Z');
    expect(p20.alert('PRIORITET_ENDRET').effective).toBe('2025-03-01');
  });

  it('O11 what is reported a year late is C immediately, and nothing changes', () => {
    const p20 = outside('2025-08-18', '2026-08-18T08:00:00Z');
    expect(p20.alert('NY_TILMELDING').timeBand).toBe('C');
    p20.wait('2027-12-01T00:00:00Z');
    expect(p20.raised('PRIORITET_ENDRET')).toBe(0);
  });

  it('O11 training or an activity in between breaks the year, follow-up does not', () => {
    const pupil = outside();
    pupil.when('2026-01-10T08:00:00Z', started('56022'), { effective: '2026-01-08' });
    pupil.wait('2026-09-01T00:00:00Z');
    expect(pupil.raised('PRIORITET_ENDRET')).toBe(0);
    const working = outside();
    working.when('2026-01-10T08:00:00Z', contact);
    working.when('2026-01-10T08:01:00Z', status('2025-26', 'OTAR', { viaOt: 'JA' }));
    working.when('2026-03-10T08:01:00Z', status('2025-26', 'OTOV'));
    working.wait('2026-09-01T00:00:00Z');
    expect(working.raised('PRIORITET_ENDRET')).toBe(0);
    const followed = outside();
    followed.when('2026-01-10T08:00:00Z', contact);
    followed.when('2026-01-10T08:01:00Z', status('2025-26', 'OTOV'));
    followed.wait('2026-09-01T00:00:00Z');
    expect(followed.raised('PRIORITET_ENDRET')).toBe(1);
  });

  it('O11 not to show for a new place does not begin the year again; a new dropout does', () => {
    const noShowAfter = outside();
    noShowAfter.when(
      '2026-08-15T08:00:00Z',
      { kind: 'NoShow', schoolYear: '2026-27', institution: null },
      { effective: '2026-08-14' },
    );
    noShowAfter.wait('2026-08-18T00:00:00Z');
    expect(noShowAfter.raised('PRIORITET_ENDRET')).toBe(1);
    const again = outside();
    again.when('2026-05-10T08:00:00Z', left('56022', 'FV'), { effective: '2026-05-09' });
    again.wait('2026-09-01T00:00:00Z');
    expect(again.raised('PRIORITET_ENDRET')).toBe(0);
    again.wait('2027-05-09T00:00:00Z');
    expect(again.raised('PRIORITET_ENDRET')).toBe(1);
  });
});
