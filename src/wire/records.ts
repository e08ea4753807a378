import type { OutboxMessage, OutTopic } from '../core/messages/messages.ts';
import { outTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { epochOf, type IsoInstant } from '../core/time/date.ts';
import type { OutgoingRecord } from '../kafka/publisher.ts';
import type { Codec } from './codec.ts';

/**
 * Messages of one organisation as Kafka records: CloudEvents 1.0 in binary mode. Header values are logged by
 * many tools, so they hold positions, names and times, nothing about the youth; the key is a random token.
 * @param virtualClock records carry the moment of their cause, not that of publishing.
 */
export function createRecords(parts: { org: OrgId; codec: Codec; virtualClock: boolean }) {
  const { org, codec, virtualClock } = parts;
  const source = `/ot-bridge/${org}`;
  const constantsOf = (topic: OutTopic) => ({
    topic: outTopic(org, topic),
    headers: {
      ce_specversion: '1.0',
      ce_source: source,
      ce_type: `no.otbridge.ot.${topic}.v1`,
      'content-type': 'application/avro',
      'origin.application.id': 'ot-bridge',
    },
  });
  const constants: Record<OutTopic, ReturnType<typeof constantsOf>> = {
    status: constantsOf('status'),
    alert: constantsOf('alert'),
    'alert-protected': constantsOf('alert-protected'),
    'status-group': constantsOf('status-group'),
    'ot-ungdom': constantsOf('ot-ungdom'),
  };
  // Messages of one source record share their moment: it is parsed once.
  let lastRecorded: IsoInstant = '';
  let lastEpoch = 0;

  return function outgoing(message: OutboxMessage, traceparent?: string): OutgoingRecord {
    const constant = constants[message.topic];
    const { recorded } = message.value;
    const headers: Record<string, string> = { ce_id: message.id, ce_time: recorded };
    if (traceparent !== undefined) headers.traceparent = traceparent;
    const record: OutgoingRecord = {
      topic: constant.topic,
      key: message.ref,
      value: codec.encode(message),
      headers,
      commonHeaders: constant.headers,
    };
    if (virtualClock) {
      if (recorded !== lastRecorded) {
        lastEpoch = epochOf(recorded);
        lastRecorded = recorded;
      }
      record.timestamp = lastEpoch;
    }
    return record;
  };
}
