import type { Session } from './readers.ts';

// Whose rows are to be decided again.

/** Records read for each youth looked at: a list sends a youth's records one after the other, and one look is for all. */
const RECORDS_EACH = 5;

interface EventRow {
  id: number;
  next_offset: string;
  /** Null: the lane has moved on without an effect on a youth. */
  ref: string | null;
  record_offset: string | null;
}

export interface NewEvents {
  /** Of at most `limit` youths. */
  refs: ReadonlySet<string>;
  /** How far each lane is read with them. */
  cursors: ReadonlyMap<number, bigint>;
  /** There were no more. */
  all: boolean;
}

/** Youths of committed records after the cursors. The lane that is furthest behind goes first. */
export async function newEvents(session: Session, orgId: number, limit: number): Promise<NewEvents> {
  const most = limit * RECORDS_EACH;
  const { rows } = await session.query<EventRow>(
    // A lane that is added later begins at its first record.
    `select l.id, l.next_offset, e.ref, e.record_offset
     from (
       select l.id, l.next_offset, coalesce(c.read_upto, 0) as upto from lane l
       left join work_cursor c on c.lane_id = l.id
       where l.org_id = $1 and l.next_offset > coalesce(c.read_upto, 0)
     ) l left join lateral (
       select a.ref, a.record_offset from event a
       where a.lane_id = l.id and a.record_offset >= l.upto and a.record_offset < l.next_offset
       order by a.record_offset fetch first $2 rows with ties
     ) e on true
     order by l.next_offset - l.upto desc, l.id, e.record_offset`,
    [orgId, most],
  );
  const refs = new Set<string>();
  const cursors = new Map<number, bigint>();
  let all = true;
  for (const [id, lane] of Map.groupBy(rows, (row) => row.id)) {
    const rest = firstLeft(lane, refs, limit) ?? beyond(lane, most);
    if (rest !== null) all = false;
    cursors.set(id, rest ?? BigInt(lane[0]?.next_offset ?? 0));
  }
  return { refs, cursors, all };
}

/** Adds the records' youths until there are `limit`. @returns the offset of the first record that is left; null: none is */
function firstLeft(lane: readonly EventRow[], refs: Set<string>, limit: number): bigint | null {
  for (const { ref, record_offset: offset } of lane) {
    if (ref === null || offset === null) continue;
    if (!refs.has(ref) && refs.size >= limit) return BigInt(offset);
    refs.add(ref);
  }
  return null;
}

/** The offset after the last record that was read, when there may be more. */
function beyond(lane: readonly EventRow[], most: number): bigint | null {
  const last = lane.at(-1)?.record_offset ?? null;
  return lane.length < most || last === null ? null : BigInt(last) + 1n;
}

/** Of those to be decided again though no record about them came, at most `limit` of each kind: they are taken off. */
export async function takeStale(session: Session, orgId: number, limit: number): Promise<string[]> {
  const { rows } = await session.query<{ ref: string }>(
    `with opened as (
       delete from work_stale where org_id = $1 and ref = any (array(
         select ref from work_stale where org_id = $1 order by ref limit $2)) returning ref
     ), waits as (
       delete from work_waiting where id = any (array(
         select id from work_waiting where org_id = $1 order by id limit $2)) returning ref
     )
     select ref from opened union all select ref from waits`,
    [orgId, limit],
  );
  return rows.map(({ ref }) => ref);
}
