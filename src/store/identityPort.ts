import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { IsoInstant } from '../core/time/date.ts';

/** Identity lookups, from reference to person, and their audit log. */
export interface IdentityOperations {
  /** What the vault holds of each person, sealed; also under references merged into theirs. A reference without
   *  numbers is absent. */
  identities(org: OrgId, refs: readonly PersonRef[]): Promise<Map<PersonRef, SealedIdentity>>;
  /** Written before the answer is sent. */
  recordLookups(org: OrgId, lookups: readonly IdentityLookup[]): Promise<void>;
  /** Lookups of the youth, newest first. */
  lookups(org: OrgId, ref: PersonRef): Promise<IdentityLookup[]>;
  /** Notes whom a caller asks for, unless that made them more than `most` since `since`; all are keyed hashes.
   *  @returns null when noted; otherwise when the oldest that counts was asked for */
  notePersons(asked: PersonsAsked): Promise<IsoInstant | null>;
  /** Deletes all stored names: the county has chosen not to keep them. */
  forgetNames(org: OrgId): Promise<void>;
}

export interface PersonsAsked {
  caller: Buffer;
  persons: readonly Buffer[];
  at: IsoInstant;
  since: IsoInstant;
  most: number;
}

export interface SealedIdentity {
  /** Oldest first. */
  numbers: readonly Buffer[];
  names: readonly { tag: string; sealed: Buffer; reported: IsoInstant }[];
}

export interface IdentityLookup {
  id: string;
  ref: PersonRef;
  who: string;
  purpose: string;
  /** Worklist or letter it was asked for; null for a single youth. */
  list: string | null;
  at: IsoInstant;
  outcome: 'GITT' | 'AVVIST';
}
