import type { IsoInstant } from '../core/time/date.ts';

/** The way from a reference to a person, and the record of who went it. */
export interface IdentityDesk {
  /** What the vault keeps of each of the people, as sealed bytes; also under references that were merged into theirs.
   *  Nobody is left out: one without numbers is not known. */
  identities(org: string, refs: readonly string[]): Promise<Map<string, SealedIdentity>>;
  /** Written before anything is answered. */
  noteLookups(org: string, lookups: readonly IdentityLookup[]): Promise<void>;
  /** Who has asked about the youth, newest first. */
  lookups(org: string, ref: string): Promise<IdentityLookup[]>;
  /** Forgets all names: the county has decided not to keep them. */
  forgetNames(org: string): Promise<void>;
}

export interface SealedIdentity {
  /** In the order in which they were met. */
  numbers: readonly Buffer[];
  names: readonly { tag: string; sealed: Buffer; reported: IsoInstant }[];
}

export interface IdentityLookup {
  id: string;
  ref: string;
  who: string;
  purpose: string;
  /** The worklist or letter it was asked for; null for a single youth. */
  list: string | null;
  at: IsoInstant;
  outcome: 'GITT' | 'AVVIST';
}
