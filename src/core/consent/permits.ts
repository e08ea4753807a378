import type { ComingOfAge } from '../age/majority.ts';
import { ALLOWED_CHANGES, navNeedsConsent, whoConsents } from '../rules/consent.ts';
import { epochOf, type IsoDate, type IsoInstant, instantOf } from '../time/date.ts';
import { osloDate, startOfOsloDay } from '../time/oslo.ts';
import type { ConsentParty, ConsentSide, ConsentState } from '../youth/statusEvent.ts';
import type { FactOf } from '../youth/youthEvent.ts';

// May a NAV answer about this youth be known? Everything that is not clearly yes is no: a missing answer, a tie, an
// end date that has passed, an age that is not known.

type Consent = FactOf<'Consent'>;

/** MANGLER: no party that had to answer has. MOTSTRID: two different answers of the same moment. */
export type StandingState = ConsentState | 'MANGLER' | 'MOTSTRID';

export interface Permit {
  permit: boolean;
  side: ConsentSide;
  /** Of the party that stops it; SAMTYKKET when permitted. */
  state: StandingState;
  rule: 'R48';
}

const PARTIES: readonly ConsentParty[] = ['UNGDOM', 'FORESATT', 'FORESATT2'];

/** @param ofAge by the policy's consent age; null when the birth date is not known */
export function permits(
  consents: readonly Consent[],
  side: ConsentSide,
  ofAge: ComingOfAge | null,
  at: IsoInstant,
): Permit {
  const age = ageClass(ofAge, osloDate(at));
  if (whoConsents.applies({ age }) || age === 'between') return denied(side, 'MANGLER');
  const needed = whoConsents.parties[age];
  for (const party of PARTIES) {
    // Of an adult the guardians are not asked, and what they said no longer counts, neither yes nor no (N06).
    if (age === 'adult' && party !== 'UNGDOM') continue;
    const state = standing(consents, side, party, at);
    if (state === 'SAMTYKKET' || (state === 'MANGLER' && !needed.includes(party))) continue;
    return denied(side, state);
  }
  return { permit: true, side, state: 'SAMTYKKET', rule: 'R48' };
}

/** May what NAV answers be known at this moment? Both sides must hold (R48). */
export function bothPermit(consents: readonly Consent[], ofAge: ComingOfAge | null, at: IsoInstant): boolean {
  const a = permits(consents, 'A', ofAge, at).permit;
  return !navNeedsConsent.applies({ a, b: permits(consents, 'B', ofAge, at).permit });
}

/**
 * Have both sides been permitted from one moment through another, without a gap? A consent that is given again does
 * not bring back what its withdrawal has stopped.
 * @returns what stopped it first, or null.
 */
export function stopped(
  consents: readonly Consent[],
  ofAge: ComingOfAge | null,
  from: IsoInstant,
  through: IsoInstant,
): Permit | null {
  const moments = [
    from,
    ...changes(consents, ofAge)
      .filter((moment) => moment > from && moment <= through)
      .sort(),
  ];
  for (const moment of moments) {
    const a = permits(consents, 'A', ofAge, moment);
    const b = permits(consents, 'B', ofAge, moment);
    if (navNeedsConsent.applies({ a: a.permit, b: b.permit })) return a.permit ? b : a;
  }
  return null;
}

/** The next moment at which time alone may change a permit. */
export function nextChange(
  consents: readonly Consent[],
  ofAge: ComingOfAge | null,
  after: IsoInstant,
): IsoInstant | null {
  let next: IsoInstant | null = null;
  for (const moment of changes(consents, ofAge))
    if (moment > after && (next === null || moment < next)) next = moment;
  return next;
}

/** The guardians' consents that held a side until they ended with the youth's majority, and that no consent of the
 *  youth's own has replaced (N06). */
export function lapsedAtMajority(consents: readonly Consent[], ofAge: ComingOfAge): Consent[] {
  const given = consents.filter(({ party, state }) => party !== 'UNGDOM' && state === 'SAMTYKKET');
  if (given.length === 0) return [];
  const end = startOfOsloDay(ofAge.guardianEnds);
  const before = instantOf(epochOf(end) - 1);
  const held = (side: ConsentSide) =>
    !consents.some((fact) => fact.party === 'UNGDOM' && fact.side === side) &&
    permits(consents, side, ofAge, before).permit;
  return (['A', 'B'] as const).flatMap((side) =>
    held(side) ? given.filter((fact) => fact.side === side && fact.at < end) : [],
  );
}

/** Changes that the register of consents does not allow (N07): a «no» cannot be withdrawn. */
export function impossibleChanges(consents: readonly Consent[], side: ConsentSide): Consent[] {
  const impossible: Consent[] = [];
  for (const party of PARTIES) walk(consents, side, party, '9999', (fact) => impossible.push(fact));
  return impossible;
}

function denied(side: ConsentSide, state: StandingState): Permit {
  return { permit: false, side, state, rule: 'R48' };
}

function ageClass(ofAge: ComingOfAge | null, date: IsoDate): 'minor' | 'adult' | 'between' | 'unknown' {
  if (ofAge === null) return 'unknown';
  if (date < ofAge.guardianEnds) return 'minor';
  return date < ofAge.youthBegins ? 'between' : 'adult';
}

function standing(
  consents: readonly Consent[],
  side: ConsentSide,
  party: ConsentParty,
  at: IsoInstant,
): StandingState {
  const { state, validTo } = walk(consents, side, party, at, () => undefined);
  return state === 'SAMTYKKET' && validTo !== null && validTo <= at ? 'UTLOPT' : state;
}

/** One party's answers up to a moment, in the order in which they were given. */
function walk(
  consents: readonly Consent[],
  side: ConsentSide,
  party: ConsentParty,
  at: IsoInstant,
  impossible: (fact: Consent) => void,
): { state: StandingState; validTo: IsoInstant | null } {
  const said = consents.filter((fact) => fact.side === side && fact.party === party && fact.at <= at);
  said.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  let now: { state: StandingState; validTo: IsoInstant | null } = { state: 'MANGLER', validTo: null };
  for (let i = 0; i < said.length; ) {
    const fact = said[i]!;
    let { validTo } = fact;
    let tie = false;
    for (i += 1; i < said.length && said[i]!.at === fact.at; i += 1) {
      const other = said[i]!;
      if (other.state !== fact.state) tie = true;
      if (other.validTo !== null && (validTo === null || other.validTo < validTo)) validTo = other.validTo;
    }
    if (tie) {
      now = { state: 'MOTSTRID', validTo: null };
      continue;
    }
    const { state } = now;
    const allowed =
      state === 'MANGLER' || state === 'MOTSTRID' || ALLOWED_CHANGES[state].includes(fact.state);
    if (!allowed) impossible(fact);
    // An impossible change is ignored, except that an earlier yes never outlives a no.
    if (allowed || state === 'SAMTYKKET') now = { state: fact.state, validTo };
  }
  return now;
}

function changes(consents: readonly Consent[], ofAge: ComingOfAge | null): IsoInstant[] {
  const moments: IsoInstant[] = [];
  for (const { at, validTo } of consents) {
    moments.push(at);
    if (validTo !== null) moments.push(validTo);
  }
  if (ofAge === null) return moments;
  const { guardianEnds, youthBegins } = ofAge;
  moments.push(startOfOsloDay(guardianEnds));
  // A leap day child's two dates.
  if (youthBegins !== guardianEnds) moments.push(startOfOsloDay(youthBegins));
  return moments;
}
