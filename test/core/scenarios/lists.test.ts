import { describe, expect, it } from 'vitest';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { contact, left, type Story, started, status, story } from '../../harness/story.ts';

/** What lists lead to; deadlines and ages have their own tests. */
const OURS: ReadonlySet<string> = new Set(['STATUS_FORSLAG', 'BORTE_FRA_SKOLELISTE', 'UTEN_PLANER']);
const open = (youth: Story) => youth.open().filter((kind) => OURS.has(kind));

const SCHOOL = '46301';
const OTHER_SCHOOL = '46302';
const DECLINED: FactBody = { kind: 'PlaceDeclined', schoolYear: '2026-27', code: null, institution: null };

function inList(
  youth: Story,
  moment: string,
  { school = SCHOOL, to = null }: { school?: string; to?: string | null } = {},
) {
  return youth.when(
    moment,
    { kind: 'PupilSeen', institution: school, from: '2026-08-17', to },
    {
      id: `elev:${school}:2026-27`,
      version: Number(moment.slice(0, 10).replaceAll('-', '')),
      effective: '2026-08-17',
    },
  );
}

function goneFrom(youth: Story, moment: string, school = SCHOOL) {
  return youth.when(
    moment,
    { kind: 'Absent', list: `private-school:${school}`, run: `skoleliste-${moment}` },
    { id: `fravaer-${school}-${moment}` },
  );
}

function backIn(youth: Story, moment: string) {
  inList(youth, moment);
  return youth.when(
    moment.replace(':00Z', ':30Z'),
    { kind: 'Present', list: `private-school:${SCHOOL}`, run: `skoleliste-${moment}` },
    { id: `tilstede-${SCHOOL}-${moment}` },
  );
}

function declinedPupil(): Story {
  const p15 = story({ born: '2008-08-12', county: '46' });
  p15.when('2026-09-15T08:00:00Z', DECLINED);
  inList(p15, '2026-09-18T08:00:00Z');
  return p15;
}

