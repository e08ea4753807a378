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

describe('S01 dropout of a minor', () => {
  it('S01 opens one AVBRUTT with OTUK and raises one alert that says minor and band A', () => {
    const p01 = droppedOut();
    expect(p01.youth().registrations).toEqual([
      {
        schoolYear: '2026-27',
        county: '40',
        tilmeldingskode: 'AVBRUTT',
        effective: '2026-10-06',
        owner: '40200',
        status: {
          code: 'OTUK',
          list: 'OT-2016-07',
          group: 1,
          targetGroup: true,
          viaOt: 'UKJENT',
          effective: '2026-10-06',
          setBy: 'RULE',
          rule: 'R01',
        },
      },
    ]);
    expect(p01.open()).toEqual(['NY_TILMELDING']);
    expect(p01.alert('NY_TILMELDING')).toMatchObject({
      category: 'alert',
      rule: 'R01',
      owner: '40200',
      minor: 'JA',
      timeBand: 'A',
      effective: '2026-10-06',
      feed: 'school-dropout',
      deadlines: [
        { what: 'KONTAKT', date: '2026-10-14', rule: 'Q8' },
        { what: 'VEILEDNINGSTIME', date: '2026-10-28', rule: 'Q8' },
      ],
    });
  });

  it('S01 sends no school, reason, birth date or source id in any message', () => {
    const text = JSON.stringify(droppedOut().messages());
    for (const kept of ['40014', 'FV', born, 'avbrudd-1']) expect(text).not.toContain(kept);
  });

  it('S01 sends status, group, alert and projection once each, the group without code, rule or tilmelding', () => {
    const messages = droppedOut().messages();
    expect(messages.map(({ topic, id }) => `${topic} ${id.split('/').slice(1).join('/')}`)).toEqual([
      'status 0/1/1',
      'status-group 0/1/2',
      'alert 0/1/3',
      'ot-ungdom 0/1/0',
    ]);
    expect(Object.keys(messages[1]!.value).sort()).toEqual(
      [
        'county',
        'effective',
        'eventId',
        'group',
        'groupLabel',
        'list',
        'open',
        'org',
        'recorded',
        'ref',
        'schoolYear',
        'targetGroup',
        'version',
      ].sort(),
    );
    expect(messages[1]!.value).toMatchObject({
      open: true,
      group: 1,
      groupLabel: 'Ukjent aktivitet',
      targetGroup: true,
    });
  });

  it('S12 the same report again decides nothing', () => {
    const p01 = droppedOut();
    expect(p01.when('2026-10-08T07:12:00Z', left('40014', 'FV'), DROPOUT)).toEqual([]);
  });

  it('publishes an unknown birth date as unknown', () => {
    const someone = story({ born: null });
    someone.when(REPORTED, left('40014', 'FV'), DROPOUT);
    expect(someone.alert('NY_TILMELDING').minor).toBe('UKJENT');
  });
});

