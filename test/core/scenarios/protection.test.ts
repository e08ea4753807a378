import { describe, expect, test } from 'vitest';
import type { OutboxMessage, OutTopic } from '../../../src/core/messages/messages.ts';
import { gradeOn } from '../../../src/core/protection/grade.ts';
import type { FactBody, ProtectionGrade } from '../../../src/core/youth/statusEvent.ts';
import { contact, left, type Story, started, status, story } from '../../harness/story.ts';

const protection = (grade: ProtectionGrade): FactBody => ({ kind: 'Protection', grade });

function p08(grade: ProtectionGrade): Story {
  const youth = story({ born: '2007-09-17', county: '18' });
  youth.when('2026-09-01T06:00:00Z', protection(grade), { effective: '2026-09-01', id: 'fr-7' });
  return youth;
}

/** Everything that leaves, save the topic's own name and the organisation, which is there for every youth. */
function textOf(messages: readonly OutboxMessage[]): string {
  return JSON.stringify(
    messages.map(({ topic, value: { eventId: _, org: __, ...value } }) => ({ topic, value })),
  );
}

const last = <T extends OutTopic>(youth: Story, topic: T) => youth.published(topic).at(-1);

describe('D01 a youth with a strictly confidential address (kode 6)', () => {
  test('is published without county, municipality, unit, office or school, and not at all outside OT', () => {
    const youth = p08('STRENGT_FORTROLIG');
    youth.when('2026-09-02T06:00:00Z', { kind: 'Residence', municipality: '1804' });
    youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    youth.when('2026-10-08T08:00:00Z', contact);
    youth.when('2026-10-09T08:00:00Z', status('2026-27', 'OTOV', { unit: '18201' }));
    youth.when(
      '2026-11-06T06:00:00Z',
      { kind: 'Residence', municipality: '5501' },
      { effective: '2026-11-05' },
    );
    const messages = youth.messages();
    expect(new Set(messages.map(({ topic }) => topic))).toEqual(
      new Set(['status', 'alert-protected', 'ot-ungdom']),
    );
    for (const { value } of messages) expect(value).toMatchObject({ protection: 'STRENGT_FORTROLIG' });
    expect(textOf(messages)).not.toMatch(/"18"|"55"|1804|5501|18014|18200|18201/);
    expect(youth.open()).toContain('OVERLEVERING');
  });

  test('is hidden in what has been published already from the moment the grade is known', () => {
    const youth = story({ county: '18' });
    youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    const before = youth.messages().length;
    youth.when('2026-10-08T06:00:00Z', protection('STRENGT_FORTROLIG'), { effective: '2026-10-08' });
    const after = youth.messages().slice(before);
    expect(after.map(({ topic }) => topic)).toEqual([
      ...['status-group', 'status', 'alert', 'alert-protected', 'ot-ungdom'],
    ]);
    expect(after[0]?.value).toMatchObject({ open: false, county: null, schoolYear: null, group: null });
    // Gone for all of OT, and from now on for the named advisers.
    expect(after[2]?.value).toMatchObject({ state: 'TRUKKET', kind: 'NY_TILMELDING', owner: null });
    expect(after[3]?.value).toMatchObject({ state: 'ENDRET', kind: 'NY_TILMELDING', owner: null });
    expect(after[4]?.value).toMatchObject({ registrations: [{ county: null, owner: null, code: 'OTUK' }] });
    expect(textOf(after)).not.toMatch(/"18"|18014|18200/);
  });

  test('is shown again, also outside OT, when the grade is lifted, and only from its day', () => {
    const youth = p08('STRENGT_FORTROLIG');
    youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    youth.when('2026-11-01T06:00:00Z', protection('UGRADERT'), { effective: '2026-12-01', id: 'fr-8' });
    expect(last(youth, 'ot-ungdom')?.protection).toBe('STRENGT_FORTROLIG');
    youth.wait('2026-12-01T12:00:00Z');
    expect(last(youth, 'ot-ungdom')).toMatchObject({
      protection: 'UGRADERT',
      registrations: [{ county: '18', owner: '18200' }],
    });
    expect(last(youth, 'status-group')).toMatchObject({ open: true, county: '18', group: 1 });
    expect(last(youth, 'alert')).toMatchObject({ state: 'ENDRET', owner: '18200' });
    expect(last(youth, 'alert-protected')).toMatchObject({ state: 'TRUKKET' });
  });

  test('an alert that ends with the record that hides the youth ends where it was, and is nowhere else', () => {
    const youth = story({ county: '18' });
    youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    youth.when('2026-10-08T06:00:00Z', protection('STRENGT_FORTROLIG'), { effective: '2026-10-08' });
    youth.when('2026-10-09T08:00:00Z', started('18014'));
    expect(youth.published('alert').map(({ state }) => state)).toEqual(['REIST', 'TRUKKET']);
    expect(youth.published('alert-protected').map(({ state }) => state)).toEqual(['ENDRET', 'TRUKKET']);
  });

  test('a grade for a coming date holds as soon as it is known', () => {
    const youth = story({ county: '18' });
    youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    youth.when('2026-10-08T06:00:00Z', protection('STRENGT_FORTROLIG'), { effective: '2026-12-01' });
    expect(last(youth, 'ot-ungdom')?.protection).toBe('STRENGT_FORTROLIG');
  });

  test('no grade is published for a youth who was never published', () => {
    expect(p08('STRENGT_FORTROLIG').messages()).toEqual([]);
    const youth = story({ county: '18' });
    youth.when('2026-08-20T08:00:00Z', { kind: 'Applied', schoolYear: '2026-27' });
    youth.when('2026-09-01T06:00:00Z', protection('STRENGT_FORTROLIG'));
    expect(youth.messages()).toEqual([]);
  });

  test('the change of grade is in the history with its rule', () => {
    const youth = story({ county: '18' });
    youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    expect(youth.when('2026-10-20T06:00:00Z', protection('STRENGT_FORTROLIG'))).toContainEqual({
      type: 'ProtectionChanged',
      from: 'UGRADERT',
      to: 'STRENGT_FORTROLIG',
      rule: 'D01',
    });
  });
});

