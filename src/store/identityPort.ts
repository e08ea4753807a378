import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { SeenEntry, SeenFilter } from './auditPort.ts';

/** From reference to person, and who has seen them. */
export interface IdentityOperations {
  /** What the vault holds of each person, sealed; also under references merged into theirs. A reference without
   *  numbers is absent. */
  identities(org: OrgId, refs: readonly PersonRef[]): Promise<Map<PersonRef, SealedIdentity>>;
  /** Entries of the audit trail about a youth, newest first; also under references merged into it. Without those from
   *  before an act. */
  seenBy(org: OrgId, ref: PersonRef, filter: SeenFilter): Promise<SeenEntry[]>;
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
