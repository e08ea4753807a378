import { describe, expect, test } from 'vitest';
import { consent } from '../../../adapters/consent/index.ts';
import { type ComingOfAge, comingOfAge } from '../../../src/core/age/majority.ts';
import { sideStanding } from '../../../src/core/consent/standing.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { instantOf } from '../../../src/core/time/date.ts';
import type { FactOf } from '../../../src/core/youth/youthEvent.ts';
import { SAMPLE_END } from '../../../src/local/sample/calendar.ts';
import { sampleYear } from '../../../src/local/sample/population.ts';
import { askedRef, nameTag, pseudonym } from '../../harness/pseudonym.ts';

const COUNTY = countyNumber('38');
const CONTEXT = {
  county: COUNTY,
  activations: {},
  environment: 'test',
  pseudonym,
  nameTag,
  askedRef,
} as const;

const year = sampleYear();
const answers = year.records.filter(({ feed }) => feed === 'consent');
const byYouth = Map.groupBy(answers, ({ fodselsnummer }) => fodselsnummer);

/** As the adapter reads them. */
function factsOf(records: typeof answers): FactOf<'Consent'>[] {
  return records.map(({ at, value }) => {
    const received = instantOf(at);
    const verdict = consent.read({ value, received, envelope: null }, CONTEXT);
    if (verdict.kind !== 'event' || verdict.event.kind !== 'Consent' || verdict.faults !== undefined)
      throw new Error(`${value.id}: ${JSON.stringify(verdict)}`);
    const first = { received, firstReceived: received, firstReceivedOn: received.slice(0, 10) };
    return { ...verdict.event, ...first, versions: [1] };
  });
}

function ofAge(number: string | null): ComingOfAge | null {
  const who = year.identities.find(({ fodselsnummer }) => fodselsnummer === number);
  return comingOfAge(who?.fodselsdato ?? null, defaultPolicy(COUNTY).consentAge);
}

describe('consents of the sample year', () => {
  test('one youth in many is asked, each record is right, and a party’s records come in order', () => {
    expect(byYouth.size).toBe(64);
    for (const [number, records] of byYouth) {
      expect(factsOf(records)[0]?.state).toBe('VENTER_PAA_SVAR');
      expect(ofAge(number)).not.toBeNull();
      for (const { at, value } of records) expect(String(value.tidspunkt) < instantOf(at)).toBe(true);
    }
  });

  test('a minor’s guardian answers, and of some both', () => {
    const parts = [...byYouth.values()].map((records) =>
      [...new Set(records.map(({ value }) => value.part))].sort().join(' '),
    );
    expect([...new Set(parts)].sort()).toEqual(['FORESATT', 'FORESATT FORESATT2', 'UNGDOM']);
  });

  test('at the end there is one of each kind: yes, no, taken back, run out, not answered in time, waiting', () => {
    const states = [...byYouth].map(([number, records]) => {
      // Who has come of age since has lost the guardian's.
      const side = sideStanding(factsOf(records), 'A', ofAge(number), SAMPLE_END);
      return side.state;
    });
    const count = (state: string) => states.filter((each) => each === state).length;
    for (const state of [
      'SAMTYKKET',
      'IKKE_SAMTYKKET',
      'TRUKKET',
      'UTLOPT',
      'SVARFRIST_PASSERT',
      'VENTER_PAA_SVAR',
    ])
      expect(count(state), state).toBeGreaterThan(2);
  });
});