describe('D01 a youth with a confidential address (kode 7)', () => {
  test('is published with county and unit, marked, and never with the school', () => {
    const youth = p08('FORTROLIG');
    youth.when('2026-10-07T08:00:00Z', left('18014', 'FV'));
    expect(last(youth, 'status')).toMatchObject({
      protection: 'FORTROLIG',
      county: '18',
      owner: '18200',
    });
    expect(last(youth, 'status-group')).toMatchObject({ open: true, county: '18' });
    expect(textOf(youth.messages())).not.toContain('18014');
  });
});

describe('gradeOn', () => {
  const factsOf = (...grades: [string, ProtectionGrade][]) => {
    const youth = story({ county: '18' });
    grades.forEach(([effective, grade], n) => {
      youth.when(`2026-08-0${n + 1}T08:00:00Z`, protection(grade), { effective });
    });
    return youth.youth().facts;
  };

  test('is the latest grade, and a coming stricter one before its day', () => {
    const facts = factsOf(
      ['2026-01-01', 'FORTROLIG'],
      ['2026-06-01', 'UGRADERT'],
      ['2026-09-01', 'STRENGT_FORTROLIG'],
    );
    expect(gradeOn(facts, '2025-12-31')).toBe('STRENGT_FORTROLIG');
    expect(gradeOn(facts.slice(0, 2), '2026-05-31')).toBe('FORTROLIG');
    expect(gradeOn(facts.slice(0, 2), '2026-06-01')).toBe('UGRADERT');
    expect(gradeOn(facts, '2026-09-01')).toBe('STRENGT_FORTROLIG');
  });

  test('is not graded when nothing is known, or when it was taken back', () => {
    expect(gradeOn([], '2026-09-01')).toBe('UGRADERT');
    const youth = p08('STRENGT_FORTROLIG');
    youth.when('2026-09-02T06:00:00Z', { kind: 'Annulled', annuls: 'fr-7' }, { feed: 'folkeregister' });
    expect(gradeOn(youth.youth().facts, '2026-09-10')).toBe('UGRADERT');
  });
});
