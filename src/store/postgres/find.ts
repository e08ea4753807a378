import { randomUUID } from 'node:crypto';
import { type NumberRef, numberRef, type PersonRef } from '../../core/person/reference.ts';
import { UNKNOWN_YOUTH } from '../../core/youth/youth.ts';
import { byteaArray, int4Array, uuidArray } from '../binaryArray.ts';
import { unpackStored } from '../form/storedTail.ts';
import type { KeptVersions, LoadedYouth, Store } from '../port.ts';
import type { Session } from './readers.ts';

const FIND = 'select * from find_youths($1, $2::bytea[], $3::uuid[], $4::int[], $5::int[])';

const NONE_KEPT: KeptVersions = { hmacs: [], refs: [] };

export interface YouthRow {
  n: string;
  ref: PersonRef;
  version: number | null;
  state: string | null;
  tail: string | null;
  lane_id: number | null;
  record_offset: string | null;
  merged_into: PersonRef | null;
  parked: boolean;
  place?: string | null;
}

export async function find(
  session: Session,
  orgId: number,
  hmacs: readonly Buffer[],
  refs: readonly PersonRef[],
  kept: KeptVersions = NONE_KEPT,
): Promise<Awaited<ReturnType<Store['find']>>> {
  const { rows } = await session.query<YouthRow>({
    name: 'find',
    text: FIND,
    values: [orgId, byteaArray(hmacs), uuidArray(refs), int4Array(kept.hmacs), int4Array(kept.refs)],
  });
  const known: (NumberRef | undefined)[] = new Array(hmacs.length).fill(undefined);
  const youths = new Map<PersonRef, LoadedYouth>();
  for (const row of rows) {
    const n = Number(row.n);
    // The row of a hash has its number's reference, and the youth that is known under it.
    if (n > 0) known[n - 1] = numberRef(row.ref);
    if (!youths.has(row.ref)) youths.set(row.ref, loaded(row));
  }
  return { known, youths };
}

/** What `loaded` reads of the row `y`; whether the youth is parked, each asks in its own way. */
export const YOUTH = 'y.ref, y.version, y.state, y.tail, y.lane_id, y.record_offset, y.merged_into';

/** A row as found; the youth is decoded on access. */
export function loaded(row: Omit<YouthRow, 'n'>): LoadedYouth {
  const { ref, version, state, tail, parked, merged_into: mergedInto } = row;
  const { lane_id: lane, record_offset: offset } = row;
  const unread = version !== null && state === null;
  return {
    ref,
    version: version ?? 0,
    mergedInto,
    get youth() {
      if (unread) throw new Error('a youth that is kept was not read');
      return state === null ? UNKNOWN_YOUTH : unpackStored({ state, tail });
    },
    parked,
    tail: tail?.length ?? 0,
    unread,
    last: lane === null || offset === null ? null : { lane, offset: BigInt(offset) },
    place: row.place ?? null,
  };
}

/** Unknown hashes get a new random reference. */
export async function resolve(
  session: Session,
  people: readonly { hmac: Buffer; sealedNumber: () => Buffer }[],
): Promise<NumberRef[]> {
  if (people.length === 0) return [];
  const { rows } = await session.query<{ ref: NumberRef }>({
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

export async function inOrderGiven(session: Session, refs: readonly PersonRef[]): Promise<PersonRef[]> {
  const { rows } = await session.query<{ ref: PersonRef }>({
    name: 'in-order-given',
    text: 'select ref from identity where ref = any ($1::uuid[]) group by ref order by min(met)',
    values: [uuidArray(refs)],
  });
  return rows.map((row) => row.ref);
}
