import { describe, expect, it } from 'vitest';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { nextRun } from '../../../src/jobs/vigo/schedule.ts';
import { contact, left, started, status, story } from '../../harness/story.ts';

const noShow: FactBody = { kind: 'NoShow', schoolYear: '2026-27', institution: '40014' };

describe('S11 and O09 deadlines', () => {
  it('S11 contact in one week and an hour in three, from receipt', () => {
    const youth = story();
    youth.when('2026-09-08T08:00:00Z', noShow, { effective: '2026-08-20' });
    expect(youth.alert('NY_TILMELDING').deadlines).toEqual([
      { what: 'KONTAKT', date: '2026-09-15', rule: 'R42' },
      { what: 'VEILEDNINGSTIME', date: '2026-09-29', rule: 'R42' },
    ]);
  });

  it('O09 a deadline lasts to the end of its day in Oslo, over the night with 25 hours', () => {
    const youth = story();
    youth.when('2026-10-20T14:00:00Z', noShow, { effective: '2026-10-19' });
    youth.wait('2026-10-27T22:59:59.999Z');
    expect(youth.open()).toEqual(['NY_TILMELDING']);
    youth.wait('2026-10-27T23:00:00Z');
    expect(youth.alert('FRIST_UTLOPT')).toMatchObject({
      category: 'alert',
      rule: 'R42',
      deadlines: [{ what: 'KONTAKT', date: '2026-10-27', rule: 'R42' }],
    });
    youth.wait('2026-11-10T22:59:59.999Z');
    expect(youth.raised('FRIST_UTLOPT')).toBe(1);
    youth.wait('2026-11-10T23:00:00Z');
    expect(youth.raised('FRIST_UTLOPT')).toBe(2);
  });

  it('O09 and over the night with 23 hours', () => {
    const youth = story();
    youth.when('2027-03-24T14:00:00Z', left('40014', 'FV'));
    youth.wait('2027-03-31T21:59:59.999Z');
    expect(youth.raised('FRIST_UTLOPT')).toBe(0);
    youth.wait('2027-03-31T22:00:00Z');
    expect(youth.raised('FRIST_UTLOPT')).toBe(1);
  });

  it('O09 each deadline is alerted once, also after a long stop', () => {
    const stopped = story();
    stopped.when('2026-10-20T14:00:00Z', noShow, { effective: '2026-10-19' });
    stopped.when('2027-02-01T08:00:00Z', { kind: 'Applied', schoolYear: '2027-28' });
    expect(stopped.raised('FRIST_UTLOPT')).toBe(2);
    stopped.wait('2027-07-01T00:00:00Z');
    expect(stopped.raised('FRIST_UTLOPT')).toBe(2);
  });

  it('O09 the nightly job runs once in the night with 25 hours, and once in that with 23', () => {
    const runs = (from: string, to: string) => {
      const all: string[] = [];
      for (let run = nextRun(from, '02:30'); run < to; run = nextRun(run, '02:30')) all.push(run);
      return all;
    };
    expect(runs('2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z')).toHaveLength(1);
    expect(runs('2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z')).toHaveLength(1);
  });

  it('contact in time leaves the hour alone due, and what the adviser has come to leaves nothing', () => {
    const youth = story();
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    youth.when('2026-10-10T08:00:00Z', contact);
    youth.wait('2026-10-29T00:00:00Z');
    expect(youth.raised('FRIST_UTLOPT')).toBe(1);
    expect(youth.alert('FRIST_UTLOPT').deadlines).toEqual([
      { what: 'VEILEDNINGSTIME', date: '2026-10-28', rule: 'Q8' },
    ]);
    youth.when('2026-10-29T08:00:00Z', status('2026-27', 'OTOV'));
    expect(youth.open()).toEqual(['NY_TILMELDING']);
  });

  it('an alert about a deadline is withdrawn by what it asked for, late or not; silence is not that (R03)', () => {
    const youth = story();
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    youth.wait('2026-10-20T00:00:00Z');
    youth.when('2026-10-20T08:00:00Z', { kind: 'ContactAttempt', channel: 'SMS', answered: false });
    expect(youth.open()).toContain('FRIST_UTLOPT');
    youth.when('2026-10-21T08:00:00Z', { kind: 'ContactAttempt', channel: 'SMS', answered: true });
    expect(youth.open()).toEqual(['NY_TILMELDING']);
  });

  it('who is found to be outside the target group is owed neither contact nor an hour', () => {
    const youth = story();
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    youth.when('2026-10-08T08:00:00Z', status('2026-27', 'FEIL', { grounds: ['FEILREGISTRERT'] }));
    youth.wait('2027-06-01T00:00:00Z');
    expect(youth.raised('FRIST_UTLOPT')).toBe(0);
  });

  it('a registration that was a move, or is annulled, has no deadlines', () => {
    const youth = story();
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    youth.wait('2026-10-20T00:00:00Z');
    expect(youth.open()).toContain('FRIST_UTLOPT');
    youth.when('2026-10-20T08:00:00Z', started('40022'), { effective: '2026-10-08' });
    expect(youth.open()).toEqual([]);
  });

  it('S05 a date corrected backwards moves no deadline', () => {
    const youth = story();
    const provenance = { source: 'skole:40014', id: 'a-1' };
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { ...provenance, effective: '2026-10-06' });
    youth.when('2026-10-08T08:00:00Z', left('40014', 'FV'), {
      ...provenance,
      effective: '2026-09-14',
      version: 2,
    });
    expect(youth.alert('NY_TILMELDING').deadlines.map(({ date }) => date)).toEqual([
      '2026-10-14',
      '2026-10-28',
    ]);
    expect(youth.raised('FRIST_UTLOPT')).toBe(0);
  });

  it('the county decides how many days there are', () => {
    const youth = story({ policy: { deadlineDays: { contact: 2, guidance: 21 } } });
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    youth.wait('2026-10-09T22:00:00Z');
    expect(youth.raised('FRIST_UTLOPT')).toBe(1);
  });

  it('R47 a deadline that was missed is no duty after the last year in the age range', () => {
    const p05a = story({ born: '2002-12-31' });
    p05a.when('2026-12-10T08:00:00Z', left('40014', 'FV'), { effective: '2026-12-09' });
    p05a.wait('2026-12-20T00:00:00Z');
    expect(p05a.open()).toContain('FRIST_UTLOPT');
    p05a.wait('2026-12-31T23:00:00Z');
    expect(p05a.open()).not.toContain('FRIST_UTLOPT');
  });
});

