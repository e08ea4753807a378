import type { GuardedAccess } from '../../core/access/access.ts';
import { decide } from '../../core/access/decide.ts';
import type { Permission } from '../../core/access/permission.ts';
import type {
  AccessGrant,
  OrganisationNumber,
  PersonKey,
  Principal,
  RoleAssignment,
} from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { AccessHolder } from '../../store/accessPort.ts';
import type { JobMaker } from '../../store/bulkPort.ts';
import type { DeskParts } from '../parts.ts';

// A job outlives the request that made it: whether its maker may is asked again while it runs.

/** What is in force: given by the installation, and by a local issuer. */
export interface GivenNow {
  grantsOf(orgnr: OrganisationNumber, at: IsoInstant): Promise<readonly AccessGrant[]>;
  rolesOf(who: AccessHolder, at: IsoInstant): Promise<readonly RoleAssignment[]>;
}

export function makerOf(principal: Principal): JobMaker {
  switch (principal.kind) {
    case 'local':
      return { kind: 'local' };
    case 'machine':
      return { kind: 'machine', consumer: principal.consumer, scopes: [...principal.scopes] };
    case 'person':
      return {
        ...{ kind: 'person', person: principal.person },
        ...{ orgnrs: [...principal.orgnrs], groups: [...principal.groups] },
      };
  }
}

/** What the maker may do now by grants and roles that are in force; null: nothing. That the login was a new one was asked when
 *  the job was made. */
export async function permissionOf(
  { accessRecords, now }: Pick<DeskParts, 'now'> & { accessRecords: GivenNow },
  organisation: Organisation,
  { maker, access }: { maker: JobMaker | null; access: GuardedAccess },
): Promise<Permission | null> {
  if (maker === null) return null;
  const at = instantOf(now());
  const principal = await principalOf(accessRecords, maker, at);
  const decision = decide(principal, access, organisation, { feed: null, now: at });
  return decision.permitted ? decision.permission : null;
}

async function principalOf(records: GivenNow, maker: JobMaker, at: IsoInstant): Promise<Principal> {
  switch (maker.kind) {
    case 'local':
      return { kind: 'local', name: 'local', key: 'local' };
    case 'machine': {
      const consumer = maker.consumer as OrganisationNumber;
      return {
        ...{ kind: 'machine', name: consumer, key: consumer, consumer },
        ...{ supplier: null, clientId: null, tokenId: null, scopes: new Set(maker.scopes) },
        grants: await records.grantsOf(consumer, at),
      };
    }
    case 'person': {
      const person = maker.person as PersonKey;
      const { groups } = maker;
      const orgnrs = maker.orgnrs as readonly OrganisationNumber[];
      return {
        ...{ kind: 'person', name: person, key: person, person, orgnrs, groups },
        ...{ high: true, authenticated: at, session: '' },
        roles: await records.rolesOf({ person, orgnrs, groups }, at),
      };
    }
  }
}
