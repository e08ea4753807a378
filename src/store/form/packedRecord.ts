import type { StoredRecord } from '../port.ts';
import type { PackedRecord } from '../queriesPort.ts';
import { packEvents, unpackEvents } from './storedEvents.ts';

export function packedRecord({ events, ...place }: StoredRecord): PackedRecord {
  return { ...place, body: packEvents(events) };
}

export function unpackedRecord({ body, ...place }: PackedRecord): StoredRecord {
  return { ...place, events: unpackEvents(JSON.parse(body)) };
}
