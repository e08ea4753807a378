import type { ComingOfAge } from '../age/majority.ts';
import { whoConsents } from '../rules/consent.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import { osloDate } from '../time/oslo.ts';
import {
  CONSENT_PARTIES,
  CONSENT_SCOPES,
  type ConsentParty,
  type ConsentScope,
  type ConsentSide,
} from '../youth/statusEvent.ts';
import type { FactOf } from '../youth/youthEvent.ts';
import { guardiansAt } from './guardians.ts';
import { type SideState, type StandingState, stepTo } from './transitions.ts';

// How the answers of one side are at a moment, party by party.

type Consent = FactOf<'Consent'>;

/** Of several parties' states the one that says most about why a side is denied: a no is never shown as a consent that
 *  ran out, and what ran out never as one that was not asked for (N08). */
const WEIGHTIEST_FIRST: readonly StandingState[] = [
  'IKKE_SAMTYKKET',
  'TRUKKET',
  'MOTSTRID',
  'UTLOPT',
  'SVARFRIST_PASSERT',
  'VENTER_PAA_SVAR',
  'MANGLER',
];

/** minor and adult by the consent age; between: born 29 February, on the day on which neither counts (Y04). */
export type AgeClass = 'minor' | 'adult' | 'between' | 'unknown';

export interface PartyStanding {
  party: ConsentParty;
  /** Must have said yes; without that it must only not be against. */
  needed: boolean;
  state: StandingState;
  /** What a yes that holds names besides; empty of any other answer. */
  scope: readonly ConsentScope[];
}

export interface SideStanding {
  side: ConsentSide;
  age: AgeClass;
  permit: boolean;
  /** SAMTYKKET when permitted; otherwise the weightiest of the parties that stop it. FORESATTE_UKJENT: no party stops it, but
   *  it is not known whether there is another guardian to ask. */
  state: SideState;
  /** How many guardians have to answer; null: not known, or none has. */
  guardians: 1 | 2 | null;
  /** What all parties that count have named; empty unless permitted. */
  scope: readonly ConsentScope[];
  /** Those that have to answer, and those that have. Of an adult the youth alone: guardians are not asked, and what they
   *  said no longer counts, neither yes nor no (N06). */
  parties: readonly PartyStanding[];
}

/** @param ofAge by the policy's consent age; null when the birth date is not known */
export function sideStanding(
  consents: readonly Consent[],
  side: ConsentSide,
  ofAge: ComingOfAge | null,
  at: IsoInstant,
): SideStanding {
  const age = ageClass(ofAge, osloDate(at));
  if (whoConsents.applies({ age }) || age === 'between')
    return { side, age, permit: false, state: 'MANGLER', guardians: null, scope: [], parties: [] };
  const guardians = age === 'adult' ? null : guardiansAt(consents, at);
  const parties = partiesOf(consents, side, { age, guardians }, at);
  const stopping = parties.filter(({ state }) => state !== 'SAMTYKKET');
  const stopped = WEIGHTIEST_FIRST.find((each) => stopping.some((party) => party.state === each));
  const unknown = age !== 'adult' && guardians === null ? 'FORESATTE_UKJENT' : 'SAMTYKKET';
  const state: SideState = stopped ?? unknown;
  const permit = state === 'SAMTYKKET';
  // A party that has said yes to less has said yes to that alone.
  const scope = permit ? namedByAll(parties) : [];
  return { side, age, permit, state, guardians, scope, parties };
}

/** Changes that the register of consents does not allow (N07): a «no» cannot be withdrawn. */
export function impossibleChanges(consents: readonly Consent[], side: ConsentSide): Consent[] {
  const impossible: Consent[] = [];
  for (const party of CONSENT_PARTIES) walk(consents, side, party, '9999', (fact) => impossible.push(fact));
  return impossible;
}

function partiesOf(
  consents: readonly Consent[],
  side: ConsentSide,
  { age, guardians }: { age: 'minor' | 'adult' | 'unknown'; guardians: 1 | 2 | null },
  at: IsoInstant,
): PartyStanding[] {
  const must = partiesThatMust(age, guardians);
  return (
    CONSENT_PARTIES.filter((party) => party === 'UNGDOM' || age !== 'adult')
      // One that is no longer a guardian has no say.
      .filter((party) => party !== 'FORESATT2' || guardians === 2)
      .map((party) => ({ party, needed: must.includes(party), ...standing(consents, side, party, at) }))
      .filter(({ needed, state }) => needed || state !== 'MANGLER')
  );
}

/** Of a guardian's consent that of both, where there are two. */
function partiesThatMust(age: 'minor' | 'adult' | 'unknown', guardians: 1 | 2 | null): ConsentParty[] {
  const must = [...whoConsents.parties[age]];
  return guardians === 2 && must.includes('FORESATT') ? [...must, 'FORESATT2'] : must;
}

function ageClass(ofAge: ComingOfAge | null, date: IsoDate): AgeClass {
  if (ofAge === null) return 'unknown';
  if (date < ofAge.guardianEnds) return 'minor';
  return date < ofAge.youthBegins ? 'between' : 'adult';
}

function standing(
  consents: readonly Consent[],
  side: ConsentSide,
  party: ConsentParty,
  at: IsoInstant,
): Pick<PartyStanding, 'state' | 'scope'> {
  const { state, validTo, scope } = walk(consents, side, party, at, () => undefined);
  if (validTo === null || validTo > at) return { state, scope: state === 'SAMTYKKET' ? scope : [] };
  if (state === 'SAMTYKKET') return { state: 'UTLOPT', scope: [] };
  // Of a question the end is its deadline.
  return { state: state === 'VENTER_PAA_SVAR' ? 'SVARFRIST_PASSERT' : state, scope: [] };
}

function namedByAll(given: readonly { scope?: readonly ConsentScope[] }[]): ConsentScope[] {
  return CONSENT_SCOPES.filter((each) => given.every(({ scope }) => scope?.includes(each)));
}

/** What one party's answers have come to. */
interface Walked {
  state: StandingState;
  validTo: IsoInstant | null;
  scope: readonly ConsentScope[];
}

const NOT_SAID: Walked = { state: 'MANGLER', validTo: null, scope: [] };

/** One party's answers up to a moment, in the order in which they were given. */
function walk(
  consents: readonly Consent[],
  side: ConsentSide,
  party: ConsentParty,
  at: IsoInstant,
  impossible: (fact: Consent) => void,
): Walked {
  const said = consents.filter((fact) => fact.side === side && fact.party === party && fact.at <= at);
  said.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  let now = NOT_SAID;
  for (let i = 0; i < said.length; ) {
    const fact = said[i]!;
    const first = i;
    let { validTo } = fact;
    let tie = false;
    for (i += 1; i < said.length && said[i]!.at === fact.at; i += 1) {
      const other = said[i]!;
      if (other.state !== fact.state) tie = true;
      if (other.validTo !== null && (validTo === null || other.validTo < validTo)) validTo = other.validTo;
    }
    if (tie) {
      now = { state: 'MOTSTRID', validTo: null, scope: [] };
      continue;
    }
    const { allowed, state } = stepTo(now.state, fact.state);
    if (!allowed) impossible(fact);
    // Of two yes of the same moment what both name.
    if (state === fact.state) now = { state, validTo, scope: namedByAll(said.slice(first, i)) };
  }
  return now;
}
