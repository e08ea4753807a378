import type { OrganisationNumber, PersonKey } from '../core/access/principal.ts';
import type { IsoInstant } from '../core/time/date.ts';

/** A login under way. */
export interface LoginAttempt {
  /** SHA-256 of the browser's cookie and the state together. */
  hash: Buffer;
  /** Opens with the vault. */
  sealed: Buffer;
  expires: IsoInstant;
}

export interface StoredSession {
  /** SHA-256 of the cookie. */
  hash: Buffer;
  issuer: string;
  person: PersonKey;
  /** Keyed hash of what the issuer calls the person. */
  subject: Buffer;
  /** Keyed hash of the issuer's own session; null when it names none. */
  sid: Buffer | null;
  /** Organisations that the person represents. */
  orgnrs: readonly OrganisationNumber[];
  /** Of the county's directory. */
  groups: readonly string[];
  /** Level of assurance, in the issuer's word. */
  acr: string | null;
  high: boolean;
  /** When the person last proved who they are. */
  authenticated: IsoInstant;
  created: IsoInstant;
  /** Of the last request, to half a minute. */
  seen: IsoInstant;
  /** However much it is used. */
  expires: IsoInstant;
}

/** Sessions of people. All moments are the caller's: the store compares and reads no clock. */
export interface Sessions {
  addAttempt(attempt: LoginAttempt): Promise<void>;
  /** Removes it: a second call finds nothing. */
  takeAttempt(hash: Buffer): Promise<LoginAttempt | undefined>;
  addSession(session: StoredSession): Promise<void>;
  sessionOf(hash: Buffer): Promise<StoredSession | undefined>;
  /** Never moves it back. */
  sessionSeen(hash: Buffer, at: IsoInstant): Promise<void>;
  /** False when there was none. */
  removeSession(hash: Buffer): Promise<boolean>;
  /** Those of a subject, of the issuer's session, or of both. @returns how many */
  removeSessions(of: { subject?: Buffer; sid?: Buffer }): Promise<number>;
  /** False when the token was noted before. */
  noteLogoutToken(hash: Buffer, expires: IsoInstant): Promise<boolean>;
  /** Attempts, sessions and logout tokens that have expired, and sessions unused since `idleSince`. @returns how many sessions */
  removeExpired(now: IsoInstant, idleSince: IsoInstant): Promise<number>;
}
