import type pg from 'pg';
import type { AccessGrant, RoleAssignment } from '../../core/access/principal.ts';
import type { OrgId } from '../../core/organisation.ts';
import type {
  AccessBasis,
  AccessProposal,
  AccessRecords,
  Assignee,
  GivenGrant,
  GivenRole,
} from '../accessPort.ts';
import { type OrganisationIds, organisationIds } from './organisation.ts';
import { iso } from './pool.ts';

const IN_FORCE = 'a.revoked_at is null and a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2)';
const GRANT = 'a.id, o.name as org, a.orgnr, a.scope, a.institution, a.protected_youths as "protectedYouths"';
const ROLE = 'a.id, o.name as org, a.role, a.unit, a.institution, a.protected_youths as "protectedYouths"';
const BASIS = `${iso('a.valid_from')} as "from", ${iso('a.valid_to')} as "to", a.granted_by as "grantedBy",
  a.approved_by as "approvedBy", a.reason,
  case when a.revoked_at is not null then
    json_build_object('at', ${iso('a.revoked_at')}, 'by', a.revoked_by, 'reason', a.revoked_reason) end as revoked`;

export function createPostgresAccess(
  pool: pg.Pool,
  orgs: OrganisationIds = organisationIds(pool),
): AccessRecords {
  return {
    async grantsOf(orgnr, at) {
      const { rows } = await pool.query<AccessGrant>(
        `select ${GRANT} from access_grant a join organisation o on o.id = a.org_id
         where a.orgnr = $1 and ${IN_FORCE} order by a.valid_from, a.id`,
        [orgnr, at],
      );
      return rows;
    },
    async rolesOf({ person, orgnrs, groups }, at) {
      const { rows } = await pool.query<RoleAssignment>(
        `select ${ROLE} from role_assignment a join organisation o on o.id = a.org_id
         where (a.person_key = $1 or a.altinn_orgnr = any ($3::text[]) or a.entra_group = any ($4::text[]))
           and ${IN_FORCE} order by a.valid_from, a.id`,
        [person, at, orgnrs, groups],
      );
      return rows;
    },
    async listAccess(org) {
      const values = [await orgs.idOf(org)];
      const grants = await pool.query<GivenGrant>(
        `select ${GRANT}, ${BASIS} from access_grant a join organisation o on o.id = a.org_id
         where a.org_id = $1 order by a.valid_from, a.id`,
        values,
      );
      const roles = await pool.query<RoleRow>(
        `select ${ROLE}, ${BASIS}, a.person_key, a.altinn_orgnr, a.entra_group
         from role_assignment a join organisation o on o.id = a.org_id
         where a.org_id = $1 order by a.valid_from, a.id`,
        values,
      );
      const proposals = await pool.query<AccessProposal>(
        `select ${PROPOSAL} from access_proposal p join organisation o on o.id = p.org_id
         where p.org_id = $1 and p.settled is null order by p.proposed, p.id`,
        values,
      );
      return { grants: grants.rows, roles: roles.rows.map(roleOf), proposals: proposals.rows };
    },
    giveGrant: async (grant) => giveGrant(pool, await orgs.idOf(grant.org), grant),
    giveRole: async (role) => giveRole(pool, await orgs.idOf(role.org), role),
    async revokeAccess(org, id, { at, by, reason }) {
      const values = [await orgs.idOf(org), id, at, by, reason];
      const { rows } = await pool.query(
        `with grants as (
           update access_grant set revoked_at = $3, revoked_by = $4, revoked_reason = $5
           where org_id = $1 and id = $2 and revoked_at is null returning id
         ), roles as (
           update role_assignment set revoked_at = $3, revoked_by = $4, revoked_reason = $5
           where org_id = $1 and id = $2 and revoked_at is null returning id
         )
         select id from grants union all select id from roles`,
        values,
      );
      return rows.length > 0;
    },
    async propose({ id, org, wanted, reason, from, to, proposedBy, proposedKey, proposed }) {
      await pool.query(
        `insert into access_proposal
           (id, org_id, wanted, reason, valid_from, valid_to, proposed_by, proposed_key, proposed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          await orgs.idOf(org),
          JSON.stringify(wanted),
          reason,
          from,
          to,
          proposedBy,
          proposedKey,
          proposed,
        ],
      );
    },
    settleProposal: async (org, id, approved) => {
      const orgId = await orgs.idOf(org);
      return inTransaction(pool, (client) => settle(client, { org, orgId, id }, approved));
    },
  };
}

const PROPOSAL = `p.id, o.name as org, p.wanted, p.reason, ${iso('p.valid_from')} as "from", ${iso('p.valid_to')} as "to",
  p.proposed_by as "proposedBy", p.proposed_key as "proposedKey", ${iso('p.proposed')} as proposed`;

type RoleRow = Omit<GivenRole, 'assignee'> & {
  person_key: string | null;
  altinn_orgnr: string | null;
  entra_group: string | null;
};

function roleOf({ person_key, altinn_orgnr, entra_group, ...role }: RoleRow): GivenRole {
  const assignee = { person: person_key, altinn: altinn_orgnr, group: entra_group };
  const [given] = Object.entries(assignee).filter(([, value]) => value !== null);
  return { ...role, assignee: Object.fromEntries([given ?? []]) as Assignee };
}

async function giveGrant(
  client: Pick<pg.ClientBase, 'query'>,
  orgId: number,
  grant: Omit<GivenGrant, 'revoked'>,
): Promise<void> {
  await client.query(
    `insert into access_grant (id, org_id, orgnr, scope, institution, protected_youths, ${GIVEN})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing`,
    [grant.id, orgId, grant.orgnr, grant.scope, grant.institution, grant.protectedYouths, ...given(grant)],
  );
}

async function giveRole(
  client: Pick<pg.ClientBase, 'query'>,
  orgId: number,
  role: Omit<GivenRole, 'revoked'>,
): Promise<void> {
  const { assignee } = role;
  await client.query(
    `insert into role_assignment
       (id, org_id, person_key, altinn_orgnr, entra_group, role, unit, institution, protected_youths, ${GIVEN})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (id) do nothing`,
    [
      role.id,
      orgId,
      'person' in assignee ? assignee.person : null,
      'altinn' in assignee ? assignee.altinn : null,
      'group' in assignee ? assignee.group : null,
      role.role,
      role.unit,
      role.institution,
      role.protectedYouths,
      ...given(role),
    ],
  );
}

const GIVEN = 'valid_from, valid_to, granted_by, approved_by, reason';

function given({ from, to, grantedBy, approvedBy, reason }: AccessBasis): (string | null)[] {
  return [from, to, grantedBy, approvedBy, reason];
}

/** The access has the proposal's id: approved twice at the same time, it is given once. */
async function settle(
  client: Pick<pg.ClientBase, 'query'>,
  { org, orgId, id }: { org: OrgId; orgId: number; id: string },
  approved: Pick<AccessBasis, 'grantedBy' | 'approvedBy'> | null,
): Promise<boolean> {
  const { rows } = await client.query<AccessProposal>(
    `update access_proposal p set settled = now() from organisation o
     where p.org_id = $1 and p.id = $2 and p.settled is null and o.id = p.org_id returning ${PROPOSAL}`,
    [orgId, id],
  );
  const [proposal] = rows;
  if (proposal === undefined) return false;
  if (approved === null) return true;
  const { wanted, reason, from, to } = proposal;
  const basis = { id, org, reason, from, to, ...approved };
  if (wanted.kind === 'grant') await giveGrant(client, orgId, { ...wanted, ...basis });
  else await giveRole(client, orgId, { ...wanted, ...basis });
  return true;
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // Closed, and rolled back by the server: a connection that failed is never lent again.
    failed = error instanceof Error ? error : new Error('a transaction failed', { cause: error });
    throw error;
  } finally {
    client.release(failed);
  }
}
