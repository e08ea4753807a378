import { describe, expect, it } from 'vitest';
import { contact, left, started, status, story } from '../../harness/story.ts';

const born = '2009-03-14';
const DROPOUT = { source: 'skole:40014', id: 'avbrudd-1', effective: '2026-10-06' };
const REPORTED = '2026-10-07T07:12:00Z';

/** P01 has dropped out (S01). */
function droppedOut() {
  const p01 = story({ born });
  p01.when(REPORTED, left('40014', 'FV'), DROPOUT);
  return p01;
}

describe('S05 correction backwards in time', () => {
  it('S05 keeps one tilmelding and one alert, moves the date, and counts deadlines from the first receipt', () => {
    const p01 = droppedOut();
    p01.when('2026-10-12T08:00:00Z', left('40014', 'FV'), {
      ...DROPOUT,
      version: 2,
      effective: '2026-09-14',
    });
    expect(p01.youth().registrations).toHaveLength(1);
    expect(p01.youth().registrations[0]).toMatchObject({
      effective: '2026-09-14',
      status: { effective: '2026-09-14' },
    });
    expect(p01.raised('NY_TILMELDING')).toBe(1);
    expect(p01.alert('NY_TILMELDING').deadlines[0]?.date).toBe('2026-10-14');
    expect(p01.youth().facts[0]?.versions).toEqual([1, 2]);
    expect(p01.when('2026-10-13T08:00:00Z', left('40014', 'FV'), DROPOUT)).toEqual([]);
  });

  it('S05 version 1 after version 2 is noted and changes nothing', () => {
    const p01 = story({ born });
    p01.when('2026-10-12T08:00:00Z', left('40014', 'FV'), {
      ...DROPOUT,
      version: 2,
      effective: '2026-09-14',
    });
    const before = p01.registrations();
    const events = p01.when('2026-10-13T08:00:00Z', left('40014', 'FV'), DROPOUT);
    expect(events).toEqual([expect.objectContaining({ type: 'VersionNoted', version: 1 })]);
    expect(p01.registrations()).toEqual(before);
    expect(p01.youth().facts[0]?.versions).toEqual([1, 2]);
  });
});

describe('S06 out of order', () => {
  const enrol = () =>
    [started('40022'), { source: 'skole:40022', id: 'oppstart-1', effective: '2026-10-08' }] as const;

  it('S06 enrolment before dropout, and dropout before enrolment, end in training with nothing open', () => {
    const enrolFirst = story({ born });
    enrolFirst.when('2026-10-08T08:00:00Z', ...enrol());
    enrolFirst.when('2026-10-08T08:05:00Z', left('40014', 'FV'), DROPOUT);
    const dropoutFirst = story({ born });
    dropoutFirst.when('2026-10-08T08:00:00Z', left('40014', 'FV'), DROPOUT);
    dropoutFirst.when('2026-10-08T08:05:00Z', ...enrol());
    for (const p01 of [enrolFirst, dropoutFirst]) {
      expect(p01.registrations()).toEqual([]);
      expect(p01.open()).toEqual([]);
    }
    expect(enrolFirst.raised('NY_TILMELDING')).toBe(0);
    expect(dropoutFirst.raised('NY_TILMELDING')).toBe(1);
  });

  it('S06 a start after OT had contact deletes nothing: a review asks how it came about', () => {
    const p01 = droppedOut();
    p01.when('2026-10-07T12:00:00Z', contact);
    p01.when('2026-10-08T08:05:00Z', ...enrol());
    expect(p01.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p01.alert('SLUTT_OG_START').proposed).toEqual(['OTEV', 'OTEV_IM']);
  });

  it('S06 a start weeks later is a proposal with both codes; the tilmelding stays open', () => {
    const p01 = droppedOut();
    p01.when('2026-11-10T08:05:00Z', started('40022'), { effective: '2026-11-09' });
    expect(p01.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p01.alert('STATUS_FORSLAG')).toMatchObject({
      proposed: ['OTEV', 'OTEV_IM'],
      rule: 'R21',
      category: 'proposal',
    });
    p01.when('2026-11-11T08:00:00Z', contact);
    p01.when('2026-11-11T08:01:00Z', status('2026-27', 'OTEV', { viaOt: 'JA' }));
    expect(p01.open()).toEqual(['NY_TILMELDING']);
  });
});

