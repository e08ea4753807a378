import type { Branded } from '../branded.ts';
import type { OrgId } from '../organisation.ts';
import type { IsoInstant } from '../time/date.ts';
import type { Role } from './role.ts';

// Who calls, with what they have been given. Nothing here names a person: an employee is a keyed hash.

/** Nine digits with a valid check digit. */
export type OrganisationNumber = Branded<'OrganisationNumber'>;

/** Keyed hash of a login's issuer and subject, in hex. */
export type PersonKey = Branded<'PersonKey'>;

/** Right of an organisation number to use one scope at one organisation. */
export interface AccessGrant {
  id: string;
  org: OrgId;
  orgnr: OrganisationNumber;
  /** Without the configured prefix, e.g. `ot/feeds/school-dropout.write`. */
  scope: string;
  /** Rows of this institution alone; null: the whole county. */
  institution: string | null;
  /** Hears of youths at a strictly protected address. */
  protectedYouths: boolean;
}

/** A role that a person has at one organisation. */
export interface RoleAssignment {
  id: string;
  org: OrgId;
  role: Role;
  /** Owner unit whose youths are in reach, for an adviser. */
  unit: string | null;
  /** For a school. */
  institution: string | null;
  /** Hears of youths at a strictly protected address: named, never by the role alone. */
  protectedYouths: boolean;
}

interface Named {
  /** As recorded with what they do: `loopback`, `0192:889640782`, or the first digits of a person's key. */
  name: string;
  /** Stable, for limits and the audit trail; different for different callers. */
  key: string;
}

/** A caller of an installation that is open on its own machine only: may do everything. */
export interface LocalPrincipal extends Named {
  kind: 'local';
}

/** A system with a token. */
export interface MachinePrincipal extends Named {
  kind: 'machine';
  consumer: OrganisationNumber;
  /** Acts on behalf of the consumer. */
  supplier: OrganisationNumber | null;
  /** Recorded, never decisive. */
  clientId: string | null;
  tokenId: string | null;
  /** Without the configured prefix. */
  scopes: ReadonlySet<string>;
  /** Those in force now. */
  grants: readonly AccessGrant[];
}

/** An employee who has logged in. */
export interface PersonPrincipal extends Named {
  kind: 'person';
  person: PersonKey;
  /** Those in force now. */
  roles: readonly RoleAssignment[];
  /** Organisation numbers that the person represents. */
  orgnrs: readonly string[];
  /** Groups of the county's directory that the person is in. */
  groups: readonly string[];
  /** The login was at the highest level of assurance. */
  high: boolean;
  /** When they last proved who they are. */
  authenticated: IsoInstant;
  /** The session, for logging out; never shown. */
  session: string;
}

export type Principal = LocalPrincipal | MachinePrincipal | PersonPrincipal;

/** As whom receipts are kept: a consumer through whichever supplier it sends, a person in whichever session. */
export function senderOf(principal: Principal): string {
  switch (principal.kind) {
    case 'local':
      return principal.key;
    case 'machine':
      return `0192:${principal.consumer}`;
    case 'person':
      return principal.person;
  }
}
