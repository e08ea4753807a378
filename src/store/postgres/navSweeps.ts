import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { uuidArray } from '../binaryArray.ts';
import type { Sweep } from '../navPort.ts';
import { lockedYouths } from './navPages.ts';
import { withdraw } from './navWithdrawals.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

// Rows that NAV may still use are judged again: by a cursor over the lanes' records, and all of a list for what time alone
// changes.

interface Standing {
  batch: string;
  matchId: string;
  ref: PersonRef;
  extracted: IsoInstant;
  judgeAt: IsoInstant | null;
}

const STANDING = `select r.batch, r.match_id as "matchId", r.ref, ${iso('b.extracted')} as extracted,
  ${iso('r.judge_at')} as "judgeAt"
  from nav_batch_row r join nav_batch b on b.org_id = r.org_id and b.id = r.batch and b.finished is not null
  where r.org_id = $1 and r.withdrawn is null`;

export async function sweepWritten(session: Session, orgId: number, sweep: Sweep): Promise<boolean> {
  const { limit } = sweep;
  const { rows: lanes } = await session.query<{ id: number; upto: string; next: string }>({
    name: 'nav-lanes-behind',
    text: `select l.id, coalesce(n.swept_upto, 0) as upto, l.next_offset as next
     from lane l left join nav_lane n on n.lane_id = l.id
     where l.org_id = $1 and l.next_offset > coalesce(n.swept_upto, 0) order by l.id`,
    values: [orgId],
  });
  if (lanes.length === 0) return false;
  const { rowCount } = await session.query(`${STANDING} limit 1`, [orgId]);
  const moved: { id: number; upto: string }[] = [];
  for (const { id, upto, next } of lanes) {
    // With no row to withdraw there is nothing to look for: a list is judged whole when it is finished.
    const records = rowCount === 0 ? [] : await written(session, { id, upto, next, limit });
    await judge(session, orgId, [...new Set(records.map(({ ref }) => ref))], sweep);
    const last = records.at(-1);
    moved.push({
      id,
      upto: last === undefined || records.length < limit ? next : String(BigInt(last.at) + 1n),
    });
  }
  await session.query({
    name: 'nav-lanes-moved',
    text: `insert into nav_lane as n (lane_id, swept_upto) select * from unnest($1::int[], $2::bigint[])
     on conflict (lane_id) do update set swept_upto = greatest(n.swept_upto, excluded.swept_upto)`,
    values: [moved.map(({ id }) => id), moved.map(({ upto }) => upto)],
  });
  return true;
}

async function written(
  session: Session,
  { id, upto, next, limit }: { id: number; upto: string; next: string; limit: number },
): Promise<{ ref: PersonRef; at: string }[]> {
  const { rows } = await session.query<{ ref: PersonRef; at: string }>({
    name: 'nav-written',
    text: `select ref, record_offset as at from event where lane_id = $1 and record_offset >= $2 and record_offset < $3
     order by record_offset fetch first $4 rows with ties`,
    values: [id, upto, next, limit],
  });
  return rows;
}

async function judge(
  session: Session,
  orgId: number,
  refs: readonly PersonRef[],
  sweep: Sweep,
): Promise<void> {
  if (refs.length === 0) return;
  const { rows } = await session.query<Standing>({
    name: 'nav-standing-of',
    text: `${STANDING} and r.ref = any ($2::uuid[]) order by r.ref`,
    values: [orgId, uuidArray(refs)],
  });
  await judgeRows(session, orgId, rows, sweep);
}

async function judgeRows(
  session: Session,
  orgId: number,
  rows: readonly Standing[],
  { at, judge }: Pick<Sweep, 'at' | 'judge'>,
): Promise<void> {
  if (rows.length === 0) return;
  const youths = await lockedYouths(session, orgId, [...new Set(rows.map(({ ref }) => ref))].sort());
  const left: Standing[] = [];
  const later: Standing[] = [];
  for (const row of rows) {
    const youth = youths.get(row.ref);
    if (youth === undefined) continue;
    const standing = judge(youth, row.extracted);
    if (standing.left) left.push(row);
    else if (standing.next !== row.judgeAt) later.push({ ...row, judgeAt: standing.next });
  }
  await withdraw(session, orgId, left, at);
  if (later.length === 0) return;
  await session.query({
    name: 'nav-judge-later',
    text: `update nav_batch_row r set judge_at = l.at
     from unnest($2::text[], $3::text[], $4::timestamptz[]) l (batch, match_id, at)
     where r.org_id = $1 and r.batch = l.batch and r.match_id = l.match_id`,
    values: [
      orgId,
      later.map(({ batch }) => batch),
      later.map(({ matchId }) => matchId),
      later.map(({ judgeAt }) => judgeAt),
    ],
  });
}

export async function sweepDue(session: Session, orgId: number, sweep: Sweep): Promise<number> {
  const { rows } = await session.query<Standing>({
    name: 'nav-standing-due',
    text: `${STANDING} and r.judge_at <= $2 order by r.judge_at limit $3`,
    values: [orgId, sweep.at, sweep.limit],
  });
  await judgeRows(session, orgId, rows, sweep);
  return rows.length;
}

export async function sweepRows(
  session: Session,
  orgId: number,
  { batch, after, ...sweep }: Sweep & { batch: string; after: string },
): Promise<string | null> {
  const { rows } = await session.query<Standing>({
    name: 'nav-standing',
    text: `${STANDING} and r.batch = $2 and r.match_id > $3 order by r.match_id limit $4`,
    values: [orgId, batch, after, sweep.limit],
  });
  await judgeRows(session, orgId, rows, sweep);
  return rows.at(-1)?.matchId ?? null;
}
