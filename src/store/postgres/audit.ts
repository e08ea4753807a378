import { type AuditChain, INSTALLATION, safeEntry } from '../../core/audit/entry.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { AuditTrail, ChainedEntry, SeenEntry, SeenFilter } from '../auditPort.ts';
import { groupedAppend } from '../groupedAppend.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

/** May call `audit_append` and nothing else (0008_audit.sql). */
export const AUDIT_ROLE = 'ot_audit';

/** @param writing connections of its own, which take the role that may only add */
export function createPostgresAudit(writing: Readers, orgs: OrganisationIds): AuditTrail {
  return { append: groupedAppend((entries) => append(writing, orgs, entries)) };
}

async function append(
  writing: Readers,
  orgs: OrganisationIds,
  entries: readonly ChainedEntry[],
): Promise<void> {
  const rows = await Promise.all(
    entries.map(async ({ chain, entry }) => {
      const { key, ...row } = safeEntry(entry);
      return { org_id: await chainId(orgs, chain), who_key: key, ...row };
    }),
  );
  await writing.use(null, async (session) => {
    await session.query(`set role ${AUDIT_ROLE}`);
    await session.query('select audit_append($1)', [JSON.stringify(rows)]);
  });
}

function chainId(orgs: OrganisationIds, chain: AuditChain): number | Promise<number> {
  return chain === INSTALLATION ? 0 : orgs.idOf(chain as OrgId);
}

export async function seenBy(
  session: Session,
  orgId: number,
  ref: PersonRef,
  { access, before, limit }: SeenFilter,
): Promise<SeenEntry[]> {
  const { rows: refs } = await session.query<{ ref: string }>(
    'select $2::uuid as ref union select m.ref from merged_youth m where m.org_id = $1 and m.survivor = $2',
    [orgId, ref],
  );
  const { rows } = await session.query<Omit<SeenEntry, 'seq'> & { seq: string }>(
    `select seq, ${iso('at')} as at, kind, who, capacity, supplier, client, token, access, operation, purpose, item,
       outcome, times, trace
     from seen_by($1, $2) where outcome <> 'STARTED' and ($3::text is null or access = $3)
       and ($4::bigint is null or seq < $4) order by seq desc limit $5`,
    [orgId, refs.map((row) => row.ref), access, before, limit],
  );
  return rows.map(({ seq, ...row }) => ({ seq: Number(seq), ...row }));
}