describe('S02 leaving that is not dropping out', () => {
  it.each(['AS', 'AP', 'LA', 'PM', 'UV'])('S02 %s opens no tilmelding', (reason) => {
    const pupil = story();
    pupil.when(REPORTED, left('40014', reason), DROPOUT);
    expect(pupil.registrations()).toEqual([]);
  });

  it.each([
    ['AS', '40022', 'school'],
    ['LA', '987654321', 'apprenticeship'],
  ] as const)(
    'S02 %s becomes a review when no start is seen in time, and the review goes when one is',
    (reason, to, training) => {
      const pupil = story();
      pupil.when(REPORTED, left('40014', reason), DROPOUT);
      expect(pupil.open()).toEqual([]);
      expect(pupil.youth().due).toBe('2026-10-21T07:12:00.000Z');
      pupil.wait('2026-10-21T07:11:59Z');
      expect(pupil.open()).toEqual([]);
      pupil.wait('2026-10-21T07:12:00Z');
      expect(pupil.open()).toEqual(['FORVENTET_START_UTEBLITT']);
      pupil.when('2026-10-22T10:00:00Z', started(to, training), { effective: '2026-10-12' });
      expect(pupil.open()).toEqual([]);
    },
  );

  it('S02 a start in time leaves nothing to wait for', () => {
    const pupil = story();
    pupil.when(REPORTED, left('40014', 'AS'), DROPOUT);
    pupil.when('2026-10-09T10:00:00Z', started('40022'), { effective: '2026-10-08' });
    expect(pupil.youth().due).toBeNull();
  });

  it.each(['PM', 'UV'])('S02 %s gives one quiet review', (reason) => {
    const pupil = story();
    pupil.when(REPORTED, left('40014', reason), DROPOUT);
    expect(pupil.open()).toEqual(['PERMISJON_ELLER_UTVEKSLING']);
    expect(pupil.alert('PERMISJON_ELLER_UTVEKSLING')).toMatchObject({
      timeBand: null,
      deadlines: [],
      rule: 'R40',
    });
  });

  it('S02 AP is silent, and never becomes OTAP', () => {
    const pupil = story();
    pupil.when(REPORTED, left('40014', 'AP'), DROPOUT);
    expect(pupil.open()).toEqual([]);
    expect(JSON.stringify(pupil.messages())).not.toContain('OTAP');
  });
});

