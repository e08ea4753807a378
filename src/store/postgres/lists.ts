import type { PersonRef } from '../../core/person/reference.ts';
import type {
  CompleteList,
  LateList,
  ListMoment,
  Operations,
  OverdueList,
  PastList,
} from '../operationsPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

/** Lists keep the references they were read under; conclusions concern the current ones. */
const MERGED = 'left join merged_youth m on m.org_id = r.org_id and m.ref = r.ref';
const NOW = 'coalesce(m.survivor, r.ref)';
/** The same where a row is written: joined to itself, each row of a list walked all of them on a table without statistics. */
const SURVIVOR =
  'coalesce((select m.survivor from merged_youth m where m.org_id = r.org_id and m.ref = r.ref), r.ref)';

type Open = Pick<
  CompleteList,
  'org' | 'list' | 'run' | 'total' | 'opened' | 'completed' | 'bad' | 'outdated' | 'confirmed' | 'vouched'
> & { org_id: number };

const COMPLETE = `
  select o.name as org, r.org_id, r.list, r.run, coalesce(r.total, r.received) as total, r.bad, r.confirmed, r.vouched,
    ${iso('r.opened')} as opened, ${iso('r.completed')} as completed,
    exists (select from list_run n where n.org_id = r.org_id and n.list = r.list and n.verdict = 'concluded'
      and (n.opened, n.run) > (r.opened, r.run)) as outdated
  from list_run r join organisation o on o.id = r.org_id
  where r.completed is not null and r.verdict is null and r.type = 'FULL' order by r.opened, r.run`;

/** Complete lists without a verdict, oldest first: an older list is judged before a newer one. */
export async function completeLists(
  session: Session,
  choose?: Parameters<Operations['completeLists']>[0],
): Promise<CompleteList[]> {
  const { rows } = await session.query<Open>(COMPLETE);
  const chosen = new Set<unknown>(choose === undefined ? rows : await choose(rows));
  const complete: CompleteList[] = [];
  for (const open of rows) if (chosen.has(open)) complete.push(await withRows(session, open));
  return complete;
}

async function withRows(session: Session, { org_id, ...open }: Open): Promise<CompleteList> {
  const { rows } = await session.query<{
    row_key: string;
    ref: PersonRef | null;
    nameless: string | null;
    sealed: Buffer | null;
  }>(
    `select r.row_key, ${NOW} as ref, r.nameless, r.sealed from list_row r ${MERGED}
     where r.org_id = $1 and r.list = $2 and r.run = $3 and r.kind <> 'doubt' order by r.row_key, r.place`,
    [org_id, open.list, open.run],
  );
  return {
    ...open,
    refs: [...new Set(rows.flatMap(({ ref }) => ref ?? []))],
    nameless: [...new Set(rows.flatMap(({ nameless }) => nameless ?? []))],
    held: rows.flatMap(({ ref, row_key, sealed }) =>
      ref === null || sealed === null ? [] : [{ rowKey: row_key, ref, sealed }],
    ),
  };
}

/** One statement: the verdict and the doubtful persons are stored together. Those who came late are found by a set that is
 *  hashed once, and not by an array that each row would walk. */
export async function concludeList(
  session: Session,
  orgId: number,
  ...[, list, run, judged]: Parameters<Operations['concludeList']>
): Promise<void> {
  const { verdict, reason, affected, doubtful, refs } = judged;
  await session.query(
    `with cleared as (
       delete from list_row where org_id = $1 and list = $2 and run = $3 and kind = 'doubt'
         and ref not in (select ref from jsonb_to_recordset($7::jsonb) d (ref uuid))
     ), doubted as (
       insert into list_row (org_id, list, run, place, row_key, ref, kind, base)
       select $1, $2, $3, 'doubt/' || d.ref, 'doubt', d.ref, 'doubt', d.base
       from jsonb_to_recordset($7::jsonb) d (ref uuid, base text[])
       on conflict (org_id, list, run, place) do update set base = excluded.base
     ), late as (
       update list_row r set late = true
       where r.org_id = $1 and r.list = $2 and r.run = $3 and r.kind <> 'doubt' and r.ref is not null
         and $8::uuid[] is not null and ${SURVIVOR} not in (select unnest($8::uuid[]))
     )
     update list_run set verdict = $4, reason = $5, affected = $6, concluded = now()
     where org_id = $1 and list = $2 and run = $3`,
    [orgId, list, run, verdict, reason, affected, JSON.stringify(doubtful), refs],
  );
}