describe('R44 work practice', () => {
  const practice = (to: string | null): FactBody => ({
    kind: 'Measure',
    provider: 'FYLKE',
    content: 'ARBEIDSPRAKSIS',
    to,
  });
  const provenance = { id: 'tiltak-1', effective: '2026-10-01' };

  it('is followed up on the fourteenth day, and again each fourteen days without contact', () => {
    const youth = story();
    youth.when('2026-10-01T08:00:00Z', practice(null), provenance);
    youth.wait('2026-10-14T21:59:59Z');
    expect(youth.open()).toEqual([]);
    youth.wait('2026-10-14T22:00:00Z');
    expect(youth.alert('OPPFOLGING_I_TILTAK')).toMatchObject({
      rule: 'R44',
      deadlines: [{ what: 'OPPFOLGING', date: '2026-10-15', rule: 'R44' }],
    });
    youth.wait('2026-11-13T00:00:00Z');
    expect(youth.open()).toEqual(['OPPFOLGING_I_TILTAK']);
    expect(youth.alert('OPPFOLGING_I_TILTAK').effective).toBe('2026-11-12');
    expect(youth.raised('OPPFOLGING_I_TILTAK')).toBe(3);
  });

  it('counts from the last contact', () => {
    const youth = story();
    youth.when('2026-10-01T08:00:00Z', practice(null), provenance);
    youth.when('2026-10-10T08:00:00Z', contact);
    youth.wait('2026-10-23T21:59:59Z');
    expect(youth.open()).toEqual([]);
    youth.wait('2026-10-23T22:00:00Z');
    expect(youth.open()).toEqual(['OPPFOLGING_I_TILTAK']);
    youth.when('2026-10-24T08:00:00Z', contact);
    expect(youth.open()).toEqual([]);
  });

  it('is over when it ends, or when the adviser says that the youth does something else', () => {
    const ended = story();
    ended.when('2026-10-01T08:00:00Z', practice('2026-10-20'), provenance);
    ended.wait('2026-10-19T21:59:59Z');
    expect(ended.open()).toEqual(['OPPFOLGING_I_TILTAK']);
    ended.wait('2027-10-01T00:00:00Z');
    expect(ended.raised('OPPFOLGING_I_TILTAK')).toBe(1);
    expect(ended.open()).toEqual([]);
    const elsewhere = story();
    elsewhere.when('2026-10-01T08:00:00Z', practice(null), provenance);
    elsewhere.when('2026-10-12T08:00:00Z', contact);
    elsewhere.when('2026-10-12T08:01:00Z', status('2026-27', 'OTAR', { viaOt: 'JA' }));
    elsewhere.wait('2026-12-01T00:00:00Z');
    expect(elsewhere.raised('OPPFOLGING_I_TILTAK')).toBe(0);
  });

  it('has no rule in a county whose policy has none, nor for other measures', () => {
    const other = story({ county: '46' });
    other.when('2026-10-01T08:00:00Z', practice(null), provenance);
    other.wait('2027-10-01T00:00:00Z');
    expect(other.raised('OPPFOLGING_I_TILTAK')).toBe(0);
    const course = story();
    course.when(
      '2026-10-01T08:00:00Z',
      { kind: 'Measure', provider: 'FYLKE', content: 'OPPLARING', to: null },
      provenance,
    );
    course.wait('2027-10-01T00:00:00Z');
    expect(course.raised('OPPFOLGING_I_TILTAK')).toBe(0);
  });
});

describe('S04, S02 and F02 waiting times', () => {
  it('S04 an annulment without its event waits 24 hours, also in the night with 25', () => {
    const youth = story();
    youth.when('2026-10-24T20:00:00Z', { kind: 'Annulled', annuls: 'x' }, { source: 'skole:40014' });
    youth.wait('2026-10-25T19:59:59Z');
    expect(youth.open()).toEqual([]);
    youth.wait('2026-10-25T20:00:00Z');
    expect(youth.open()).toEqual(['ANNULLERING_UTEN_TREFF']);
  });

  it('S02 an announced start is watched for 14 days', () => {
    const pupil = story();
    pupil.when('2026-10-07T08:00:00Z', left('40014', 'AS'), { effective: '2026-10-06' });
    pupil.wait('2026-10-21T07:59:59Z');
    expect(pupil.open()).toEqual([]);
    pupil.wait('2026-10-21T08:00:00Z');
    expect(pupil.open()).toEqual(['FORVENTET_START_UTEBLITT']);
  });
});
