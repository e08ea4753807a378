import type { FenceSource } from '../core/lane.ts';
import type { Sink, SinkPromises } from '../core/messages/sink.ts';
import type { OrgId } from '../core/organisation.ts';
import { epochOf } from '../core/time/date.ts';
import { fenceOf } from '../kafka/fence.ts';
import type { OutgoingRecord, Publisher } from '../kafka/publisher.ts';
import type { Codec } from './codec.ts';
import { errorRecord } from './errorRecord.ts';
import { createRecords } from './records.ts';

const PROMISES = {
  // A person is a key, and a key is always on one partition.
  order: 'per-person',
  // After a crash a lane's new owner publishes again what its checkpoint does not cover.
  delivery: 'at-least-once',
  takeover: 'fenced',
  replay: 'from-position',
} as const satisfies SinkPromises;

export type KafkaSink = Sink<OutgoingRecord, typeof PROMISES>;

/** The out topics of one organisation, and the error topics of its feeds. */
export function createKafkaSink(parts: {
  org: OrgId;
  codec: Codec;
  /** Records carry the moment of their cause, not that of publishing. */
  virtualClock: boolean;
  publisher: Pick<Publisher, 'publish'>;
  fences: FenceSource;
}): KafkaSink {
  const { virtualClock, publisher, fences } = parts;
  return {
    promises: PROMISES,
    prepare: createRecords(parts),
    prepareRejection: (rejected) =>
      errorRecord({ ...rejected, ...(virtualClock && { timestamp: epochOf(rejected.received) }) }),
    deliver: (records, { lane, ...options }) =>
      publisher.publish(records, { ...options, fence: fenceOf(fences, lane) }),
  };
}
