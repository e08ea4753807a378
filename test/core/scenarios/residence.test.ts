import { describe, expect, test } from 'vitest';
import { contact, left, type Story, status, story } from '../../harness/story.ts';

const lives = (municipality: string) => ({ kind: 'Residence', municipality }) as const;
const abroad = { kind: 'Emigrated' } as const;

/** P12: dropped out in Vestfold, contacted, OTOV. */
function inVestfold(): Story {
  const p12 = story({ born: '2006-10-30', county: '39' });
  p12.when('2026-09-10T08:00:00Z', left('39014', 'FV'));
  p12.when('2026-09-14T08:00:00Z', contact);
  p12.when('2026-09-15T08:00:00Z', status('2026-27', 'OTOV', { unit: '39201' }));
  return p12;
}

/** P13: dropped out in Akershus, OT has not talked to the youth. */
function inAkershus(): Story {
  const p13 = story({ born: '2007-02-19', county: '32' });
  p13.when('2026-09-10T08:00:00Z', left('32014', 'FV'));
  return p13;
}

describe('O06 a youth who moves to another county mid-year', () => {
  test('becomes a proposal and an offer, and stays with the old county', () => {
    const p12 = inVestfold();
    p12.when('2026-11-06T05:00:00Z', lives('4001'), { effective: '2026-11-05', id: 'fr-1' });
    expect(p12.alert('STATUS_FORSLAG')).toMatchObject({
      category: 'proposal',
      rule: 'R35',
      proposed: ['OTFA_IM'],
      county: '39',
      owner: '39201',
      effective: '2026-11-05',
    });
    expect(p12.alert('OVERLEVERING')).toMatchObject({ category: 'alert', toCounty: '40', owner: '39201' });
    expect(p12.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
  });

  test('is offered with the new county’s number and nothing of what OT knows', () => {
    const p12 = inVestfold();
    p12.when('2026-11-06T05:00:00Z', lives('4001'), { effective: '2026-11-05' });
    const offer = p12.published('alert').find(({ kind }) => kind === 'OVERLEVERING');
    expect(offer).toMatchObject({ toCounty: '40', proposed: [], deadlines: [], office: null });
    expect(offer?.reason).toContain('inntakskontoret i eget fylke');
    expect(JSON.stringify(offer)).not.toMatch(/OTOV|FV|39014|4001/);
  });

  test('is as if it had never been when the move is corrected or taken back the next day', () => {
    for (const undo of [
      (p12: Story) => p12.when('2026-11-07T05:00:00Z', lives('3907'), { id: 'fr-1', version: 2 }),
      (p12: Story) =>
        p12.when('2026-11-07T05:00:00Z', { kind: 'Annulled', annuls: 'fr-1' }, { feed: 'folkeregister' }),
    ]) {
      const p12 = inVestfold();
      const before = p12.youth().alerts;
      p12.when('2026-11-06T05:00:00Z', lives('4001'), { effective: '2026-11-05', id: 'fr-1' });
      const raised = p12.youth().alerts.map(({ id }) => id);
      const events = undo(p12);
      expect(p12.youth().alerts).toEqual(before);
      const withdrawn = events.flatMap((event) => (event.type === 'AlertWithdrawn' ? [event.alert.id] : []));
      expect(withdrawn).toHaveLength(2);
      expect(raised).toEqual(expect.arrayContaining(withdrawn));
    }
  });

  test('a new address or another municipality in the same county is no move, however often it is reported', () => {
    const p12 = inVestfold();
    const before = p12.youth().alerts;
    p12.when('2026-11-06T05:00:00Z', lives('3907'), { effective: '2026-11-05' });
    p12.when('2026-11-07T05:00:00Z', lives('3907'), { effective: '2026-11-06' });
    p12.when('2026-11-08T05:00:00Z', lives('3909'), { effective: '2026-11-07' });
    expect(p12.youth().alerts).toEqual(before);
  });

  test('a move that is announced counts from its day', () => {
    const p12 = inVestfold();
    p12.when('2026-11-06T05:00:00Z', lives('4001'), { effective: '2026-12-01' });
    expect(p12.open()).not.toContain('OVERLEVERING');
    p12.wait('2026-12-01T12:00:00Z');
    expect(p12.open()).toContain('OVERLEVERING');
  });

  test('the adviser’s answer settles the proposal and not the offer', () => {
    const p12 = inVestfold();
    p12.when('2026-11-06T05:00:00Z', lives('4001'), { effective: '2026-11-05' });
    p12.when('2026-11-09T08:00:00Z', status('2026-27', 'OTFA_IM'));
    expect(p12.open()).not.toContain('STATUS_FORSLAG');
    expect(p12.open()).toContain('OVERLEVERING');
    expect(p12.registrations()).toEqual(['AVBRUTT OTFA_IM 2026-27']);
  });

  test('a finished school year is left as it was', () => {
    const p12 = inVestfold();
    p12.when('2027-09-06T05:00:00Z', lives('4001'), { effective: '2027-09-05' });
    expect(p12.open()).not.toContain('OVERLEVERING');
  });

  test('who is registered for two school years is proposed in both and offered once', () => {
    const p12 = inVestfold();
    p12.when('2027-03-15T08:00:00Z', { kind: 'NotApplied', schoolYear: '2027-28' });
    p12.when('2027-04-02T05:00:00Z', lives('4001'), { effective: '2027-04-01' });
    const kinds = p12.youth().alerts.map(({ kind, schoolYear }) => `${kind} ${schoolYear}`);
    expect(kinds).toContain('STATUS_FORSLAG 2026-27');
    expect(kinds).toContain('STATUS_FORSLAG 2027-28');
    expect(kinds.filter((kind) => kind.startsWith('OVERLEVERING'))).toEqual(['OVERLEVERING 2026-27']);
  });

  test('a person OT does not know may move without an alert', () => {
    const unknown = story({ county: '39' });
    unknown.when('2026-11-06T05:00:00Z', lives('4001'));
    unknown.when('2026-11-07T05:00:00Z', abroad);
    unknown.when('2026-11-08T05:00:00Z', lives('3907'));
    expect(unknown.open()).toEqual([]);
  });
});

describe('Q15 residence decides', () => {
  test('a youth who goes to school here and lives elsewhere is the other county’s', () => {
    const pupil = story({ county: '39' });
    pupil.when('2026-09-01T08:00:00Z', lives('4003'), { effective: '2019-08-01' });
    pupil.when('2026-10-07T08:00:00Z', left('39014', 'FV'));
    expect(pupil.alert('OVERLEVERING')).toMatchObject({ toCounty: '40' });
  });

  test('a room in another county is no move: Folkeregisteret says nothing, so nothing follows', () => {
    const pupil = story({ county: '39' });
    pupil.when('2026-09-01T08:00:00Z', lives('3907'), { effective: '2019-08-01' });
    pupil.when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    expect(pupil.open()).toEqual(['NY_TILMELDING']);
  });
});

describe('O08 abroad', () => {
  test('emigration is a proposal; the status is kept until an adviser says otherwise', () => {
    const p13 = inAkershus();
    p13.when('2026-10-02T05:00:00Z', abroad, { effective: '2026-10-01' });
    expect(p13.alert('STATUS_FORSLAG')).toMatchObject({ rule: 'R36', proposed: ['OTFU_IM'] });
    expect(p13.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  test('OTOV for a youth who is followed actively answers the proposal (R38)', () => {
    const p13 = inAkershus();
    p13.when('2026-10-02T05:00:00Z', abroad, { effective: '2026-10-01' });
    p13.when('2026-10-05T08:00:00Z', contact);
    p13.when('2026-10-06T08:00:00Z', status('2026-27', 'OTOV'));
    expect(p13.open()).not.toContain('STATUS_FORSLAG');
    expect(p13.registrations()).toEqual(['AVBRUTT OTOV 2026-27']);
  });

  test.each(['OTEV', 'OTEV_IM'])('a pupil abroad with %s is not asked to be OTFU_IM (R21)', (code) => {
    const p13 = inAkershus();
    p13.when('2026-09-20T08:00:00Z', contact);
    p13.when('2026-09-21T08:00:00Z', status('2026-27', code, { viaOt: code === 'OTEV' ? 'JA' : 'NEI' }));
    p13.when('2026-10-02T05:00:00Z', abroad, { effective: '2026-10-01' });
    expect(p13.open()).not.toContain('STATUS_FORSLAG');
  });

  test('an exchange pupil (UV) is neither registered nor proposed anything', () => {
    const pupil = story({ county: '32' });
    pupil.when('2026-08-10T08:00:00Z', left('32014', 'UV'));
    pupil.when('2026-08-12T05:00:00Z', abroad, { effective: '2026-08-11' });
    expect(pupil.registrations()).toEqual([]);
    expect(pupil.open()).toEqual(['PERMISJON_ELLER_UTVEKSLING']);
  });

  test('an exchange pupil who was registered is not proposed OTFU_IM', () => {
    const pupil = story({ county: '32' });
    pupil.when('2026-08-02T08:00:00Z', { kind: 'NotApplied', schoolYear: '2026-27' });
    pupil.when('2026-08-10T08:00:00Z', left('32014', 'UV'));
    pupil.when('2026-08-12T05:00:00Z', abroad, { effective: '2026-08-11' });
    expect(pupil.open()).not.toContain('STATUS_FORSLAG');
  });

  test('coming back is a review and never OTUK by itself; the adviser’s next status answers it', () => {
    const p13 = inAkershus();
    p13.when('2026-10-02T05:00:00Z', abroad, { effective: '2026-10-01' });
    p13.when('2026-10-06T08:00:00Z', status('2026-27', 'OTFU_IM'));
    p13.when('2027-01-16T05:00:00Z', lives('3201'), { effective: '2027-01-15' });
    expect(p13.alert('INNVANDRET')).toMatchObject({ category: 'review', rule: 'R36', schoolYear: '2026-27' });
    expect(p13.registrations()).toEqual(['AVBRUTT OTFU_IM 2026-27']);
    // Another address in the county does not answer it.
    p13.when('2027-01-20T05:00:00Z', lives('3203'), { effective: '2027-01-19' });
    expect(p13.open()).toContain('INNVANDRET');
    p13.when('2027-01-21T08:00:00Z', contact);
    p13.when('2027-01-22T08:00:00Z', status('2026-27', 'OTOV'));
    expect(p13.open()).not.toContain('INNVANDRET');
  });

  test('coming back to another county is that county’s', () => {
    const p13 = inAkershus();
    p13.when('2026-10-02T05:00:00Z', abroad, { effective: '2026-10-01' });
    p13.when('2027-01-16T05:00:00Z', lives('0301'), { effective: '2027-01-15' });
    expect(p13.open()).not.toContain('INNVANDRET');
    expect(p13.alert('OVERLEVERING')).toMatchObject({ toCounty: '03' });
  });
});
