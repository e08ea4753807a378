import { describe, expect, test } from 'vitest';
import { type Answers, differences, disagreements, failOn } from './answers.ts';
import { canonicalText } from './canonicalText.ts';
import { figure } from './comparisonTable.ts';

const ANSWERS: Answers = {
  youths: new Map([
    ['a1', 'facts=1 version=1'],
    ['b2', 'facts=2 version=1'],
  ]),
  events: 7,
  outcomes: { applied: 7, duplicate: 1 },
  messages: { status: 4, alert: 2 },
};

describe('answers of two builds', () => {
  test('are equal whatever order they were read in', () => {
    const youths = new Map([...ANSWERS.youths].reverse());
    expect(differences(ANSWERS, { ...ANSWERS, youths })).toEqual([]);
    const runs = [
      { name: 'this', answers: ANSWERS },
      { name: 'other', answers: { ...ANSWERS, youths } },
    ];
    expect(() => failOn(disagreements(runs))).not.toThrow();
  });

  test.each<[string, Partial<Answers>, string]>([
    [
      'a youth of another state',
      { youths: new Map([...ANSWERS.youths, ['b2', 'facts=3 version=1']]) },
      '1 of 2 youths differ in facts, the first is b2',
    ],
    ['a youth less', { youths: new Map([['a1', 'facts=1 version=1']]) }, 'youths: 2 and 1'],
    [
      'a youth more',
      { youths: new Map([...ANSWERS.youths, ['c3', 'facts=3 version=1']]) },
      'youths: 2 and 3',
    ],
    ['an event more', { events: 8 }, 'events: 7 and 8'],
    ['a record that ended otherwise', { outcomes: { applied: 8 } }, 'records that are applied: 7 and 8'],
    ['a message less on a topic', { messages: { status: 3, alert: 2 } }, 'messages on status: 4 and 3'],
    ['a topic without a message count', { messages: { status: 4 } }, 'messages on alert: 2 and none'],
  ])('%s is a difference, and fails the run', (_what, changes, line) => {
    const other = { ...ANSWERS, ...changes };
    expect(differences(ANSWERS, other)).toContain(line);
    const runs = [
      { name: 'this', answers: ANSWERS },
      { name: 'this', answers: ANSWERS },
      { name: 'other', answers: other },
    ];
    expect(() => failOn(disagreements(runs))).toThrow(`this and other: ${line}`);
  });

  test('nothing at all is no answer', () => {
    expect(disagreements([])).toHaveLength(1);
    const empty = { ...ANSWERS, youths: new Map() };
    expect(differences(empty, empty)).toEqual(['there is no youth']);
  });

  test('events that the builds keep differently are not compared', () => {
    expect(differences(ANSWERS, { ...ANSWERS, events: null })).toEqual([]);
  });
});

test('two equal states have one text, whatever order their names were written in', () => {
  const one = { facts: [{ id: 1, source: 'ot' }], due: null };
  const other = { due: null, facts: [{ source: 'ot', id: 1 }] };
  expect(canonicalText(one)).toBe(canonicalText(other));
  expect(canonicalText(one)).not.toBe(canonicalText({ ...one, facts: [{ id: 2, source: 'ot' }] }));
  expect(canonicalText([1, 2])).not.toBe(canonicalText([2, 1]));
});

test('a figure has both medians and their ratio, and is left out where there is none', () => {
  expect(
    figure(
      'follow-up',
      'records/s',
      [
        [1, 3],
        [4, 4],
      ],
      0,
    )?.split(/\s{2,}/),
  ).toEqual(['follow-up', 'records/s', '2', '4', '0.50']);
  expect(figure('follow-up', 'bytes allocated', [[Number.NaN], [1]], 0)).toBeUndefined();
});
