import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { UNKNOWN_YOUTH } from '../../core/youth.ts';
import { unpackYouth } from '../../core/youthCodec.ts';
import { byteaArray, uuidArray, uuidBytesArray } from '../binaryArray.ts';
import type { LoadedYouth, Store } from '../port.ts';

const FIND = 'select * from find_youths($1, $2::bytea[], $3::uuid[])';

interface Row {
  n: string;
  ref: string;
  version: number | null;
  state: unknown;
  lane_id: number | null;
  record_offset: string | null;
  parked: boolean;
}

export async function find(
  pool: pg.Pool,
  orgId: number,
  hmacs: readonly Buffer[],
  refs: readonly string[],
): Promise<Awaited<ReturnType<Store['find']>>> {
  const { rows } = await pool.query<Row>({
    name: 'find',
    text: FIND,
    values: [orgId, byteaArray(hmacs), uuidArray(refs)],
  });
  const known: (string | undefined)[] = new Array(hmacs.length).fill(undefined);
  const youths = new Map<string, LoadedYouth>();
  for (const row of rows) {
    const n = Number(row.n);
    if (n > 0) known[n - 1] = row.ref;
    if (!youths.has(row.ref)) youths.set(row.ref, loaded(row));
  }
  return { known, youths };
}

function loaded(row: Row): LoadedYouth {
  return {
    ref: row.ref,
    version: row.version ?? 0,
    ...state(row),
    parked: row.parked,
    lastLane: row.lane_id,
    lastOffset: row.record_offset === null ? null : BigInt(row.record_offset),
  };
}

/** One unreadable youth parks that youth; thrown here it would hold up everybody in the lane. */
function state(row: Row): Pick<LoadedYouth, 'youth' | 'unreadable'> {
  if (row.state === null) return { youth: UNKNOWN_YOUTH };
  try {
    return { youth: unpackYouth(row.state) };
  } catch (error) {
    return { youth: UNKNOWN_YOUTH, unreadable: error };
  }
}

/** Unknown hashes get a new random reference. */
export async function resolve(
  pool: pg.Pool,
  people: readonly { hmac: Buffer; sealedNumber: () => Buffer }[],
): Promise<string[]> {
  if (people.length === 0) return [];
  const { rows } = await pool.query<{ ref: string }>({
    name: 'resolve',
    text: 'select ref from resolve_people($1::bytea[], $2::uuid[], $3::bytea[]) order by n',
    values: [
      byteaArray(people.map((person) => person.hmac)),
      uuidArray(people.map(() => randomUUID())),
      byteaArray(people.map((person) => person.sealedNumber())),
    ],
  });
  if (rows.length !== people.length) throw new Error('the vault did not give a reference for every number');
  return rows.map((row) => row.ref);
}

export async function knownKeys(pool: pg.Pool, keys: readonly Buffer[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ key: string }>({
    name: 'known_keys',
    text: "select replace(k::text, '-', '') as key from known_keys($1::uuid[]) k",
    values: [uuidBytesArray(keys)],
  });
  return new Set(rows.map((row) => row.key));
}
