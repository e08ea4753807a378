import type { OutboxMessage } from '../core/messages/messages.ts';
import type { Sink } from '../core/messages/sink.ts';
import type { Youth } from '../core/youth/youth.ts';
import type { YouthEvent } from '../core/youth/youthEvent.ts';
import { packEvents } from '../store/form/storedEvents.ts';
import { tailAfter } from '../store/form/storedTail.ts';
import { packYouth } from '../store/form/storedYouth.ts';
import type { AppliedRecord, YouthWrite } from '../store/port.ts';

/** One record's effect on one youth, as values. */
export type DecidedRecord = Omit<AppliedRecord, 'alert' | 'body'> & { events: readonly YouthEvent[] };

/** A youth as the batch leaves it, as values. */
export type DecidedYouth = Omit<YouthWrite, 'due' | 'mergedInto' | 'state' | 'tail' | 'kept'> & {
  youth: Youth;
  /** It is to be kept in memory. */
  keep?: boolean;
};

/** The youth's records of the batch, where they may be appended to what is stored of it. */
export interface Added<Applied> {
  /** Length of the tail that is stored. */
  tail: number;
  records: readonly Applied[];
}

/**
 * What each decision is turned into as soon as it is made: the form of the database and of the sink, so that events,
 * youths and messages are garbage before the next person is decided; or, in a dry run, nothing but the values.
 */
export interface Packing<Applied, Written> {
  /** @throws what cannot be written, which parks its youth before anything is committed */
  record(decided: DecidedRecord): Applied;
  youth(decided: DecidedYouth, added: Added<Applied> | null): Written;
  /** @throws as `record` */
  message(message: OutboxMessage, traceparent?: string): unknown;
}

/** The forms in which a batch is committed and published. */
export function packingFor(sink: Pick<Sink, 'prepare'>): Packing<AppliedRecord, YouthWrite> {
  return {
    record: appliedRecord,
    youth(decided, added) {
      const tail = added === null ? null : tailAfter(added.tail, added.records);
      return tail === null ? youthWrite(decided) : youthAppended(decided, tail);
    },
    message: (message, traceparent) => sink.prepare(message, traceparent),
  };
}

// Field by field: what is left of an object without one of its fields is a hash table.

export function appliedRecord(decided: DecidedRecord): AppliedRecord {
  const { offset, ref, version, previous, recorded, events } = decided;
  return { offset, ref, version, previous, recorded, alert: raisesAlert(events), body: packEvents(events) };
}

function raisesAlert(events: readonly YouthEvent[]): boolean {
  for (const { type } of events) if (type === 'AlertRaised') return true;
  return false;
}

/** The youth whole. */
export function youthWrite(decided: DecidedYouth): YouthWrite {
  return written(decided, packYouth(decided.youth), 0);
}

/** Its records in the batch, which the store appends. */
export function youthAppended(decided: DecidedYouth, tail: number): YouthWrite {
  return written(decided, null, tail);
}

function written(decided: DecidedYouth, state: string | null, tail: number): YouthWrite {
  const { ref, expectedVersion, version, youth, place, key, keep = false } = decided;
  const { due, mergedInto } = youth;
  const kept = keep ? youth : null;
  const write: YouthWrite = { ref, expectedVersion, version, due, mergedInto, state, tail, kept };
  if (place !== undefined) write.place = place;
  if (key !== undefined) write.key = key;
  return write;
}
