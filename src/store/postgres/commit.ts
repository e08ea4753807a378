import type pg from 'pg';
import { packEvents } from '../../core/eventCodec.ts';
import { packYouth } from '../../core/youthCodec.ts';
import {
  boolArray,
  int4Array,
  int8Array,
  jsonArray,
  timestampArray,
  uuidArray,
  uuidBytesArray,
} from '../binaryArray.ts';
import { type Commit, type CommitResult, OUTCOMES } from '../port.ts';

const SQL = `select commit_batch($1, $2, $3, $4, $5, $6::bigint[],
  $7::bigint[], $8::uuid[], $9::int[], $10::uuid[], $11::timestamptz[], $12::boolean[], $13::json[],
  $14::uuid[], $15::int[], $16::int[], $17::bigint[], $18::timestamptz[], $19::json[], $20::jsonb) as done`;

/** OT001: a youth's version moved; 23505: a known source event or a youth that is no longer new; 40P01: two
 *  lanes wrote the same youths in different order; 40001: never asked for, but the cure is the same. */
const MOVED: ReadonlySet<string> = new Set(['OT001', '23505', '40P01', '40001']);

export async function commit(pool: pg.Pool, batch: Commit): Promise<CommitResult> {
  const { applied, youths } = batch;
  const lastOffset = new Map(applied.map((record) => [record.ref, record.offset]));
  try {
    const { rows } = await pool.query<{ done: boolean }>({
      name: 'commit_batch',
      text: SQL,
      values: [
        batch.lane.id,
        batch.lane.epoch,
        batch.lane.nextOffset,
        batch.nextOffset,
        batch.publishedUpto,
        int8Array(OUTCOMES.map((outcome) => BigInt(batch.counts[outcome]))),
        int8Array(applied.map((record) => record.offset)),
        uuidArray(applied.map((record) => record.ref)),
        int4Array(applied.map((record) => record.version)),
        uuidBytesArray(applied.map((record) => record.dedupeKey)),
        timestampArray(applied.map((record) => record.recorded)),
        boolArray(applied.map((record) => record.events.some((event) => event.type === 'AlertRaised'))),
        jsonArray(applied.map((record) => packEvents(record.events))),
        uuidArray(youths.map((write) => write.ref)),
        int4Array(youths.map((write) => write.expectedVersion)),
        int4Array(youths.map((write) => write.version)),
        int8Array(youths.map((write) => lastOffset.get(write.ref) ?? batch.nextOffset - 1n)),
        timestampArray(youths.map((write) => write.youth.due)),
        jsonArray(youths.map((write) => packYouth(write.youth))),
        rest(batch),
      ],
    });
    return rows[0]?.done === true ? 'committed' : 'fenced';
  } catch (error) {
    if (MOVED.has((error as { code?: string }).code ?? '')) return 'moved';
    throw error;
  }
}

/** The rare parts as one JSON parameter, null when there are none. */
function rest(batch: Commit): string | null {
  if (batch.quarantined.length + batch.parked.length + batch.receipts.length + batch.listRows.length === 0)
    return null;
  return JSON.stringify({
    quarantined: batch.quarantined.map((item) => ({
      id: item.id,
      record_offset: item.offset.toString(),
      received: item.received,
      problems: item.problems,
      sealed: item.sealed.toString('base64'),
      receipt: item.receipt,
      row: item.row,
    })),
    parked: batch.parked.map((item) => ({
      record_offset: item.offset.toString(),
      ref: item.ref,
      received: item.received,
      reason: item.reason,
      sealed: item.sealed.toString('base64'),
    })),
    receipts: lastPerRow(batch.receipts),
    lists: batch.listRows.map((row) => ({
      list: row.envelope.list,
      run: row.envelope.run,
      type: row.envelope.type,
      total: row.envelope.total,
      row_key: row.rowKey,
      ref: row.ref,
      sealed: row.sealed?.toString('base64') ?? null,
      received: row.received,
    })),
  });
}

/** `on conflict do update` cannot touch a row twice: a producer's repeat may stand twice in one batch. */
function lastPerRow(receipts: Commit['receipts']): Commit['receipts'] {
  return [...new Map(receipts.toReversed().map((row) => [`${row.receipt}/${row.row}`, row])).values()];
}
