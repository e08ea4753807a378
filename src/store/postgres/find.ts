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

const RESOLVE = `
  with asked as (select * from unnest($1::bytea[], $2::uuid[], $3::bytea[]) a (hmac, ref, sealed)),
  added as (
    insert into identity (hmac, ref, sealed_number)
    select distinct on (hmac) hmac, ref, sealed from asked order by hmac
    on conflict (hmac) do nothing
    returning hmac, ref
  )
  select encode(hmac, 'hex') as hmac, ref from added
  union all
  select encode(hmac, 'hex'), ref from identity where hmac = any ($1::bytea[])`;

/** Unknown hashes get a new random reference. */
export async function resolve(
  pool: pg.Pool,
  people: readonly { hmac: Buffer; sealedNumber: () => Buffer }[],
): Promise<string[]> {
  if (people.length === 0) return [];
  const hmacs = people.map((person) => person.hmac);
  const refs = new Map<string, string>();
  // Twice at most: a row that another worker adds at the same moment is not in this statement's snapshot.
  for (
    let round = 0;
    round < 3 && people.some((person) => !refs.has(person.hmac.toString('hex')));
    round += 1
  ) {
    const { rows } = await pool.query<{ hmac: string; ref: string }>({
      name: 'resolve',
      text: RESOLVE,
      values: [
        byteaArray(hmacs),
        uuidArray(people.map(() => randomUUID())),
        byteaArray(people.map((person) => person.sealedNumber())),
      ],
    });
    for (const row of rows) refs.set(row.hmac, row.ref);
  }
  return people.map((person) => {
    const ref = refs.get(person.hmac.toString('hex'));
    if (ref === undefined) throw new Error('the vault gave no reference for a number');
    return ref;
  });
}

export async function knownKeys(pool: pg.Pool, keys: readonly Buffer[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ key: string }>({
    name: 'known_keys',
    text: "select replace(dedupe_key::text, '-', '') as key from event where dedupe_key = any ($1::uuid[])",
    values: [uuidBytesArray(keys)],
  });
  return new Set(rows.map((row) => row.key));
}
