import type pg from 'pg';
import type { CompleteList, OverdueList } from '../deskPort.ts';
import { iso } from './pool.ts';

/** A list remembers the references it was read under; what is concluded is about youths as they are known now. */
const MERGED = 'left join merged_youth m on m.org_id = r.org_id and m.ref = r.ref';
const NOW = 'coalesce(m.survivor, r.ref)';

interface Open {
  org: string;
  org_id: number;
  list: CompleteList['list'];
  run: string;
  total: number;
  completed: string;
}

/** Complete lists that nobody has concluded from, oldest first: an older list is judged before a newer. */
export async function completeLists(pool: pg.Pool): Promise<CompleteList[]> {
  const { rows } = await pool.query<Open>(
    `select o.name as org, r.org_id, r.list, r.run, r.total, ${iso('r.completed')} as completed
     from list_run r join organisation o on o.id = r.org_id
     where r.completed is not null and r.verdict is null and r.type = 'FULL' order by r.completed, r.run`,
  );
  const complete: CompleteList[] = [];
  for (const open of rows) complete.push(await withRows(pool, open));
  return complete;
}

async function withRows(pool: pg.Pool, open: Open): Promise<CompleteList> {
  const members = await pool.query<{ row_key: string; ref: string; sealed: Buffer | null }>(
    `select r.row_key, ${NOW} as ref, r.sealed from list_row r ${MERGED} where r.org_id = $1 and r.list = $2 and r.run = $3 order by r.row_key`,
    [open.org_id, open.list, open.run],
  );
  const previous = await pool.query<{ ref: string | null }>(
    `select ${NOW} as ref from (
       select * from list_run where org_id = $1 and list = $2 and verdict = 'concluded' order by completed desc, run desc limit 1
     ) l left join list_row r on r.org_id = l.org_id and r.list = l.list and r.run = l.run ${MERGED}`,
    [open.org_id, open.list],
  );
  return {
    org: open.org,
    list: open.list,
    run: open.run,
    total: open.total,
    completed: open.completed,
    refs: [...new Set(members.rows.map((row) => row.ref))],
    // No concluded list: no row at all. An empty one: one row without a reference.
    previous: previous.rows.length === 0 ? null : [...new Set(previous.rows.flatMap((row) => row.ref ?? []))],
    held: members.rows.flatMap((row) =>
      row.sealed === null ? [] : [{ rowKey: row.row_key, ref: row.ref, sealed: row.sealed }],
    ),
  };
}

/** FULL lists that are not whole although they began long ago, oldest first. */
export async function overdueLists(
  pool: pg.Pool,
  orgId: number,
  openedBefore: string,
): Promise<OverdueList[]> {
  const { rows } = await pool.query<OverdueList>(
    `select list, run, total, received as rows from list_run
     where org_id = $1 and opened <= $2 and completed is null and type = 'FULL' and overdue_told is null
     order by opened, run`,
    [orgId, openedBefore],
  );
  return rows;
}

export async function noteOverdue(pool: pg.Pool, orgId: number, list: string, run: string): Promise<void> {
  await pool.query('update list_run set overdue_told = now() where org_id = $1 and list = $2 and run = $3', [
    orgId,
    list,
    run,
  ]);
}

export async function lastConcluded(
  pool: pg.Pool,
  orgId: number,
  list: string,
): Promise<{ total: number; completed: string } | null> {
  const { rows } = await pool.query<{ total: number; completed: string }>(
    `select total, ${iso('completed')} as completed from list_run
     where org_id = $1 and list = $2 and verdict = 'concluded' order by list_run.completed desc, run desc limit 1`,
    [orgId, list],
  );
  return rows[0] ?? null;
}

export async function concludedRefs(
  pool: pg.Pool,
  orgId: number,
  list: string,
  count: number,
): Promise<string[][]> {
  const { rows } = await pool.query<{ refs: string[] }>(
    `select array_remove(array_agg(distinct ${NOW}::text), null) as refs
     from (
       select * from list_run where org_id = $1 and list = $2 and verdict = 'concluded' order by completed desc, run desc limit $3
     ) l left join list_row r on r.org_id = l.org_id and r.list = l.list and r.run = l.run ${MERGED}
     group by l.completed, l.run order by l.completed desc, l.run desc`,
    [orgId, list, count],
  );
  return rows.map((row) => row.refs);
}