describe('I03 the list of a private school against a neisvar', () => {
  it('I03 OTUK is kept, OTVF_IM is proposed with the list and the neisvar known, and the youth counts once', () => {
    const p15 = declinedPupil();
    expect(p15.registrations()).toEqual(['TAKKET_NEI OTUK 2026-27']);
    const proposal = p15.alert('STATUS_FORSLAG');
    expect(proposal).toMatchObject({ proposed: ['OTVF_IM'], rule: 'R22', feed: 'private-school' });
    expect(proposal.evidence).toHaveLength(2);
    expect(p15.raised('NY_TILMELDING')).toBe(1);
  });

  it('I03 the end is the same when the list comes before the neisvar', () => {
    const p15 = story({ born: '2008-08-12', county: '46' });
    inList(p15, '2026-09-14T08:00:00Z');
    p15.when('2026-09-15T08:00:00Z', DECLINED);
    expect(p15.registrations()).toEqual(['TAKKET_NEI OTUK 2026-27']);
    expect(p15.alert('STATUS_FORSLAG').proposed).toEqual(['OTVF_IM']);
  });

  it('I03 the next list without the youth withdraws the proposal and raises a review, and no youth has dropped out', () => {
    const p15 = declinedPupil();
    const before = p15.alert('STATUS_FORSLAG').id;
    const events = goneFrom(p15, '2026-10-09T08:00:00Z');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'AlertWithdrawn',
        alert: expect.objectContaining({ id: before }),
        rule: 'R05',
      }),
    );
    expect(open(p15)).toEqual(['BORTE_FRA_SKOLELISTE']);
    expect(p15.alert('BORTE_FRA_SKOLELISTE')).toMatchObject({
      category: 'review',
      rule: 'R05',
      schoolYear: '2026-27',
      effective: '2026-10-09',
    });
    expect(p15.alert('BORTE_FRA_SKOLELISTE').evidence).toHaveLength(2);
    expect(p15.registrations()).toEqual(['TAKKET_NEI OTUK 2026-27']);
  });

  it('I03 back in a later list, the review goes and the proposal comes back', () => {
    const p15 = declinedPupil();
    goneFrom(p15, '2026-10-09T08:00:00Z');
    backIn(p15, '2026-11-06T08:00:00Z');
    expect(open(p15)).toEqual(['STATUS_FORSLAG']);
  });

  it('I03 an absence that is read after the list in which the youth was back says nothing', () => {
    const p15 = declinedPupil();
    backIn(p15, '2026-11-06T08:00:00Z');
    goneFrom(p15, '2026-10-09T08:00:00Z');
    expect(open(p15)).toEqual(['STATUS_FORSLAG']);
  });

  it('I03 a second list without the youth raises no alert', () => {
    const p15 = declinedPupil();
    goneFrom(p15, '2026-10-09T08:00:00Z');
    expect(goneFrom(p15, '2026-11-06T08:00:00Z').map(({ type }) => type)).toEqual(['FactRecorded']);
  });

  it('a county that asks for two lists is asked after two', () => {
    const youth = story({ county: '46', policy: { schoolAbsencesBeforeReview: 2 } });
    inList(youth, '2026-09-18T08:00:00Z');
    goneFrom(youth, '2026-10-09T08:00:00Z');
    expect(open(youth)).toEqual([]);
    goneFrom(youth, '2026-11-06T08:00:00Z');
    expect(open(youth)).toEqual(['BORTE_FRA_SKOLELISTE']);
  });

  it('the list of one school says nothing about the pupils of another', () => {
    const p15 = declinedPupil();
    goneFrom(p15, '2026-10-09T08:00:00Z', OTHER_SCHOOL);
    expect(open(p15)).toEqual(['STATUS_FORSLAG']);
  });

  it('a pupil who left a public school and is gone from the private one too is not registered by the list', () => {
    const youth = story();
    youth.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-08-14' });
    inList(youth, '2026-10-08T08:00:00Z', { school: '40301' });
    expect(youth.registrations()).toEqual([]);
    goneFrom(youth, '2026-11-06T08:00:00Z', '40301');
    expect(youth.registrations()).toEqual([]);
    expect(youth.open()).toContain('BORTE_FRA_SKOLELISTE');
  });

  it.each<[string, FactBody]>([
    ['a start at another school', started('46014')],
    ['the school’s own word', left(SCHOOL, 'AS')],
  ])('%s answers the question', (_title, body) => {
    const youth = story({ county: '46' });
    inList(youth, '2026-09-18T08:00:00Z');
    goneFrom(youth, '2026-10-09T08:00:00Z');
    youth.when('2026-10-12T08:00:00Z', body, { effective: '2026-10-08' });
    expect(youth.open()).not.toContain('BORTE_FRA_SKOLELISTE');
  });

  it('an adviser who says something after it has answered it', () => {
    const p15 = declinedPupil();
    goneFrom(p15, '2026-10-09T08:00:00Z');
    p15.when('2026-10-12T08:00:00Z', contact);
    p15.when('2026-10-12T08:01:00Z', status('2026-27', 'OTOV'));
    expect(p15.open()).not.toContain('BORTE_FRA_SKOLELISTE');
  });

  it('a pupil who is not in next autumn’s list has finished the year', () => {
    const youth = story({ county: '46' });
    inList(youth, '2026-09-18T08:00:00Z');
    goneFrom(youth, '2027-09-17T08:00:00Z');
    expect(open(youth)).toEqual([]);
  });
});

describe('a last day in the list of a private school', () => {
  it('in the autumn is a question to a human when it comes, and never a dropout', () => {
    const p15 = story({ county: '46' });
    p15.when('2026-09-15T08:00:00Z', DECLINED);
    inList(p15, '2026-09-18T08:00:00Z', { to: '2026-10-01' });
    expect(p15.open()).toContain('STATUS_FORSLAG');
    p15.wait('2026-09-30T22:00:00Z');
    expect(p15.open()).not.toContain('STATUS_FORSLAG');
    expect(p15.alert('BORTE_FRA_SKOLELISTE')).toMatchObject({ effective: '2026-10-01', category: 'review' });
    expect(p15.registrations()).toEqual(['TAKKET_NEI OTUK 2026-27']);
  });

  it('in June is the end of the year', () => {
    const p15 = story({ county: '46' });
    inList(p15, '2026-09-18T08:00:00Z', { to: '2027-06-19' });
    p15.wait('2027-07-01T08:00:00Z');
    expect(open(p15)).toEqual([]);
  });
});