describe('S07 dropout and re-enrolment the same day', () => {
  it.each([
    [0, 1],
    [1, 0],
  ])('S07 in training wins, one review shows both, in whatever order they come (%i, %i)', (one, other) => {
    const p11 = story({ born: '2008-07-11', county: '31' });
    const reports = [
      () => p11.when('2026-10-13T08:00:00Z', left('31010', 'FV'), { effective: '2026-10-12' }),
      () => p11.when('2026-10-13T09:00:00Z', started('31010'), { effective: '2026-10-12' }),
    ];
    reports[one]!();
    reports[other]!();
    expect(p11.registrations()).toEqual([]);
    expect(p11.open()).toEqual(['SLUTT_OG_START']);
    expect(p11.alert('SLUTT_OG_START')).toMatchObject({ rule: 'Q14', proposed: [] });
  });
});

describe('S08 two schools report the same youth', () => {
  function atTwoSchools() {
    const p14 = story({ born: '2007-06-06', county: '33' });
    const [main, second] = [started('33012', 'school', true), started('33045', 'school', false)];
    p14.when('2026-08-20T08:00:00Z', main, { effective: '2026-08-17' });
    p14.when('2026-08-20T08:01:00Z', second, { effective: '2026-08-17' });
    return p14;
  }

  it('S08a one of two ends: no tilmelding', () => {
    const p14 = atTwoSchools();
    p14.when('2026-10-03T08:00:00Z', left('33045', 'FV'), { effective: '2026-10-02' });
    expect(p14.registrations()).toEqual([]);
    expect(p14.open()).toEqual([]);
  });

  it.each([
    ['known', atTwoSchools],
    ['not known', () => story({ born: '2007-06-06', county: '33' })],
  ])(
    'S08b both end, enrolments %s: one tilmelding from when all had ended, both reports kept, one review, one alert',
    (_, given) => {
      const p14 = given();
      p14.when('2026-10-01T08:00:00Z', left('33012', 'FV'), { effective: '2026-09-30' });
      p14.when('2026-10-03T08:00:00Z', left('33045', 'FR'), { effective: '2026-10-02' });
      expect(p14.youth().registrations.map(({ effective }) => effective)).toEqual(['2026-10-02']);
      expect(p14.open()).toEqual(['FLERE_SLUTTDATOER', 'NY_TILMELDING']);
      expect(p14.raised('NY_TILMELDING')).toBe(1);
      expect(p14.youth().facts.filter(({ kind }) => kind === 'Left')).toHaveLength(2);
    },
  );

  it('S08a a place of last school year does not hide a dropout', () => {
    const p14 = story({ county: '33' });
    p14.when('2025-08-20T08:00:00Z', started('33045'), { effective: '2025-08-17' });
    p14.when('2026-10-01T08:00:00Z', left('33012', 'FV'), { effective: '2026-09-30' });
    expect(p14.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });
});

describe('S11 a non-show list', () => {
  it('S11 gives the deadlines of R42 from receipt', () => {
    const pupil = story();
    pupil.when(
      '2026-09-08T08:00:00Z',
      { kind: 'NoShow', schoolYear: '2026-27', institution: '40014' },
      { effective: '2026-08-17' },
    );
    expect(pupil.registrations()).toEqual(['ANDRE_GRUNNER OTUK 2026-27']);
    expect(pupil.alert('NY_TILMELDING').deadlines).toEqual([
      { what: 'KONTAKT', date: '2026-09-15', rule: 'R42' },
      { what: 'VEILEDNINGSTIME', date: '2026-09-29', rule: 'R42' },
    ]);
  });

  it('Q6 the county chooses the code of a youth that did not show', () => {
    const pupil = story({ policy: { noShowCode: 'AVBRUTT' } });
    pupil.when('2026-09-08T08:00:00Z', { kind: 'NoShow', schoolYear: '2026-27', institution: null });
    expect(pupil.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  it('S10 IM in B06 is a non-show and no OT code', () => {
    const pupil = story();
    pupil.when('2026-09-08T08:00:00Z', left('40014', 'IM'), { effective: '2026-08-17' });
    expect(pupil.registrations()).toEqual(['ANDRE_GRUNNER OTUK 2026-27']);
  });
});
