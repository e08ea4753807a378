import type { ComingOfAge } from '../age/majority.ts';
import { measuresAreNamed, navNeedsConsent } from '../rules/consent.ts';
import { epochOf, type IsoInstant, instantOf } from '../time/date.ts';
import { startOfOsloDay } from '../time/oslo.ts';
import type { ConsentScope, ConsentSide } from '../youth/statusEvent.ts';
import type { FactOf } from '../youth/youthEvent.ts';
import { sideStanding } from './standing.ts';
import type { SideState } from './transitions.ts';

// May a NAV answer about this youth be known? Everything that is not clearly yes is no: a missing answer, a tie, an
// end date that has passed, an age that is not known.

type Consent = FactOf<'Consent'>;

export interface Permit {
  permit: boolean;
  side: ConsentSide;
  /** Why it is denied; SAMTYKKET when permitted. */
  state: DeniedFor | 'SAMTYKKET';
  rule: 'R48' | 'Q30';
}

/** Why a side is denied. `UTEN_TILTAK`: a yes that does not name measures. */
export type DeniedFor = SideState | 'UTEN_TILTAK';

/** @param ofAge by the policy's consent age; null when the birth date is not known
 *  @param scope what the consent must name besides; null: nothing */
export function permits(
  consents: readonly Consent[],
  side: ConsentSide,
  ofAge: ComingOfAge | null,
  at: IsoInstant,
  scope: ConsentScope | null = null,
): Permit {
  const { permit, state, scope: named } = sideStanding(consents, side, ofAge, at);
  if (permit && scope !== null && measuresAreNamed.applies({ named: named.includes(scope) }))
    return { permit: false, side, state: 'UTEN_TILTAK', rule: measuresAreNamed.id };
  return { permit, side, state, rule: 'R48' };
}

/** May what NAV answers be known at this moment? Both sides must hold (R48), and name what it is about (Q30). */
export function bothPermit(
  consents: readonly Consent[],
  ofAge: ComingOfAge | null,
  at: IsoInstant,
  scope: ConsentScope | null = null,
): boolean {
  const a = permits(consents, 'A', ofAge, at, scope).permit;
  return !navNeedsConsent.applies({ a, b: permits(consents, 'B', ofAge, at, scope).permit });
}

/** All the time in which a consent must have held, both ends with it, and what it must have named. */
export interface Span {
  from: IsoInstant;
  through: IsoInstant;
  scope?: ConsentScope | null;
}

/**
 * Have both sides been permitted from one moment through another, without a gap? A consent that is given again does
 * not bring back what its withdrawal has stopped.
 * @returns what stopped it first, or null.
 */
export function stopped(
  consents: readonly Consent[],
  ofAge: ComingOfAge | null,
  { from, through, scope }: Span,
): Permit | null {
  for (const moment of momentsFrom(consents, ofAge, from, through)) {
    const a = permits(consents, 'A', ofAge, moment, scope);
    const b = permits(consents, 'B', ofAge, moment, scope);
    if (navNeedsConsent.applies({ a: a.permit, b: b.permit })) return a.permit ? b : a;
  }
  return null;
}

/** The same of one side. */
export function stoppedOn(
  side: ConsentSide,
  consents: readonly Consent[],
  ofAge: ComingOfAge | null,
  { from, through, scope }: Span,
): Permit | null {
  for (const moment of momentsFrom(consents, ofAge, from, through)) {
    const permit = permits(consents, side, ofAge, moment, scope);
    if (!permit.permit) return permit;
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

/** The first, and those after it at which a permit may change. */
function momentsFrom(
  consents: readonly Consent[],
  ofAge: ComingOfAge | null,
  from: IsoInstant,
  through: IsoInstant,
): IsoInstant[] {
  const later = changes(consents, ofAge).filter((moment) => moment > from && moment <= through);
  return [from, ...later.sort()];
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