export async function closeQuietLists(session: Session, orgId: number, quietSince: string): Promise<number> {
  const { rowCount } = await session.query(
    `update list_run set completed = last_received
     where org_id = $1 and completed is null and verdict is null and type = 'FULL'
       and received < total and records >= total and last_received <= $2`,
    [orgId, quietSince],
  );
  return rowCount ?? 0;
}

export async function lateLists(session: Session, orgId: number): Promise<LateList[]> {
  const { rows } = await session.query<LateList>(
    `select r.list, r.run, ${iso('l.completed')} as completed, array_agg(distinct ${NOW}::text) as refs
     from list_row r join list_run l on l.org_id = r.org_id and l.list = r.list and l.run = r.run ${MERGED}
     where r.org_id = $1 and r.late group by r.list, r.run, l.completed order by r.list, r.run`,
    [orgId],
  );
  return rows;
}

export async function markLateReported(
  session: Session,
  orgId: number,
  ...[, list, run, refs]: Parameters<Operations['markLateReported']>
): Promise<void> {
  await session.query(
    `update list_row r set late = false
     where r.org_id = $1 and r.list = $2 and r.run = $3 and r.late
       and (${SURVIVOR} in (select unnest($4::uuid[]))) is true`,
    [orgId, list, run, refs],
  );
}

export async function surplusLists(session: Session, orgId: number): ReturnType<Operations['surplusLists']> {
  const { rows } = await session.query<Awaited<ReturnType<Operations['surplusLists']>>[number]>(
    'select list, run, extra as records from list_run where org_id = $1 and extra > 0 and extra_told = 0 order by opened, run',
    [orgId],
  );
  return rows;
}

export async function markSurplusReported(
  session: Session,
  orgId: number,
  ...[, list, run, records]: Parameters<Operations['markSurplusReported']>
): Promise<void> {
  await session.query('update list_run set extra_told = $4 where org_id = $1 and list = $2 and run = $3', [
    orgId,
    list,
    run,
    records,
  ]);
}

/** Incomplete FULL lists opened long ago, oldest first. */
export async function overdueLists(
  session: Session,
  orgId: number,
  openedBefore: string,
): Promise<OverdueList[]> {
  const { rows } = await session.query<OverdueList>(
    `select list, run, total, received as rows from list_run
     where org_id = $1 and opened <= $2 and completed is null and verdict is null and type = 'FULL' and overdue_told is null
     order by opened, run`,
    [orgId, openedBefore],
  );
  return rows;
}

export async function markOverdueReported(
  session: Session,
  orgId: number,
  list: string,
  run: string,
): Promise<void> {
  await session.query(
    'update list_run set overdue_told = now() where org_id = $1 and list = $2 and run = $3',
    [orgId, list, run],
  );
}

export async function lastConcluded(
  session: Session,
  orgId: number,
  list: string,
): Promise<{ total: number; completed: string } | null> {
  const { rows } = await session.query<{ total: number; completed: string }>(
    `select coalesce(total, received) as total, ${iso('completed')} as completed from list_run
     where org_id = $1 and list = $2 and verdict = 'concluded' order by list_run.opened desc, run desc limit 1`,
    [orgId, list],
  );
  return rows[0] ?? null;
}

export async function pastLists(
  session: Session,
  orgId: number,
  list: string,
  count: number,
  before: ListMoment | null,
): Promise<PastList[]> {
  const { rows } = await session.query<PastList>(
    `select coalesce(array_agg(distinct ${NOW}::text) filter (where r.kind <> 'doubt' and r.ref is not null), '{}') as refs,
       coalesce(array_agg(distinct r.nameless) filter (where r.nameless is not null), '{}') as nameless,
       coalesce(jsonb_agg(jsonb_build_object('ref', ${NOW}, 'base', r.base)) filter (where r.kind = 'doubt'), '[]') as doubtful
     from (
       select * from list_run where org_id = $1 and list = $2 and verdict = 'concluded'
         and ($4::timestamptz is null or (opened, run) < ($4::timestamptz, $5::text))
       order by opened desc, run desc limit $3
     ) l left join list_row r on r.org_id = l.org_id and r.list = l.list and r.run = l.run ${MERGED}
     group by l.opened, l.run order by l.opened desc, l.run desc`,
    [orgId, list, count, before?.opened ?? null, before?.run ?? null],
  );
  return rows;
}
