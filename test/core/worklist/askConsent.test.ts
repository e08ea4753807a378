import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideStanding } from '../../../src/core/consent/standing.ts';
import { toAsk } from '../../../src/core/consent/toAsk.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { startWorklist, WORKLISTS } from '../../../src/core/worklist/worklists.ts';
import { CONSENT_STATES, type ConsentState } from '../../../src/core/youth/statusEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { consent, contact, left, type Story, status, story } from '../../harness/story.ts';
import { ofAge, PARTIES, said } from '../consent/anyConsent.ts';

const TODAY = '2026-11-03';
const OCTOBER = '2026-10-07T08:00:00.000Z';

function dropout(born: string | null = '2006-06-21') {
  const youth = story({ born });
  youth.when('2026-10-06T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
  return youth;
}

type Answer = [side: 'A' | 'B', party: (typeof PARTIES)[number], state: ConsentState, validTo?: string];

function answered(youth: Story, ...answers: Answer[]) {
  for (const [side, party, state, validTo] of answers)
    youth.when('2026-10-07T08:00:00Z', consent(side, party, state, OCTOBER, validTo));
  return youth;
}

function rows(youth: Story, today = TODAY) {
  const list = startWorklist(WORKLISTS['ask-consent'], { today, policy: defaultPolicy(countyNumber('40')) });
  list.add(personRef('ref-1'), youth.youth());
  const { rows: made, leftOut } = list.finish();
  expect(leftOut).toBe(0);
  return made;
}

/** `UNGDOM A MANGLER B MANGLER`, one for each party. */
const asks = (youth: Story, today = TODAY) =>
  rows(youth, today).flatMap(({ ask }) =>
    ask.map(({ party, sides }) => [party, ...sides.map(({ side, state }) => `${side} ${state}`)].join(' ')),
  );

describe('whom to ask for consent', () => {
  it('is an adult alone, about both sides', () => {
    expect(asks(dropout())).toEqual(['UNGDOM A MANGLER B MANGLER']);
    expect(rows(dropout())).toMatchObject([{ rule: 'R48', schoolYear: '2026-27', owner: '40200' }]);
  });

  it('is the youth and the guardian of a minor, and both guardians about both sides once a record names the second', () => {
    const minor = dropout('2009-06-21');
    expect(asks(minor)).toEqual(['UNGDOM A MANGLER B MANGLER', 'FORESATT A MANGLER B MANGLER']);
    answered(minor, ['A', 'FORESATT', 'SAMTYKKET'], ['A', 'FORESATT2', 'SVARFRIST_PASSERT']);
    expect(asks(minor)).toEqual([
      'UNGDOM A MANGLER B MANGLER',
      'FORESATT2 A SVARFRIST_PASSERT B MANGLER',
      'FORESATT B MANGLER',
    ]);
  });

  it('is first of all how many guardians a minor has, until a record says so: never a guess', () => {
    const minor = dropout('2009-06-21');
    const first = (youth: Story) => rows(youth)[0]?.reason?.split(':')[0];
    const unknown = 'Det er ikke kjent om én eller to har foreldreansvar';
    expect(first(minor)).toBe(unknown);
    const yes = (side: 'A' | 'B', guardians?: 1 | 2) => ({
      ...consent(side, 'UNGDOM', 'SAMTYKKET', OCTOBER),
      party: 'FORESATT' as const,
      ...(guardians !== undefined && { guardians }),
    });
    // All who have been asked have said yes, and still the task is open.
    minor.when('2026-10-07T08:00:00Z', yes('A'));
    minor.when('2026-10-07T08:00:00Z', yes('B'));
    answered(minor, ['A', 'UNGDOM', 'SAMTYKKET'], ['B', 'UNGDOM', 'SAMTYKKET']);
    expect([asks(minor), first(minor)]).toEqual([[], unknown]);
    const two = dropout('2009-06-21');
    two.when('2026-10-07T08:00:00Z', yes('A', 2));
    two.when('2026-10-07T08:00:00Z', yes('B'));
    answered(two, ['A', 'UNGDOM', 'SAMTYKKET'], ['B', 'UNGDOM', 'SAMTYKKET']);
    expect(asks(two)).toEqual(['FORESATT2 A MANGLER B MANGLER']);
    const one = dropout('2009-06-21');
    one.when('2026-10-07T08:00:00Z', yes('A', 1));
    one.when('2026-10-07T08:00:00Z', yes('B'));
    answered(one, ['A', 'UNGDOM', 'SAMTYKKET'], ['B', 'UNGDOM', 'SAMTYKKET']);
    expect(rows(one)).toEqual([]);
    // A no settles it, and so does the birthday.
    const no = dropout('2009-06-21');
    answered(no, ['A', 'UNGDOM', 'IKKE_SAMTYKKET'], ['B', 'UNGDOM', 'TRUKKET']);
    expect(rows(no)).toEqual([]);
    expect(rows(minor, '2027-06-21')).toEqual([]);
  });

  it('is no guardian while the age is not known', () => {
    const youth = answered(dropout(null), ['A', 'FORESATT', 'UTLOPT']);
    expect(asks(youth)).toEqual(['UNGDOM A MANGLER B MANGLER']);
    expect(rows(youth)[0]?.reason).toContain('Fødselsdatoen er ukjent');
  });

  it('is the youth, and no longer the guardian, from the birthday', () => {
    const youth = answered(
      dropout('2009-03-14'),
      ['A', 'FORESATT', 'SAMTYKKET'],
      ['B', 'FORESATT', 'SAMTYKKET'],
    );
    expect(asks(youth, '2027-03-13')).toEqual([]);
    expect(asks(youth, '2027-03-14')).toEqual(['UNGDOM A MANGLER B MANGLER']);
  });

  it('is none on the day on which a leap day child’s guardian no longer counts and the youth not yet (Y04)', () => {
    const youth = story({ born: '2008-02-29' });
    youth.when('2025-10-06T08:00:00Z', left('40014', 'FV'), { effective: '2025-10-06' });
    expect(asks(youth, '2026-02-27')).toHaveLength(2);
    expect(asks(youth, '2026-02-28')).toEqual([]);
    expect(asks(youth, '2026-03-01')).toEqual(['UNGDOM A MANGLER B MANGLER']);
  });

  it.each(['UTLOPT', 'SVARFRIST_PASSERT'] as const)('%s is asked again, and says so', (state) => {
    const youth = answered(dropout(), ['A', 'UNGDOM', state], ['B', 'UNGDOM', 'SAMTYKKET']);
    expect(asks(youth)).toEqual([`UNGDOM A ${state}`]);
  });

  it.each(['IKKE_SAMTYKKET', 'TRUKKET'] as const)('%s is never asked again', (state) => {
    const youth = answered(dropout(), ['A', 'UNGDOM', state], ['B', 'UNGDOM', 'SAMTYKKET']);
    expect(rows(youth)).toEqual([]);
  });

  it('a consent that ends, and a question whose deadline passes, are asked for on that day, and not before', () => {
    const end = '2026-11-03T00:00:00.000Z';
    const youth = answered(
      dropout(),
      ['A', 'UNGDOM', 'SAMTYKKET', end],
      ['B', 'UNGDOM', 'VENTER_PAA_SVAR', end],
    );
    expect(asks(youth, '2026-11-02')).toEqual([]);
    expect(asks(youth, '2026-11-03')).toEqual(['UNGDOM A UTLOPT B SVARFRIST_PASSERT']);
  });

  it('two different answers of one moment are asked about', () => {
    const youth = answered(
      dropout(),
      ['B', 'UNGDOM', 'SAMTYKKET'],
      ['A', 'UNGDOM', 'SAMTYKKET'],
      ['A', 'UNGDOM', 'TRUKKET'],
    );
    expect(asks(youth)).toEqual(['UNGDOM A MOTSTRID']);
    expect(rows(youth)[0]?.evidence).toHaveLength(2);
  });

  it.each(['FORTROLIG', 'STRENGT_FORTROLIG'] as const)('is no one at a protected address (%s)', (grade) => {
    const youth = dropout();
    youth.when('2026-10-08T08:00:00Z', { kind: 'Protection', grade });
    expect(rows(youth)).toEqual([]);
  });

  it('is no one outside the target group, of another school year, or without a registration', () => {
    const away = dropout();
    away.when('2026-10-08T08:00:00Z', contact);
    away.when('2026-10-09T08:00:00Z', status('2026-27', 'OTFA_IM', { grounds: ['FLYTTET_FYLKE'] }));
    expect(away.registrations()).toEqual(['AVBRUTT OTFA_IM 2026-27']);
    expect([
      ...rows(away),
      ...rows(dropout(), '2025-11-03'),
      ...rows(answered(story({ born: '2006-06-21' }))),
    ]).toEqual([]);
  });
});

describe('any answers', () => {
  const states = fc.option(fc.constantFrom(...CONSENT_STATES));
  const people = fc.record({
    age: fc.constantFrom(ofAge('2009-03-14'), ofAge('2004-12-20'), ofAge('2008-02-29'), null),
    answers: fc.tuple(states, states, states),
  });
  const MOMENT = '2026-11-03T08:00:00.000Z';

  it('no party that has said yes or no is asked, none where any has said no, and all others where the side does not hold', () => {
    fc.assert(
      fc.property(people, ({ age, answers }) => {
        const facts = answers.flatMap((state, at) =>
          state === null ? [] : [said(PARTIES[at]!, state, '2026-10-01')],
        );
        const side = sideStanding(facts, 'A', age, MOMENT);
        const asked = toAsk([side]).map(({ party }) => party);
        const guardians = age !== null && MOMENT.slice(0, 10) < age.guardianEnds;
        const heard = guardians || age === null ? answers : [answers[0]];
        if (side.permit || heard.some((state) => state === 'IKKE_SAMTYKKET' || state === 'TRUKKET')) {
          expect(asked).toEqual([]);
          return;
        }
        const open = PARTIES.filter((party, at) => {
          if (party !== 'UNGDOM' && !guardians) return false;
          if (party === 'FORESATT2' && answers[at] === null) return false;
          return answers[at] !== 'SAMTYKKET' && answers[at] !== 'VENTER_PAA_SVAR';
        });
        expect(asked.toSorted()).toEqual([...open].sort());
      }),
      runs(2_000),
    );
  });
});
