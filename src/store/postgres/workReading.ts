import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { TURNING } from '../../core/worklist/kept.ts';
import { type RowPlace, rankOf } from '../../core/worklist/row.ts';
import { WORKLIST_IDS, type WorklistId } from '../../core/worklist/worklistId.ts';
import type { WorkOrder, WorkPage, WorkPageAsked, WorkReading } from '../workPort.ts';
import type { Session } from './readers.ts';

/** Whose rows are within reach, with the units as $4 and $5. */
const WITHIN = `case when hidden then $5::text[] is null or units && $5 else $4::text[] is null or units && $4 end`;
const THERE = `p as (select from work_projection where org_id = $1 and rules = $2 and from_day <= $3 and until_day > $3)`;
const LIVE = `from_day <= $3 and until_day > $3 and ${WITHIN}`;

const ORDER: Readonly<Record<WorkOrder, string>> = {
  urgency: 'rank, deadline, since',
  deadline: 'deadline, rank, since',
};

/** @param of lends a connection to a statement about an organisation */
export function postgresWorkReading(
  of: <T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>) => Promise<T>,
): WorkReading {
  return {
    workPage: (org, asked) => of(org, (session, orgId) => workPage(session, orgId, asked)),
    workTurning: (org, { rules, today, within }) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ refs: PersonRef[] | null }>(REFS_TURNING, [
          ...[orgId, rules, today, within.units, within.hiddenUnits, TURNING],
        ]);
        return rows[0] === undefined ? null : (rows[0].refs ?? []);
      }),
    workCounts: (org, { rules, today, soon, within }) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<CountRow>(COUNTS, [
          ...[orgId, rules, today, within.units, within.hiddenUnits, soon, ['', ...WORKLIST_IDS]],
        ]);
        if (rows.length === 0) return null;
        return {
          lists: rows
            .filter(({ list, all_rows: all }) => list !== null && list !== '' && all > 0)
            .map((row) => ({
              list: row.list as WorklistId,
              rows: row.all_rows,
              urgent: row.urgent,
              dueSoon: row.due_soon,
              overdue: row.overdue,
            })),
          unreadable: rows.find(({ list }) => list === '')?.all_rows ?? 0,
        };
      }),
  };
}

interface CountRow {
  /** Null: there is no row at all. */
  list: string | null;
  all_rows: number;
  urgent: number;
  due_soon: number;
  overdue: number;
}

const COUNTS = `with ${THERE}
  select c.* from p left join (
    select list, coalesce(sum(rows) filter (where not hidden), 0)::int as all_rows,
      coalesce(sum(rows) filter (where not hidden and rank = 0), 0)::int as urgent,
      coalesce(sum(rows) filter (where not hidden and deadline between $3 and $6), 0)::int as due_soon,
      coalesce(sum(rows) filter (where not hidden and deadline < $3), 0)::int as overdue
    from work_count where org_id = $1 and list = any ($7) and ${LIVE} group by list
  ) c on true`;

const REFS_TURNING = `with ${THERE}
  select (select array_agg(ref order by ref) from work_row where org_id = $1 and list = $6 and ${LIVE}) as refs from p`;

async function workPage(session: Session, orgId: number, asked: WorkPageAsked): Promise<WorkPage | null> {
  const { rules, today, within, list, hidden, without, order, owner, after, limit } = asked;
  const place = after === null ? null : placeValues(after, order);
  const { rows } = await session.query<PageRow>(pageSql(order, { after: place !== null, hidden }), [
    ...[orgId, rules, today, within.units, within.hiddenUnits, list, owner, limit + 1, without],
    ...(place ?? []),
  ]);
  const [row] = rows;
  if (row === undefined) return null;
  const places = (row.places ?? []).map(placeOfRow);
  return {
    places: places.slice(0, limit),
    more: places.length > limit,
    total: row.total,
    urgent: row.urgent,
    before: row.before,
    owners: row.owners ?? [],
    leftOut: row.left_out,
    unreadable: row.unreadable,
  };
}

interface PageRow {
  places: PlaceRow[] | null;
  total: number;
  urgent: number;
  before: number;
  owners: string[] | null;
  left_out: number;
  unreadable: number;
}

interface PlaceRow {
  ref: RowPlace['ref'];
  number: number;
  rank: number;
  deadline: string;
  since: string;
}

function placeValues({ priority, deadline, since, ref, number }: RowPlace, order: WorkOrder): unknown[] {
  const [rank, due] = [rankOf(priority), deadline ?? 'infinity'];
  return [...(order === 'urgency' ? [rank, due] : [due, rank]), since, ref, number];
}

function placeOfRow({ ref, number, rank, deadline, since }: PlaceRow): RowPlace {
  return {
    ...{ ref, number, since },
    priority: rank === 0 ? 'HOY' : 'VANLIG',
    deadline: deadline === 'infinity' ? null : deadline,
  };
}

/** All of a page in one snapshot. Rows are walked owner by owner in the order of an index, and counted in `work_count`; only
 *  those with the very dates of the place before the page are counted one by one. */
function pageSql(order: WorkOrder, { after, hidden }: { after: boolean; hidden: boolean }): string {
  const by = ORDER[order];
  const casts = order === 'urgency' ? '$10::smallint, $11::date' : '$10::date, $11::smallint';
  const group = `${casts}, $12::date`;
  const listed = hidden ? 'true' : 'not hidden';
  return `with ${THERE},
    live as materialized (
      select owner, hidden, rank, deadline, since, rows from work_count
      where org_id = $1 and list = $6 and ${LIVE} and rows <> 0
      union all
      select owner, hidden, rank, deadline, since, -1 from work_row
      where org_id = $1 and ref = any ($9::uuid[]) and list = $6 and ${LIVE}
    ),
    owners as materialized (
      select owner, sum(rows)::int as rows from live where ${listed} group by owner having sum(rows) > 0
    ),
    page as (
      select w.* from owners o cross join lateral (
        select ref, number, rank, deadline, since from work_row
        where org_id = $1 and list = $6 and owner = o.owner and ${listed} and ${LIVE} and ref <> all ($9::uuid[])
          ${after ? `and (${by}, ref, number) > (${group}, $13::uuid, $14::smallint)` : ''}
        order by ${by}, ref, number limit $8
      ) w where $7::text is null or o.owner = $7
      order by ${by}, ref, number limit $8
    )
    select
      (select json_agg(page order by ${by}, ref, number) from page) as places,
      (select coalesce(sum(rows), 0)::int from owners where $7::text is null or owner = $7) as total,
      (select coalesce(sum(rows), 0)::int from live
        where ${listed} and rank = 0 and ($7::text is null or owner = $7)) as urgent,
      ${after ? beforeSql(by, group, listed) : '0'} as before,
      (select array_agg(owner order by owner collate "C") from owners) as owners,
      (select coalesce(sum(rows), 0)::int from live where not (${listed})) as left_out,
      (select coalesce(sum(rows), 0)::int from work_count where org_id = $1 and list = '' and ${LIVE}) as unreadable
    from p`;
}

function beforeSql(by: string, group: string, listed: string): string {
  return `(select coalesce(sum(rows), 0)::int from live
      where ${listed} and ($7::text is null or owner = $7) and (${by}) < (${group}))
    + (select count(*)::int from owners o join work_row w on w.owner = o.owner
      where w.org_id = $1 and w.list = $6 and ${listed} and ${LIVE} and ($7::text is null or o.owner = $7)
        and (${by}) = (${group}) and (w.ref, w.number) <= ($13::uuid, $14::smallint) and w.ref <> all ($9::uuid[]))`;
}
