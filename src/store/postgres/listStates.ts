import type { ListState, Operations } from '../operationsPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

const STATE = `
  select r.list, r.run, r.type, r.total, r.received as seen, r.records, r.bad, r.nameless, r.verdict, r.reason, r.affected,
    r.extra as surplus, ${iso('r.opened')} as opened, ${iso('r.completed')} as completed,
    (select count(*)::int from list_row d where d.org_id = r.org_id and d.list = r.list and d.run = r.run and d.kind = 'doubt')
      as doubtful,
    exists (select from list_run n where n.org_id = r.org_id and n.list = r.list and n.type = 'FULL'
      and n.completed is not null and n.verdict is distinct from 'dropped' and (n.opened, n.run) > (r.opened, r.run)) as outdated,
    coalesce((select jsonb_agg(jsonb_build_object('act', a.act, 'who', a.who, 'reason', a.reason, 'recorded', ${iso('a.recorded')})
      order by a.id) from list_act a where a.org_id = r.org_id and a.list = r.list and a.run = r.run), '[]') as acts
  from list_run r`;

/** Newest first. */
export async function listStates(
  session: Session,
  orgId: number,
  { list, limit }: { list: string | null; limit: number },
): Promise<ListState[]> {
  const { rows } = await session.query<ListState>(
    `${STATE} where r.org_id = $1 and ($2::text is null or r.list = $2) order by r.opened desc, r.run desc limit $3`,
    [orgId, list, limit],
  );
  return rows;
}

export async function listState(
  session: Session,
  orgId: number,
  list: string,
  run: string,
): Promise<ListState | undefined> {
  const { rows } = await session.query<ListState>(
    `${STATE} where r.org_id = $1 and r.list = $2 and r.run = $3`,
    [orgId, list, run],
  );
  return rows[0];
}

export async function listsOfReceipt(session: Session, orgId: number, receipt: string): Promise<ListState[]> {
  const { rows } = await session.query<ListState>(
    `${STATE} join receipt_list b on b.org_id = r.org_id and b.list = r.list and b.run = r.run
     where r.org_id = $1 and b.receipt = $2 order by r.opened, r.run`,
    [orgId, receipt],
  );
  return rows;
}

/** Clears the verdict so that the list is judged again; a list declared complete is complete from its last row. */
export async function actOnList(
  session: Session,
  orgId: number,
  { list, run, act, who, reason, recorded, seen }: Parameters<Operations['actOnList']>[0],
): Promise<boolean> {
  const { rowCount } = await session.query(
    `with acted as (
       update list_run set
         verdict = case when $4 = 'drop' then 'dropped' end, reason = null, affected = null,
         concluded = case when $4 = 'drop' then now() end,
         confirmed = confirmed or $4 = 'confirm', vouched = vouched or $4 = 'conclude',
         completed = case when $4 = 'conclude' then coalesce(completed, last_received) else completed end
       where org_id = $1 and list = $2 and run = $3 and verdict is not distinct from $8
       returning org_id
     )
     insert into list_act (org_id, list, run, act, who, reason, recorded)
     select org_id, $2, $3, $4, $5, $6, $7 from acted`,
    [orgId, list, run, act, who, reason, recorded, seen],
  );
  return rowCount === 1;
}