describe('S03 at risk, then leaves', () => {
  function atRisk() {
    const p01 = story({ born });
    p01.when('2026-09-21T10:00:00Z', { kind: 'AtRisk', institution: '40014', meeting: '2026-09-25' });
    return p01;
  }

  it('S03 asks for a meeting with the guardian, proposes ELVG_IM and opens nothing', () => {
    const p01 = atRisk();
    expect(p01.registrations()).toEqual([]);
    expect(p01.open()).toEqual(['AVKLARINGSSAMTALE', 'STATUS_FORSLAG']);
    expect(p01.alert('AVKLARINGSSAMTALE')).toMatchObject({
      minor: 'JA',
      rule: 'R41',
      deadlines: [{ what: 'AVKLARINGSSAMTALE', date: '2026-09-25', rule: 'R41' }],
    });
    expect(p01.alert('STATUS_FORSLAG')).toMatchObject({ category: 'proposal', proposed: ['ELVG_IM'] });
  });

  it('S03 keeps a preventive status without a tilmelding', () => {
    const p01 = atRisk();
    p01.when('2026-09-26T10:00:00Z', status('2026-27', 'ELVG_IM', { viaOt: 'NEI' }));
    expect(p01.registrations()).toEqual(['null ELVG_IM 2026-27']);
    expect(p01.open()).toEqual(['AVKLARINGSSAMTALE']);
  });

  it('S03 a dropout starts at OTUK and asks for another code (R34); the preventive history is kept', () => {
    const p01 = atRisk();
    p01.when('2026-09-26T10:00:00Z', status('2026-27', 'ELVG_IM', { viaOt: 'NEI' }));
    p01.when(REPORTED, left('40014', 'FV'), DROPOUT);
    expect(p01.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(p01.open()).toEqual(['NY_TILMELDING', 'STATUS_MA_ENDRES']);
    expect(p01.alert('STATUS_MA_ENDRES').rule).toBe('R34');
    expect(p01.youth().facts.filter(({ kind }) => kind === 'AdviserStatus')).toHaveLength(1);
    p01.when('2026-10-09T10:00:00Z', contact);
    p01.when('2026-10-09T10:01:00Z', status('2026-27', 'OTOV'));
    expect(p01.open()).toEqual(['NY_TILMELDING']);
  });

  it('S03 a dropout dated before the preventive status was set, and received after it, starts at OTUK all the same', () => {
    const p01 = atRisk();
    p01.when('2026-09-26T10:00:00Z', status('2026-27', 'ELVG_IM', { viaOt: 'NEI' }));
    p01.when(REPORTED, left('40014', 'FV'), { ...DROPOUT, effective: '2026-09-20' });
    expect(p01.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });
});

describe('S04 annulment', () => {
  const ANNULLED = { kind: 'Annulled', annuls: 'avbrudd-1' } as const;

  it('S04a without contact the tilmelding is annulled and the same alert withdrawn', () => {
    const p01 = droppedOut();
    const { id } = p01.alert('NY_TILMELDING');
    const events = p01.when('2026-10-08T08:00:00Z', ANNULLED, { source: 'skole:40014' });
    expect(p01.registrations()).toEqual([]);
    expect(p01.open()).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'TilmeldingAnnulled',
        schoolYear: '2026-27',
        county: '40',
        rule: 'R05',
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'AlertWithdrawn', alert: expect.objectContaining({ id }) }),
    );
    expect(
      p01
        .youth()
        .facts.map(({ kind }) => kind)
        .sort(),
    ).toEqual(['Annulled', 'Left']);
  });

  it('S04a the withdrawal carries the id of the alert, and the compacted topic an empty list', () => {
    const p01 = droppedOut();
    p01.when('2026-10-08T08:00:00Z', ANNULLED, { source: 'skole:40014' });
    const alerts = p01.published('alert');
    expect(alerts.map(({ state }) => state)).toEqual(['REIST', 'TRUKKET']);
    expect(alerts[1]?.alertId).toBe(alerts[0]?.alertId);
    expect(p01.published('ot-ungdom').at(-1)?.registrations).toEqual([]);
    expect(p01.published('status-group').at(-1)).toMatchObject({
      open: false,
      group: null,
    });
  });

  it('S04a another source cannot annul it', () => {
    const p01 = droppedOut();
    p01.when('2026-10-08T08:00:00Z', ANNULLED, { source: 'skole:40022' });
    expect(p01.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  it('S04b after contact nothing is deleted; a review proposes what fits', () => {
    const p01 = droppedOut();
    p01.when('2026-10-07T12:00:00Z', contact);
    p01.when('2026-10-07T12:01:00Z', status('2026-27', 'OTOV'));
    p01.when('2026-10-08T08:00:00Z', ANNULLED, { source: 'skole:40014' });
    expect(p01.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
    expect(p01.open()).toEqual(['ANNULLERT_ETTER_KONTAKT', 'NY_TILMELDING']);
    expect(p01.alert('ANNULLERT_ETTER_KONTAKT').proposed).toEqual(['OTEV_IM', 'ELVG_IM']);
    p01.when('2026-10-09T08:00:00Z', status('2026-27', 'OTEV_IM', { viaOt: 'NEI' }));
    expect(p01.open()).toEqual(['NY_TILMELDING']);
  });

  it('S04b contact after the annulment does not bring the tilmelding back', () => {
    const p01 = droppedOut();
    p01.when('2026-10-08T08:00:00Z', ANNULLED, { source: 'skole:40014' });
    p01.when('2026-10-09T12:00:00Z', contact);
    expect(p01.registrations()).toEqual([]);
  });

  it('S04 an annulment of an unknown event waits 24 hours, becomes a review, and goes when the event comes', () => {
    const p01 = story({ born });
    p01.when('2026-10-08T08:00:00Z', ANNULLED, { source: 'skole:40014' });
    p01.wait('2026-10-09T07:59:59Z');
    expect(p01.open()).toEqual([]);
    p01.wait('2026-10-09T08:00:00Z');
    expect(p01.open()).toEqual(['ANNULLERING_UTEN_TREFF']);
    p01.when('2026-10-09T09:00:00Z', left('40014', 'FV'), DROPOUT);
    expect(p01.open()).toEqual([]);
    expect(p01.registrations()).toEqual([]);
    expect(p01.raised('NY_TILMELDING')).toBe(0);
  });
});
