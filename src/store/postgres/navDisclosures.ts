import type { NavDisclosure, NavDisclosuresAsked } from '../navPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

/** Newest first. */
export async function navDisclosures(
  session: Session,
  orgId: number,
  { ref, batch, before, limit }: NavDisclosuresAsked,
): Promise<NavDisclosure[]> {
  const { rows } = await session.query<Omit<NavDisclosure, 'seq'> & { seq: string }>(
    `select d.id as seq, r.batch, r.match_id as "matchId", coalesce(m.survivor, r.ref) as ref, d.decision, d.how,
       d.recipient, d.legal_basis as "legalBasis", d.consent_version as "consentVersion", ${iso('d.at')} as at
     from nav_batch_row r join nav_disclosure d on d.decision = r.decision
       left join merged_youth m on m.org_id = r.org_id and m.ref = r.ref
     where r.org_id = $1 and ($3::text is null or r.batch = $3) and ($4::bigint is null or d.id < $4)
       ${ref === null ? 'and $2::uuid is null' : OF_YOUTH}
     order by d.id desc limit $5`,
    [orgId, ref, batch, before, limit],
  );
  return rows.map(({ seq, ...row }) => ({ seq: Number(seq), ...row }));
}

/** Also of those that were merged into it: each by the index of the rows. */
const OF_YOUTH = `and r.ref in (
  select $2::uuid union all select ref from merged_youth where org_id = $1 and survivor = $2
) and coalesce(m.survivor, r.ref) = $2`;
