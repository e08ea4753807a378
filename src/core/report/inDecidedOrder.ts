import { compare } from '../order.ts';
import { epochOf, type IsoInstant } from '../time/date.ts';
import type { RecordedEvents } from './register.ts';

/** What one record led to, and the record's place in Kafka. */
export interface PlacedEvents extends RecordedEvents {
  topic: string;
  partition: number;
  offset: bigint;
}

/** A clock's record comes a little after its moment. */
const PUNCTUAL_MS = 60_000;

/** The records as they were decided, what time led to at the moment it fell due, and what falls due next. Null when they
 *  did not come in the order of their moments, or time was recorded too late.
 *  @param records all of one youth up to some moment, by version */
export function inDecidedOrder(
  records: readonly PlacedEvents[],
): { records: RecordedEvents[]; due: IsoInstant | null } | null {
  const decided: RecordedEvents[] = [];
  let before: PlacedEvents | null = null;
  let passedAt: IsoInstant = '';
  let due: IsoInstant | null = null;
  for (const record of records) {
    if (record.version !== decided.length + 1) return null;
    const passed = record.events.find((event) => event.type === 'TimePassed');
    if (passed !== undefined && passed === record.events[0]) {
      if (due === null || epochOf(passed.at) - epochOf(due) > PUNCTUAL_MS) return null;
      passedAt = due;
      decided.push(due === record.recorded ? record : { ...record, recorded: due });
    } else {
      if (record.recorded < passedAt || (due !== null && due <= record.recorded)) return null;
      if (before !== null && byPlace(record, before) < 0) return null;
      // A merge with a youth whose time was ahead.
      if (passed !== undefined && passed.at > record.recorded) return null;
      before = record;
      decided.push(record);
    }
    for (const event of record.events) if (event.type === 'DueMoved') due = event.due;
  }
  return { records: decided, due };
}

/** By the moments of Kafka, then by position: both are the same in every reading of the topics. */
export function byPlace(one: PlacedEvents, other: PlacedEvents): number {
  return (
    compare(one.recorded, other.recorded) ||
    compare(one.topic, other.topic) ||
    compare(one.partition, other.partition) ||
    compare(one.offset, other.offset)
  );
}
