import { digest } from '../digest.ts';
import type { PersonRef } from '../person/reference.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { Tilmeldingskode } from './statusEvent.ts';
import type { Alert, Fact, OtStatus, RegistrationKey } from './youthEvent.ts';

/** The key a fact is kept under: one source event, whatever its version. */
export function factKey(fact: { source: string; id: string }): string {
  return `${fact.source}|${fact.id}`;
}

/** The public name of a fact, a digest of its key: a source's own ids are not guaranteed to hold no person. */
export function evidenceKey(fact: { source: string; id: string }): string {
  return digest(fact.source, '|', fact.id);
}

/** Is it about one registration? */
export function sameKey(one: RegistrationKey, other: RegistrationKey): boolean {
  return one.schoolYear === other.schoolYear && one.county === other.county;
}

export interface Registration extends RegistrationKey {
  /** Null: OT works with the youth without a tilmelding known to us, e.g. preventively. */
  tilmeldingskode: Tilmeldingskode | null;
  effective: IsoDate;
  /** OT unit, never empty (R50). */
  owner: string;
  status: OtStatus;
}

/**
 * One youth as one organisation knows it: the facts, and what follows from them. Everything below `facts`
 * is derived from the set of facts and `asOf` alone, so the order of arrival cannot matter. Stored in the form of
 * store/form/storedYouth.ts.
 */
export interface Youth {
  /** Sorted by key. */
  facts: Fact[];
  /** Sorted by school year and county. */
  registrations: Registration[];
  /** Open alerts, reviews and proposals, sorted by id. */
  alerts: Alert[];
  /** The latest moment the youth has been judged at. Feeds are read in parallel, so a record may carry an earlier moment
   *  than the one before it; the youth's time never goes back. */
  asOf: IsoInstant | null;
  /** The earliest moment at which time alone changes what follows from the facts. */
  due: IsoInstant | null;
  /** Another number led here: the reference under which the youth is known now. Only the facts that protect the address
   *  are left then, and nothing else. */
  mergedInto: PersonRef | null;
}

export const UNKNOWN_YOUTH: Youth = Object.freeze({
  facts: [],
  registrations: [],
  alerts: [],
  asOf: null,
  due: null,
  mergedInto: null,
});
