import type { AccessBasis, Assignee, GivenGrant, GivenRole, Revocation } from '../core/access/given.ts';
import type { AccessGrant, OrganisationNumber, PersonKey, RoleAssignment } from '../core/access/principal.ts';
import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';

/** What someone wants given, waiting for those who must agree. */
export interface AccessProposal extends Pick<AccessBasis, 'from' | 'to' | 'reason'> {
  id: string;
  org: OrgId;
  wanted:
    | ({ kind: 'grant' } & Omit<AccessGrant, 'id' | 'org'>)
    | ({ kind: 'role'; assignee: Assignee } & Omit<RoleAssignment, 'id' | 'org'>);
  proposedBy: string;
  proposedKey: string;
  proposed: IsoInstant;
  /** Name and key of who granted it, while a second person has not approved it. */
  grantedBy: string | null;
  grantedKey: string | null;
}

/** All of an organisation. */
export interface AccessList {
  grants: GivenGrant[];
  roles: GivenRole[];
  proposals: AccessProposal[];
}

/** Access grants and role assignments. Never changed but to be revoked. */
export interface AccessRecords {
  /** In force at the moment: of the number at all organisations. */
  grantsOf(orgnr: OrganisationNumber, at: IsoInstant): Promise<AccessGrant[]>;
  /** In force at the moment: of the person itself, of those they represent, of their groups. */
  rolesOf(who: AccessHolder, at: IsoInstant): Promise<RoleAssignment[]>;
  listAccess(org: OrgId): Promise<AccessList>;
  /** Idempotent by id: given again, it stays as it was. */
  giveGrant(grant: Omit<GivenGrant, 'revoked'>): Promise<void>;
  giveRole(role: Omit<GivenRole, 'revoked'>): Promise<void>;
  /** False when it is unknown here, or revoked before. */
  revokeAccess(org: OrgId, id: string, revocation: Revocation): Promise<boolean>;
  propose(proposal: AccessProposal): Promise<void>;
  /** False when it is not open, or has been granted. */
  grantProposal(org: OrgId, id: string, by: { name: string; key: string }): Promise<boolean>;
  /** Turns a proposal into the access it asks for, or drops it (`approved: null`). False when it is not open. */
  settleProposal(
    org: OrgId,
    id: string,
    approved: Pick<AccessBasis, 'grantedBy' | 'approvedBy'> | null,
  ): Promise<boolean>;
}

export interface AccessHolder {
  person: PersonKey;
  orgnrs: readonly OrganisationNumber[];
  groups: readonly string[];
}
