import type { StoredRecord } from '../port.ts';
import type { RecordPlace } from '../queriesPort.ts';
import { STORED_RECORD, type StoredRow, storedRecord } from './lane.ts';
import type { Session } from './readers.ts';

/** Newest first, by a unique key (keyset pagination): rows added meanwhile do not shift the pages. Of each lane no more than
 *  the page has room for, by its index. */
export async function latestAlerts(
  session: Session,
  orgId: number,
  limit: number,
  after: RecordPlace | undefined,
): Promise<StoredRecord[]> {
  const { rows } = await session.query<StoredRow>(
    `select ${STORED_RECORD} from lane l cross join lateral (
       select * from event a where a.lane_id = l.id and a.has_alert
         ${after === undefined ? '' : 'and a.recorded <= $3 and (a.recorded, a.lane_id, a.record_offset, a.ref) < ($3, $4, $5, $6)'}
       order by a.recorded desc, a.record_offset desc, a.ref desc limit $2
     ) e where l.org_id = $1
     order by e.recorded desc, e.lane_id desc, e.record_offset desc, e.ref desc limit $2`,
    [orgId, limit, ...(after === undefined ? [] : [after.recorded, after.lane, after.offset, after.ref])],
  );
  return rows.map(storedRecord);
}
