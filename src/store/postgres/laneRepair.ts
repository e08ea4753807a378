import type { LaneResumption } from '../operationsPort.ts';
import type { Session } from './readers.ts';

/** The checkpoint only moves forward: records skipped in the same log are skipped here too; in another log the lane
 *  keeps counting and the old log's marks are cleared. The new epoch fences the current owner. */
const RESUME = `
  with moved as (
    update lane set
      next_offset = case when $6 then next_offset else next_offset + $4 - $3 end,
      offset_shift = case when $6 then next_offset - $4 else offset_shift end,
      cluster_id = case when not $6 then cluster_id end,
      topic_id = case when not $6 then topic_id end,
      mark_offset = case when not $6 then mark_offset end,
      mark_digest = case when not $6 then mark_digest end,
      stands = null,
      epoch = epoch + 1
    where topic = $1 and partition = $2 and next_offset - offset_shift = $3 and ($6 or $4 > $3)
    returning id
  )
  insert into lane_repair (lane_id, code, stood_at, went_on_at, reason)
  select id, $5, $3, $4, $7 from moved`;

export async function resumeLane(session: Session, act: LaneResumption): Promise<boolean> {
  const { topic, partition, stoppedAt, from, code, otherLog, reason } = act;
  const { rowCount } = await session.query(RESUME, [
    topic,
    partition,
    stoppedAt,
    from,
    code,
    otherLog,
    reason,
  ]);
  return rowCount === 1;
}
