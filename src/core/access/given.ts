import type { IsoInstant } from '../time/date.ts';
import type { AccessGrant, OrganisationNumber, PersonKey, RoleAssignment } from './principal.ts';

/** Whom a role is assigned to: one person, those who represent an organisation number, or a group of the county's
 *  Entra ID. */
export type Assignee = { person: PersonKey } | { altinn: OrganisationNumber } | { group: string };

/** An access as it was given, with why and by whom. */
export interface AccessBasis {
  from: IsoInstant;
  /** Exclusive; null: until it is revoked. */
  to: IsoInstant | null;
  /** Name of the principal, or `ACCESS_FILE`. */
  grantedBy: string;
  /** Who approved it, where the access reads persons; null where one was enough, or it came from the file. */
  approvedBy: string | null;
  reason: string;
}

export interface Revocation {
  at: IsoInstant;
  by: string;
  reason: string;
}

export interface GivenGrant extends AccessGrant, AccessBasis {
  orgnr: OrganisationNumber;
  revoked: Revocation | null;
}

export interface GivenRole extends RoleAssignment, AccessBasis {
  to: IsoInstant | null;
  assignee: Assignee;
  revoked: Revocation | null;
}
