import type pg from 'pg';
import type { PersonRef } from '../../core/person/reference.ts';
import {
  boolArray,
  int4Array,
  int8Array,
  textArray,
  tidArray,
  timestampArray,
  uuidArray,
} from '../binaryArray.ts';
import { type Commit, type CommitResult, OUTCOMES, type YouthWrite } from '../port.ts';
import { nameRows } from './identity.ts';
import { listRowsOf } from './listRows.ts';
import { mergedRows } from './merged.ts';
import { sourceKeyRows } from './sourceKeys.ts';

const COMMIT = `commit_batch($1, $2, $3, $4, $5, $6::bigint[],
  $7::bigint[], $8::uuid[], $9::int[], $10::int[], $11::bigint[], $12::timestamptz[], $13::boolean[], $14::text[],
  $15::uuid[], $16::int[], $17::int[], $18::bigint[], $19::timestamptz[], $20::text[],
  $21::tid[], $22::jsonb, $23, $24, $25::int[], $26::int[])`;
const SQL = `select ${COMMIT} as done`;
/** Names come with a youth's first records and hardly ever again. */
const SQL_WITH_NAMES = `select case when ${COMMIT} then note_names($1, $27::jsonb) else false end as done`;
/** From NAV's registers alone, whose records have no names. */
const SQL_WITH_KEYS = `select case when ${COMMIT} then note_source_keys($1, $27::jsonb) else false end as done`;

/** Version conflicts. OT001: a youth's version moved; 23505: a youth that is no longer new; 40P01: two lanes wrote
 *  the same youths in different order (deadlock); 40001: serialization failure, of an isolation level we never ask
 *  for, same cure. */
const MOVED: ReadonlySet<string> = new Set(['OT001', '23505', '40P01', '40001']);

export async function commit(pool: pg.Pool, batch: Commit): Promise<CommitResult> {
  const { applied, youths, names, sourceKeys } = batch;
  const more = moreOf(names, sourceKeys);
  const runs = runsOf(applied);
  const appended = (write: YouthWrite) => (write.state === null ? appendedRun(runs, write.ref) : null);
  try {
    const { rows } = await pool.query<{ done: boolean }>({
      name: more.name,
      text: more.text,
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
        int4Array(applied.map((record) => record.previous?.lane ?? null)),
        int8Array(applied.map((record) => record.previous?.offset ?? null)),
        timestampArray(applied.map((record) => record.recorded)),
        boolArray(applied.map((record) => record.alert)),
        textArray(applied.map((record) => record.body)),
        uuidArray(youths.map((write) => write.ref)),
        int4Array(youths.map((write) => write.expectedVersion)),
        int4Array(youths.map((write) => write.version)),
        int8Array(youths.map((write) => runs.get(write.ref)?.last ?? batch.nextOffset - 1n)),
        timestampArray(youths.map((write) => write.due)),
        textArray(youths.map((write) => write.state)),
        tidArray(youths.map((write) => write.place ?? null)),
        secondaryWrites(batch),
        batch.mark?.offset ?? null,
        batch.mark?.digest ?? null,
        int4Array(youths.map((write) => appended(write)?.first ?? null)),
        int4Array(youths.map((write) => appended(write)?.records ?? null)),
        ...more.values,
      ],
    });
    return rows[0]?.done === true ? 'committed' : 'fenced';
  } catch (error) {
    if (MOVED.has((error as { code?: string }).code ?? '')) return 'moved';
    throw error;
  }
}

/** A youth's records in the batch. */
interface Run {
  /** Place of the first, from 1. */
  first: number;
  records: number;
  /** Offset of the last. */
  last: bigint;
}

function runsOf(applied: Commit['applied']): Map<PersonRef, Run> {
  const runs = new Map<PersonRef, Run>();
  for (const [index, { ref, offset }] of applied.entries()) {
    const run = runs.get(ref);
    if (run === undefined) runs.set(ref, { first: index + 1, records: 1, last: offset });
    else {
      // Only of a merge are they mixed with another's.
      run.records = index + 1 - run.first === run.records ? run.records + 1 : Number.NaN;
      run.last = offset;
    }
  }
  return runs;
}

function appendedRun(runs: ReadonlyMap<PersonRef, Run>, ref: PersonRef): Run {
  const run = runs.get(ref);
  if (run === undefined || Number.isNaN(run.records))
    throw new Error('what is appended to a youth is not one run of records');
  return run;
}

function moreOf(
  names: Commit['names'],
  keys: Commit['sourceKeys'],
): { name: string; text: string; values: string[] } {
  if (keys.length > 0) {
    if (names.length > 0) throw new Error('a batch has names and source keys: no feed has both');
    return { name: 'commit_batch_keys', text: SQL_WITH_KEYS, values: [sourceKeyRows(keys)] };
  }
  if (names.length === 0) return { name: 'commit_batch', text: SQL, values: [] };
  return { name: 'commit_batch_names', text: SQL_WITH_NAMES, values: [nameRows(names)] };
}

/** Class 22: a value that no column can hold; 54: more than the server takes in one statement. */
export function refuses(error: unknown): boolean {
  return /^(22|54)/.test((error as { code?: string }).code ?? '');
}

/** The rare parts as one JSON parameter, null when there are none. */
function secondaryWrites(batch: Commit): string | null {
  const merged = mergedRows(batch.youths);
  const { quarantined, parked, receipts, listRows } = batch;
  if (quarantined.length + parked.length + receipts.length + listRows.length + merged.length === 0)
    return null;
  return JSON.stringify({
    quarantined: quarantined.map((item) => ({
      id: item.id,
      record_offset: item.offset.toString(),
      received: item.received,
      problems: item.problems,
      sealed: item.sealed.toString('base64'),
      receipt: item.receipt,
      row: item.row,
    })),
    parked: parked.map((item) => ({
      record_offset: item.offset.toString(),
      ref: item.ref,
      received: item.received,
      reason: item.reason,
      sealed: item.sealed.toString('base64'),
    })),
    receipts: lastPerRow(receipts),
    lists: listRowsOf(batch),
    merged,
  });
}

/** `on conflict do update` cannot touch a row twice, and a producer's retry can put a row twice into one batch. */
function lastPerRow(receipts: Commit['receipts']): Commit['receipts'] {
  return [...new Map(receipts.toReversed().map((row) => [`${row.receipt}/${row.row}`, row])).values()];
}
