import type { IsoInstant } from '../../core/time/date.ts';
import type { NavWithdrawal } from '../navPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

/** Class of the advisory locks of organisations. */
const WITHDRAWALS = 7_067_017;

/**
 * Withdraws rows, and adds each to what is published to NAV, in the transaction of the judgement. Whatever withdraws a row
 * calls it, and a row that is withdrawn stays so: each is published once.
 */
export async function withdraw(
  session: Session,
  orgId: number,
  rows: readonly { batch: string; matchId: string }[],
  at: IsoInstant,
): Promise<void> {
  if (rows.length === 0) return;
  // Numbers are seen in their order: who has read up to one has missed none below it.
  await session.query('select pg_advisory_xact_lock($1, $2)', [WITHDRAWALS, orgId]);
  await session.query({
    name: 'nav-withdraw',
    text: `with gone as (
       update nav_batch_row r set withdrawn = $4
       from unnest($2::text[], $3::text[]) w (batch, match_id)
       where r.org_id = $1 and r.batch = w.batch and r.match_id = w.match_id and r.withdrawn is null
       returning r.batch, r.match_id
     )
     insert into nav_withdrawal (org_id, batch, match_id, at)
     select $1, batch, match_id, $4 from gone order by batch, match_id`,
    values: [orgId, rows.map(({ batch }) => batch), rows.map(({ matchId }) => matchId), at],
  });
}

/** In the transaction of its caller: another process passes over what is in hand here. */
export async function publishWithdrawals(
  session: Session,
  orgId: number,
  limit: number,
  publish: (withdrawals: readonly NavWithdrawal[]) => Promise<void>,
): Promise<number> {
  const { rows } = await session.query<NavWithdrawal & { seq: string }>({
    name: 'nav-unpublished',
    text: `select seq, batch, match_id as "matchId", ${iso('at')} as at from nav_withdrawal
     where org_id = $1 and published is null order by seq limit $2 for update skip locked`,
    values: [orgId, limit],
  });
  if (rows.length === 0) return 0;
  await publish(rows.map(({ batch, matchId, at }) => ({ batch, matchId, at })));
  await session.query('update nav_withdrawal set published = now() where seq = any ($1::bigint[])', [
    rows.map(({ seq }) => seq),
  ]);
  return rows.length;
}
