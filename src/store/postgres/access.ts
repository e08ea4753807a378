import type { AccessBasis, Assignee, GivenGrant, GivenRole } from '../../core/access/given.ts';
import type { AccessGrant, RoleAssignment } from '../../core/access/principal.ts';
import type { AccessProposal, AccessRecords } from '../accessPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

const IN_FORCE = 'a.revoked_at is null and a.valid_from <= $2 and (a.valid_to is null or a.valid_to > $2)';
const GRANT = 'a.id, o.name as org, a.orgnr, a.scope, a.institution, a.protected_youths as "protectedYouths"';
const ROLE = 'a.id, o.name as org, a.role, a.unit, a.institution, a.protected_youths as "protectedYouths"';
const GIVEN = 'valid_from, valid_to, granted_by, approved_by, reason';
const BASIS = `${iso('a.valid_from')} as "from", ${iso('a.valid_to')} as "to", a.granted_by as "grantedBy",
  a.approved_by as "approvedBy", a.reason,
  case when a.revoked_at is not null then
    json_build_object('at', ${iso('a.revoked_at')}, 'by', a.revoked_by, 'reason', a.revoked_reason) end as revoked`;

export function createPostgresAccess(session: Session, orgs: OrganisationIds): AccessRecords {
  return {
    async grantsOf(orgnr, at) {
      const { rows } = await session.query<AccessGrant>(
        `select ${GRANT} from access_grant a join organisation o on o.id = a.org_id
         where a.orgnr = $1 and ${IN_FORCE} order by a.valid_from, a.id`,
        [orgnr, at],
      );
      return rows;
    },
    async rolesOf({ person, orgnrs, groups }, at) {
      const { rows } = await session.query<RoleAssignment>(
        `select ${ROLE} from role_assignment a join organisation o on o.id = a.org_id
         where (a.person_key = $1 or a.altinn_orgnr = any ($3::text[]) or a.entra_group = any ($4::text[]))
           and ${IN_FORCE} order by a.valid_from, a.id`,
        [person, at, orgnrs, groups],
      );
      return rows;
    },
    async listAccess(org) {
      const values = [await orgs.idOf(org)];
      const grants = await session.query<GivenGrant>(
        `select ${GRANT}, ${BASIS} from access_grant a join organisation o on o.id = a.org_id
         where a.org_id = $1 order by a.valid_from, a.id`,
        values,
      );
      const roles = await session.query<RoleRow>(
        `select ${ROLE}, ${BASIS}, a.person_key, a.altinn_orgnr, a.entra_group
         from role_assignment a join organisation o on o.id = a.org_id
         where a.org_id = $1 order by a.valid_from, a.id`,
        values,
      );
      const proposals = await session.query<AccessProposal>(
        `select ${PROPOSAL} from access_proposal p join organisation o on o.id = p.org_id
         where p.org_id = $1 and p.settled is null order by p.proposed, p.id`,
        values,
      );
      return { grants: grants.rows, roles: roles.rows.map(roleOf), proposals: proposals.rows };
    },
    giveGrant: async (grant) => giveGrant(session, await orgs.idOf(grant.org), grant),
    giveRole: async (role) => giveRole(session, await orgs.idOf(role.org), role),
    async revokeAccess(org, id, { at, by, reason }) {
      const values = [await orgs.idOf(org), id, at, by, reason];
      const { rows } = await session.query(
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
    async propose({ id, org, wanted, reason, from, to, ...who }) {
      await session.query(
        `insert into access_proposal
           (id, org_id, wanted, reason, valid_from, valid_to, proposed_by, proposed_key, proposed, granted_by, granted_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[id, await orgs.idOf(org), JSON.stringify(wanted), reason, from, to],
          ...[who.proposedBy, who.proposedKey, who.proposed, who.grantedBy, who.grantedKey],
        ],
      );
    },
    async grantProposal(org, id, { name, key }) {
      const { rowCount } = await session.query(
        `update access_proposal set granted_by = $3, granted_key = $4
         where org_id = $1 and id = $2 and settled is null and granted_by is null`,
        [await orgs.idOf(org), id, name, key],
      );
      return rowCount === 1;
    },
    async settleProposal(org, id, approved) {
      const { grantedBy = null, approvedBy = null } = approved ?? {};
      const { rowCount } = await session.query(SETTLE, [await orgs.idOf(org), id, grantedBy, approvedBy]);
      return rowCount === 1;
    },
  };
}

const PROPOSAL = `p.id, o.name as org, p.wanted, p.reason, ${iso('p.valid_from')} as "from", ${iso('p.valid_to')} as "to",
  p.proposed_by as "proposedBy", p.proposed_key as "proposedKey", p.granted_by as "grantedBy",
  p.granted_key as "grantedKey", ${iso('p.proposed')} as proposed`;

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

async function giveGrant(session: Session, orgId: number, grant: Omit<GivenGrant, 'revoked'>): Promise<void> {
  await session.query(
    `insert into access_grant (id, org_id, orgnr, scope, institution, protected_youths, ${GIVEN})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing`,
    [grant.id, orgId, grant.orgnr, grant.scope, grant.institution, grant.protectedYouths, ...given(grant)],
  );
}

async function giveRole(session: Session, orgId: number, role: Omit<GivenRole, 'revoked'>): Promise<void> {
  const { assignee } = role;
  await session.query(
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

function given({ from, to, grantedBy, approvedBy, reason }: AccessBasis): (string | null)[] {
  return [from, to, grantedBy, approvedBy, reason];
}

/** One statement: the proposal is settled and the access given, or neither. The access has the proposal's id. */
const SETTLE = `with settled as (
    update access_proposal set settled = now() where org_id = $1 and id = $2 and settled is null returning *
  ), grants as (
    insert into access_grant (id, org_id, orgnr, scope, institution, protected_youths, ${GIVEN})
    select id, org_id, wanted->>'orgnr', wanted->>'scope', wanted->>'institution', (wanted->>'protectedYouths')::boolean,
      valid_from, valid_to, $3, $4, reason
    from settled where $3::text is not null and wanted->>'kind' = 'grant'
  ), roles as (
    insert into role_assignment
      (id, org_id, person_key, altinn_orgnr, entra_group, role, unit, institution, protected_youths, ${GIVEN})
    select id, org_id, wanted->'assignee'->>'person', wanted->'assignee'->>'altinn', wanted->'assignee'->>'group',
      wanted->>'role', wanted->>'unit', wanted->>'institution', (wanted->>'protectedYouths')::boolean,
      valid_from, valid_to, $3, $4, reason
    from settled where $3::text is not null and wanted->>'kind' = 'role'
  )
  select id from settled`;
