import { describe, expect, it } from 'vitest';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { started, status, story, terminated } from '../../harness/story.ts';

const FIRM = '987654321';
const OTHER_FIRM = '912345678';
const born = '2006-04-23';

const inList = (institution: string, from: string, to: string | null): FactBody => ({
  kind: 'ContractSeen',
  institution,
  from,
  to,
});
const missing = (run: string): FactBody => ({ kind: 'Absent', list: 'laktiv', run });
const row = (version: number) => ({
  source: 'vigo-laktiv',
  id: 'laktiv:1',
  version,
  effective: '2025-08-15',
});

describe('F01 contract broken', () => {
  it('F01 opens AVBRUTT with OTUK, and alerts after the grace period, from fagopplæring', () => {
    const p10 = story({ born, county: '15' });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, 'FV'), { effective: '2026-10-01' });
    expect(p10.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p10.open()).toEqual([]);
    expect(p10.youth().due).toBe('2026-10-07T08:00:00.000Z');
    p10.wait('2026-10-07T08:00:00Z');
    expect(p10.alert('NY_TILMELDING')).toMatchObject({
      feed: 'apprenticeship',
      minor: 'NEI',
      lostRight: false,
      deadlines: [{ date: '2026-10-09' }, { date: '2026-10-23' }],
    });
  });

  it('F01 a right lost by decision is marked, and a dropout whatever the reason', () => {
    const p10 = story({ county: '15', policy: { graceDays: { school: 0, apprenticeship: 0 } } });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, 'AS', true), { effective: '2026-10-01' });
    expect(p10.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p10.alert('NY_TILMELDING').lostRight).toBe(true);
  });
});

describe('F02 ended but not dropped out', () => {
  it.each(['ON', 'EK', 'AB'])('F02 %s is silent', (reason) => {
    const p10 = story({ county: '15' });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, reason));
    expect(p10.registrations()).toEqual([]);
    expect(p10.open()).toEqual([]);
    expect(p10.youth().due).toBeNull();
  });

  it('F02 AB proposes FEIL for a youth who is registered', () => {
    const p10 = story({ county: '15' });
    p10.when('2026-09-02T08:00:00Z', { kind: 'NotApplied', schoolYear: '2026-27' });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, 'AB'));
    expect(p10.alert('STATUS_FORSLAG')).toMatchObject({ proposed: ['FEIL'], rule: 'R39' });
    p10.when('2026-10-03T08:00:00Z', status('2026-27', 'FEIL'));
    expect(p10.registrations()).toEqual(['IKKE_SOKT FEIL 2026-27']);
    expect(p10.open()).toEqual(['NY_TILMELDING']);
  });

  it('F02 AS watches for an enrolment', () => {
    const p10 = story({ county: '15' });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, 'AS'));
    p10.wait('2026-12-01T00:00:00Z');
    expect(p10.open()).toEqual(['FORVENTET_START_UTEBLITT']);
  });

  it.each(['S1', 'S2', 'UP'])('F02 %s is a review until training goes on', (reason) => {
    const p10 = story({ county: '15' });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, reason));
    expect(p10.open()).toEqual(['KONTRAKT_UTEN_FULLFORING']);
    expect(p10.registrations()).toEqual([]);
    p10.when('2026-10-12T08:00:00Z', started(OTHER_FIRM, 'apprenticeship'));
    expect(p10.open()).toEqual([]);
  });

  it('F02 a new contract within the grace period: no alert at all, and no open OTUK', () => {
    const p10 = story({ county: '15' });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, 'FV'), { effective: '2026-10-01' });
    p10.when('2026-10-03T08:00:00Z', started(OTHER_FIRM, 'apprenticeship'), { effective: '2026-10-01' });
    p10.wait('2026-12-01T00:00:00Z');
    expect(p10.registrations()).toEqual([]);
    expect(p10.raised('NY_TILMELDING')).toBe(0);
    expect(p10.open()).toEqual([]);
  });

  it('F02 without grace the alert is withdrawn with the same id', () => {
    const p10 = story({ county: '15', policy: { graceDays: { school: 0, apprenticeship: 0 } } });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, 'FV'), { effective: '2026-10-01' });
    const { id } = p10.alert('NY_TILMELDING');
    const events = p10.when('2026-10-03T08:00:00Z', started(OTHER_FIRM, 'apprenticeship'), {
      effective: '2026-10-01',
    });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'AlertWithdrawn',
        alert: expect.objectContaining({ id }),
        rule: 'R40',
      }),
    );
    expect(p10.registrations()).toEqual([]);
  });

  it('F02 a new contract that shows up in the nightly list counts as well', () => {
    const p10 = story({ county: '15' });
    p10.when('2026-10-02T08:00:00Z', terminated(FIRM, 'FV'), { effective: '2026-10-01' });
    p10.when('2026-10-03T08:00:00Z', inList(OTHER_FIRM, '2026-10-02', '2028-08-14'), { id: 'laktiv:2' });
    expect(p10.registrations()).toEqual([]);
  });
});

