import { type ComingOfAge, comingOfAge } from '../../../src/core/age/majority.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type {
  ConsentParty,
  ConsentScope,
  ConsentSide,
  ConsentState,
} from '../../../src/core/youth/statusEvent.ts';
import type { FactOf } from '../../../src/core/youth/youthEvent.ts';

export const PARTIES = ['UNGDOM', 'FORESATT', 'FORESATT2'] as const satisfies ConsentParty[];

export function ofAge(born: string): ComingOfAge | null {
  return comingOfAge(born, defaultPolicy(countyNumber('46')).consentAge);
}

let count = 0;

/** @param at a moment, or a date for 08:00 Zulu on it */
export function said(
  party: ConsentParty,
  state: ConsentState,
  at: string,
  validTo: string | null = null,
  side: ConsentSide = 'A',
  more: { scope?: readonly ConsentScope[]; guardians?: 1 | 2 } = {},
): FactOf<'Consent'> {
  count += 1;
  const moment = at.includes('T') ? at : `${at}T08:00:00.000Z`;
  const day = moment.slice(0, 10);
  return {
    feed: 'consent',
    source: 'fiks-samtykke',
    id: `s-${count}`,
    version: 1,
    effective: day,
    reported: null,
    county: countyNumber('46'),
    born: null,
    nameTag: null,
    kind: 'Consent',
    side,
    party,
    state,
    at: moment,
    validTo,
    legalBasis: 'SAMTYKKE',
    ...more,
    received: moment,
    firstReceived: moment,
    firstReceivedOn: day,
    versions: [1],
  };
}
