import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { StoredRecord } from '../port.ts';
import type { Committed, CommittedRecord, LaneHead } from '../queriesPort.ts';
import { STORED_RECORD, type StoredRow, storedRecord } from './lane.ts';
import type { Session } from './readers.ts';

interface PlacedRow extends StoredRow {
  previous_lane: number | null;
  previous_offset: string | null;
}

export async function heads(session: Session): Promise<LaneHead[]> {
  const { rows } = await session.query<{ org: OrgId; id: number; next_offset: string }>(
    'select o.name as org, l.id, l.next_offset from lane l join organisation o on o.id = l.org_id',
  );
  return rows.map(({ org, id, next_offset }) => ({ org, id, nextOffset: BigInt(next_offset) }));
}

/** Of each lane by its primary key, no further than what is committed. */
export async function committed(
  session: Session,
  orgId: number,
  from: ReadonlyMap<number, bigint>,
  limit: number,
): Promise<Committed> {
  const { rows: lanes } = await session.query<{ id: number; next_offset: string }>(
    'select id, next_offset from lane where org_id = $1 order by id',
    [orgId],
  );
  const known = lanes.map(({ id, next_offset }) => ({ id, nextOffset: BigInt(next_offset) }));
  const { rows } = await session.query<PlacedRow>(
    `select ${STORED_RECORD}, e.previous_lane, e.previous_offset
     from unnest($1::int[], $2::bigint[], $3::bigint[]) f(lane_id, starts, ends) join lane l on l.id = f.lane_id
       cross join lateral (
         select * from event a where a.lane_id = f.lane_id and a.record_offset >= f.starts and a.record_offset < f.ends
         order by a.record_offset fetch first $4 rows with ties
       ) e
     order by e.lane_id, e.record_offset, e.ref`,
    [
      known.map(({ id }) => id),
      known.map(({ id }) => from.get(id) ?? 0n),
      known.map(({ nextOffset }) => nextOffset),
      limit,
    ],
  );
  return { lanes: known, records: rows.map(placed) };
}

function placed({ previous_lane: lane, previous_offset: offset, ...row }: PlacedRow): CommittedRecord {
  const previous = lane === null || offset === null ? null : { lane, offset: BigInt(offset) };
  return { ...storedRecord(row), previous };
}

/** As the history of one youth, of several in one statement. */
export async function histories(
  session: Session,
  orgId: number,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, StoredRecord[]>> {
  const { rows } = await session.query<StoredRow>(
    `with recursive chain as (
       select e.* from youth y join event e on e.lane_id = y.lane_id and e.record_offset = y.record_offset and e.ref = y.ref
       where y.org_id = $1 and y.ref = any ($2::uuid[])
       union all
       select e.* from chain c join event e on e.lane_id = c.previous_lane
         and e.record_offset = c.previous_offset and e.ref = c.ref
     )
     select ${STORED_RECORD} from chain e join lane l on l.id = e.lane_id order by e.ref, e.version`,
    [orgId, refs],
  );
  return Map.groupBy(rows.map(storedRecord), ({ ref }) => ref);
}
