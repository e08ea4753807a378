import type { MessageMeta } from '../core/messages/messages.ts';
import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { Call } from '../core/subscription/call.ts';
import { callsOf, leadsToCalls } from '../core/subscription/calls.ts';
import { fold } from '../core/youth/evolve.ts';
import { UNKNOWN_YOUTH } from '../core/youth/youth.ts';
import type { StoredRecord } from '../store/port.ts';

/** Calls that each of the records leads to, by its place in `records`. The youths' histories are read only for records
 *  that can lead to one. */
export async function callsOfRecords(
  org: OrgId,
  records: readonly StoredRecord[],
  histories: (refs: readonly PersonRef[]) => Promise<ReadonlyMap<PersonRef, readonly StoredRecord[]>>,
): Promise<Call[][]> {
  const wanted = Map.groupBy(
    records.filter(({ events }) => leadsToCalls(events)),
    ({ ref }) => ref,
  );
  const calls = new Map<string, Call[]>();
  const known = wanted.size === 0 ? new Map() : await histories([...wanted.keys()]);
  for (const [ref, own] of wanted) {
    const versions = new Set(own.map(({ version }) => version));
    const newest = Math.max(...versions);
    let youth = UNKNOWN_YOUTH;
    for (const record of known.get(ref) ?? []) {
      if (record.version > newest) break;
      const before = youth;
      youth = fold(before, record.events);
      if (versions.has(record.version))
        calls.set(placeOf(record), callsOf(record.events, before, youth, metaOf(org, record)));
    }
  }
  return records.map((record) => calls.get(placeOf(record)) ?? []);
}

function placeOf({ lane, offset, ref }: StoredRecord): string {
  return `${lane}/${offset}/${ref}`;
}

function metaOf(org: OrgId, { ref, version, recorded, topic, partition, offset }: StoredRecord): MessageMeta {
  return { org, ref, version, recorded, position: `${topic}/${partition}/${offset}` };
}
