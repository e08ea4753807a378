import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComingOfAge } from '../../../src/core/age/majority.ts';
import { nextChange, permits, stopped } from '../../../src/core/consent/permits.ts';
import { CONSENT_STATES, type ConsentState } from '../../../src/core/youth/statusEvent.ts';
import type { FactOf } from '../../../src/core/youth/youthEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { ofAge, said } from './anyConsent.ts';

const ADULT = ofAge('2004-12-20');
const MINOR = ofAge('2009-03-14');
const NOW = '2026-11-03T08:00:00.000Z';

const isPermitted = (facts: FactOf<'Consent'>[], age: ComingOfAge | null = ADULT, at = NOW) =>
  permits(facts, 'A', age, at).permit;

describe('permits', () => {
  it('denies when there is no answer', () => {
    expect(permits([], 'A', ADULT, NOW)).toEqual({ permit: false, side: 'A', state: 'MANGLER', rule: 'R48' });
  });

  it('permits an adult by the youth’s own yes, from its moment until its end', () => {
    const yes = said('UNGDOM', 'SAMTYKKET', '2026-10-01', '2026-12-01T00:00:00.000Z');
    expect(isPermitted([yes])).toBe(true);
    expect(isPermitted([yes], ADULT, '2026-10-01T07:59:59.999Z')).toBe(false);
    expect(permits([yes], 'A', ADULT, '2026-12-01T00:00:00.000Z')).toMatchObject({
      permit: false,
      state: 'UTLOPT',
    });
  });

  it('denies the other side', () => {
    expect(isPermitted([said('UNGDOM', 'SAMTYKKET', '2026-10-01', null, 'B')])).toBe(false);
  });

  it.each(CONSENT_STATES.filter((state) => state !== 'SAMTYKKET'))('denies on %s', (state) => {
    expect(isPermitted([said('UNGDOM', state, '2026-10-01')])).toBe(false);
  });

  it('needs the guardian of a minor, and every other party on record', () => {
    const guardian = said('FORESATT', 'SAMTYKKET', '2026-10-01', null, 'A', { guardians: 1 });
    expect(isPermitted([said('UNGDOM', 'SAMTYKKET', '2026-10-01')], MINOR)).toBe(false);
    expect(isPermitted([guardian], MINOR)).toBe(true);
    expect(isPermitted([guardian, said('FORESATT2', 'VENTER_PAA_SVAR', '2026-10-01')], MINOR)).toBe(false);
    expect(isPermitted([guardian, said('UNGDOM', 'IKKE_SAMTYKKET', '2026-10-01')], MINOR)).toBe(false);
  });

  it('needs both when the age is not known', () => {
    const guardian = said('FORESATT', 'SAMTYKKET', '2026-10-01', null, 'A', { guardians: 1 });
    const youth = said('UNGDOM', 'SAMTYKKET', '2026-10-01');
    expect([
      isPermitted([guardian], null),
      isPermitted([youth], null),
      isPermitted([guardian, youth], null),
    ]).toEqual([false, false, true]);
  });

  it('does not ask a guardian from the 18th birthday in Oslo (N06)', () => {
    const no = said('FORESATT', 'IKKE_SAMTYKKET', '2026-10-01');
    const yes = said('UNGDOM', 'SAMTYKKET', '2026-10-01');
    expect(isPermitted([no, yes], MINOR, '2027-03-13T22:59:59.999Z')).toBe(false);
    expect(isPermitted([no, yes], MINOR, '2027-03-13T23:00:00.000Z')).toBe(true);
  });

  it('permits nothing on 28 February of the year a leap day child turns 18 (Y04)', () => {
    const both = [
      said('FORESATT', 'SAMTYKKET', '2026-01-01', null, 'A', { guardians: 1 }),
      said('UNGDOM', 'SAMTYKKET', '2026-01-01'),
    ];
    const onDay = (date: string) => isPermitted(both, ofAge('2008-02-29'), `${date}T12:00:00.000Z`);
    expect([onDay('2026-02-27'), onDay('2026-02-28'), onDay('2026-03-01')]).toEqual([true, false, true]);
    expect(isPermitted([both[1]!], ofAge('2008-02-29'), '2026-03-01T12:00:00.000Z')).toBe(true);
  });

  it('takes two different answers of the same moment for no', () => {
    const tie = [said('UNGDOM', 'SAMTYKKET', '2026-10-01'), said('UNGDOM', 'TRUKKET', '2026-10-01')];
    expect(permits(tie, 'A', ADULT, NOW).state).toBe('MOTSTRID');
    expect(isPermitted([...tie, said('UNGDOM', 'SAMTYKKET', '2026-10-02')])).toBe(true);
  });

  it('lets no yes count against a later no, even one that the register has no room for', () => {
    expect(
      isPermitted([
        said('UNGDOM', 'SAMTYKKET', '2026-10-01'),
        said('UNGDOM', 'IKKE_SAMTYKKET', '2026-10-02'),
      ]),
    ).toBe(false);
  });

  it('does not depend on the order in which answers arrive', () => {
    const any = fc.tuple(
      fc.constantFrom('UNGDOM' as const, 'FORESATT' as const),
      fc.constantFrom(...CONSENT_STATES),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 8 }).chain((rows) => {
          const facts = rows.map(([party, state, day]) => said(party, state, `2026-10-0${day}`));
          return fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }));
        }),
        ([one, other]) => {
          for (const age of [ADULT, MINOR, null])
            expect(permits(other, 'A', age, NOW)).toEqual(permits(one, 'A', age, NOW));
        },
      ),
      runs(1_000),
    );
  });
});

describe('an answer that is kept', () => {
  const both = (state: ConsentState, at: string) => [
    said('UNGDOM', state, at, null, 'A'),
    said('UNGDOM', state, at, null, 'B'),
  ];

  it('is stopped by a gap in consent, also when the consent is given again', () => {
    const facts = [
      ...both('SAMTYKKET', '2026-10-01'),
      ...both('TRUKKET', '2026-11-05'),
      ...both('SAMTYKKET', '2026-11-06'),
    ];
    expect(stopped(facts, ADULT, { from: NOW, through: '2026-11-04T00:00:00.000Z' })).toBeNull();
    expect(stopped(facts, ADULT, { from: NOW, through: '2026-12-01T00:00:00.000Z' })).toMatchObject({
      side: 'A',
      state: 'TRUKKET',
    });
  });

  it('is looked at again at the next end date or birthday', () => {
    const facts = [said('FORESATT', 'SAMTYKKET', '2026-10-01', '2027-06-01T00:00:00.000Z')];
    expect(nextChange(facts, MINOR, NOW)).toBe('2027-03-13T23:00:00.000Z');
    expect(nextChange(facts, ADULT, NOW)).toBe('2027-06-01T00:00:00.000Z');
    expect(nextChange([], null, NOW)).toBeNull();
  });
});
