import type { StoredRecord } from '../port.ts';
import type { RecordPlace } from '../queriesPort.ts';
import { STORED_RECORD, type StoredRow, storedRecord } from './lane.ts';
import type { Session } from './readers.ts';

/** Newest first, by a unique key (keyset pagination): rows added meanwhile do not shift the pages. */
export async function latestAlerts(
  session: Session,
  orgId: number,
  limit: number,
  after: RecordPlace | undefined,
): Promise<StoredRecord[]> {
  const { rows } = await session.query<StoredRow>(
    `select ${STORED_RECORD} from event e join lane l on l.id = e.lane_id
     where l.org_id = $1 and e.has_alert
       ${after === undefined ? '' : 'and (e.recorded, e.lane_id, e.record_offset, e.ref) < ($3, $4, $5, $6)'}
     order by e.recorded desc, e.lane_id desc, e.record_offset desc, e.ref desc limit $2`,
    [orgId, limit, ...(after === undefined ? [] : [after.recorded, after.lane, after.offset, after.ref])],
  );
  return rows.map(storedRecord);
}