describe('W08 tenth-graders without plans', () => {
  const WITHOUT: FactBody = {
    kind: 'WithoutPlans',
    schoolYear: '2027-28',
    institution: '974565781',
    meeting: null,
  };
  const provenance = { effective: '2027-03-30', id: 'plan-1' };
  const pupil = (body = WITHOUT): Story => {
    const youth = story({ born: '2011-04-16', county: '56' });
    youth.when('2027-03-30T08:00:00Z', body, provenance);
    return youth;
  };

  it('W08 are to be met with by 1 June, ELGS_IM is proposed, and no youth is registered', () => {
    const youth = pupil();
    expect(youth.registrations()).toEqual([]);
    expect(youth.alert('UTEN_PLANER')).toMatchObject({
      category: 'alert',
      rule: 'W08',
      schoolYear: '2027-28',
      minor: 'JA',
      deadlines: [{ what: 'AVKLARINGSMOTE', date: '2027-06-01', rule: 'W08' }],
    });
    expect(youth.alert('STATUS_FORSLAG')).toMatchObject({
      proposed: ['ELGS_IM'],
      rule: 'R33',
      schoolYear: '2026-27',
    });
  });

  it.each([
    ['2027-05-12', '2027-05-12'],
    ['2027-06-10', '2027-06-01'],
  ])('W08 a meeting on %s is due on %s', (meeting, due) => {
    const [deadline] = pupil({ ...WITHOUT, meeting }).alert('UTEN_PLANER').deadlines;
    expect(deadline?.date).toBe(due);
  });

  it('W08 the last day is the county’s own', () => {
    const youth = story({ county: '56', policy: { meetingWithoutPlans: '05-15' } });
    youth.when('2027-03-30T08:00:00Z', WITHOUT, provenance);
    expect(youth.alert('UTEN_PLANER').deadlines[0]?.date).toBe('2027-05-15');
  });

  it.each<[string, FactBody, string]>([
    ['a late application', { kind: 'Applied', schoolYear: '2027-28' }, '2027-04-20'],
    ['a place', started('56014'), '2027-08-19'],
    [
      'a private school’s list',
      { kind: 'PupilSeen', institution: '56301', from: '2027-08-19', to: null },
      '2027-08-19',
    ],
  ])('W08 %s withdraws both', (_title, body, effective) => {
    const youth = pupil();
    youth.when('2027-04-20T08:00:00Z', body, { effective });
    expect(open(youth)).toEqual([]);
  });

  it('W08 an application for another year withdraws nothing', () => {
    const youth = pupil();
    youth.when('2027-04-20T08:00:00Z', { kind: 'Applied', schoolYear: '2026-27' });
    expect(open(youth)).toEqual(['STATUS_FORSLAG', 'UTEN_PLANER']);
  });

  it('W08 the school takes it back', () => {
    const youth = pupil();
    youth.when(
      '2027-04-08T08:00:00Z',
      { kind: 'Annulled', annuls: 'plan-1' },
      { source: 'lower-secondary', feed: 'lower-secondary' },
    );
    expect(open(youth)).toEqual([]);
  });

  it('W08 both lapse when the school year begins: then the non-applicants’ list decides', () => {
    const youth = pupil();
    youth.wait('2027-07-31T22:00:00Z');
    expect(open(youth)).toEqual([]);
  });

  it('W08 an adviser who works preventively has answered the proposal, and still meets the pupil', () => {
    const youth = pupil();
    youth.when('2027-04-02T08:00:00Z', status('2026-27', 'ELGS_IM'));
    expect(open(youth)).toEqual(['UTEN_PLANER']);
    expect(youth.registrations()).toEqual(['null ELGS_IM 2026-27']);
  });
});