describe('F03 missing from the active list', () => {
  function apprentice() {
    const p10 = story({ born, county: '15' });
    p10.when('2026-10-05T00:00:00Z', inList(FIRM, '2025-08-15', '2027-08-14'), row(20261005));
    return p10;
  }

  it('F03 one absence is nothing, the second in a row a review, never a tilmelding', () => {
    const p10 = apprentice();
    p10.when('2026-10-06T01:00:00Z', missing('n1'));
    expect(p10.open()).toEqual([]);
    p10.when('2026-10-07T01:00:00Z', missing('n2'));
    expect(p10.open()).toEqual(['MULIG_HEVING']);
    expect(p10.alert('MULIG_HEVING')).toMatchObject({
      category: 'review',
      rule: 'R05',
      effective: '2026-10-06',
    });
    expect(p10.registrations()).toEqual([]);
    const third = p10.when('2026-10-08T01:00:00Z', missing('n3'));
    expect(third.map(({ type }) => type)).toEqual(['FactRecorded']);
  });

  it('F03 a whole list with the youth in it withdraws the review and starts the count again', () => {
    const p10 = apprentice();
    p10.when('2026-10-06T01:00:00Z', missing('n1'));
    p10.when('2026-10-07T01:00:00Z', missing('n2'));
    p10.when('2026-10-08T00:00:00Z', inList(FIRM, '2025-08-15', '2027-08-14'), row(20261008));
    p10.when('2026-10-08T01:00:00Z', { kind: 'Present', list: 'laktiv', run: 'n3' });
    expect(p10.open()).toEqual([]);
    p10.when('2026-10-09T01:00:00Z', missing('n4'));
    expect(p10.open()).toEqual([]);
  });

  it('F03 the termination explains the absence', () => {
    const p10 = apprentice();
    p10.when('2026-10-06T01:00:00Z', missing('n1'));
    p10.when('2026-10-07T01:00:00Z', missing('n2'));
    p10.when('2026-10-07T08:00:00Z', terminated(FIRM, 'FV'), { effective: '2026-10-05' });
    p10.wait('2026-10-20T00:00:00Z');
    expect(p10.open()).toEqual(['FRIST_UTLOPT', 'NY_TILMELDING']);
  });

  it('F03 a night that says the same costs nothing', () => {
    const p10 = apprentice();
    expect(p10.when('2026-10-06T00:00:00Z', inList(FIRM, '2025-08-15', '2027-08-14'), row(20261006))).toEqual(
      [],
    );
  });
});

describe('F04 an end date that moves, and one that passes', () => {
  it('F04 moving the date to and fro raises no alert', () => {
    const p10 = story({ county: '15' });
    for (const [night, to] of [
      [1, '2026-12-31'],
      [2, '2027-03-31'],
      [3, '2026-12-31'],
    ] as const) {
      p10.when(`2026-10-0${night}T00:00:00Z`, inList(FIRM, '2025-08-15', to), row(20261000 + night));
    }
    expect(p10.youth().facts).toHaveLength(1);
    expect(p10.events().some(({ type }) => type === 'AlertRaised')).toBe(false);
    expect(p10.youth().due).toBe('2026-12-30T23:00:00.000Z');
  });

  it('F04 a date that passes without a new contract or a result is a review, not AVBRUTT', () => {
    const p10 = story({ county: '15' });
    p10.when('2026-10-01T00:00:00Z', inList(FIRM, '2025-08-15', '2026-12-31'), row(20261001));
    p10.wait('2026-12-30T22:59:59Z');
    expect(p10.open()).toEqual([]);
    p10.wait('2026-12-30T23:00:00Z');
    expect(p10.open()).toEqual(['KONTRAKT_UTEN_FULLFORING']);
    expect(p10.registrations()).toEqual([]);
    p10.when('2027-01-04T08:00:00Z', terminated(FIRM, 'AB'), { effective: '2026-12-18' });
    expect(p10.open()).toEqual([]);
  });

  it('F04 a contract that follows leaves nothing to review', () => {
    const p10 = story({ county: '15' });
    p10.when('2026-10-01T00:00:00Z', inList(FIRM, '2025-08-15', '2026-12-31'), row(20261001));
    p10.when('2026-12-02T00:00:00Z', inList(OTHER_FIRM, '2026-12-31', null), { id: 'laktiv:2' });
    expect(p10.wait('2027-06-01T00:00:00Z')).toEqual([]);
    expect(p10.open()).toEqual([]);
  });
});
