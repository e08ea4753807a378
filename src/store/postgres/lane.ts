import type pg from 'pg';
import type { Lane, LaneKey, LaneStop } from '../../core/lane.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { unpackedRecord } from '../form/packedRecord.ts';
import type { StoredRecord } from '../port.ts';
import type { PackedRecord } from '../queriesPort.ts';
import { iso } from './pool.ts';

const CLAIM = `
  insert into lane (org_id, topic, partition, epoch, fence) values ($1, $2, $3, 1, 1)
  on conflict (topic, partition) do update set epoch = lane.epoch + 1, fence = lane.fence + 1, stands = null
  returning id, epoch, next_offset, published_upto, producer_id, fence, offset_shift, cluster_id, topic_id, mark_offset, mark_digest`;

export async function claim(pool: pg.Pool, orgId: number, key: LaneKey): Promise<Lane> {
  const { rows } = await pool.query<{
    id: number;
    epoch: number;
    next_offset: string;
    published_upto: string;
    producer_id: string;
    fence: number;
    offset_shift: string;
    cluster_id: string | null;
    topic_id: string | null;
    mark_offset: string | null;
    mark_digest: string | null;
  }>(CLAIM, [orgId, key.topic, key.partition]);
  const [row] = rows;
  if (!row) throw new Error('a lane claim returned no row');
  return {
    ...key,
    id: row.id,
    epoch: row.epoch,
    nextOffset: BigInt(row.next_offset),
    publishedUpto: BigInt(row.published_upto),
    producerId: BigInt(row.producer_id),
    fence: row.fence,
    shift: BigInt(row.offset_shift),
    clusterId: row.cluster_id,
    topicId: row.topic_id,
    mark:
      row.mark_offset === null || row.mark_digest === null
        ? null
        : { offset: BigInt(row.mark_offset), digest: BigInt(row.mark_digest) },
  };
}

export async function found(
  pool: pg.Pool,
  lane: Lane,
  { clusterId, topicId }: { clusterId: string; topicId: string },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update lane set cluster_id = $3, topic_id = $4 where id = $1 and epoch = $2',
    [lane.id, lane.epoch, clusterId, topicId],
  );
  return rowCount === 1;
}

export async function stopped(pool: pg.Pool, lane: Lane, note: LaneStop | null): Promise<void> {
  await pool.query('update lane set stands = $3 where id = $1 and epoch = $2', [
    lane.id,
    lane.epoch,
    note && JSON.stringify(note),
  ]);
}

export async function raiseFence(pool: pg.Pool, lane: Lane, by: number): Promise<number | null> {
  const { rows } = await pool.query<{ fence: number }>(
    'update lane set fence = fence + $3 where id = $1 and epoch = $2 returning fence',
    [lane.id, lane.epoch, by],
  );
  return rows[0]?.fence ?? null;
}

export async function published(pool: pg.Pool, lane: Lane, upto: bigint): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'published',
    text: 'update lane set published_upto = greatest(published_upto, $3) where id = $1 and epoch = $2',
    values: [lane.id, lane.epoch, upto],
  });
  return rowCount === 1;
}

export async function publishedUpto(pool: pg.Pool, laneId: number): Promise<bigint> {
  const { rows } = await pool.query<{ published_upto: string }>(
    'select published_upto from lane where id = $1',
    [laneId],
  );
  return BigInt(rows[0]?.published_upto ?? 0);
}

export const STORED_RECORD = `e.lane_id, l.topic, l.partition, e.record_offset, e.ref, e.version, ${iso('e.recorded')} as recorded, e.body`;

export interface StoredRow {
  lane_id: number;
  topic: string;
  partition: number;
  record_offset: string;
  ref: PersonRef;
  version: number;
  recorded: string;
  /** In stored form. */
  body: string;
}

export function storedRecord(row: StoredRow): StoredRecord {
  return unpackedRecord(packedRow(row));
}

export function packedRow(row: StoredRow): PackedRecord {
  return {
    lane: row.lane_id,
    topic: row.topic,
    partition: row.partition,
    offset: BigInt(row.record_offset),
    ref: row.ref,
    version: row.version,
    recorded: row.recorded,
    body: row.body,
  };
}

export async function unpublished(
  pool: pg.Pool,
  lane: Lane,
  from: bigint,
  limit: number,
): Promise<StoredRecord[]> {
  const { rows } = await pool.query<StoredRow>(
    `select ${STORED_RECORD} from event e join lane l on l.id = e.lane_id
     where e.lane_id = $1 and e.record_offset >= $2 order by e.record_offset fetch first $3 rows with ties`,
    [lane.id, from, limit],
  );
  return rows.map(storedRecord);
}
