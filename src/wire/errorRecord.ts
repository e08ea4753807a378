import type { RejectedRecord } from '../core/messages/sink.ts';
import { errorTopic } from '../core/messages/topic.ts';
import type { OutgoingRecord } from '../kafka/publisher.ts';

/**
 * The record for `<org>.ot.event.error.<feed>`: which record was rejected and why, in FINT's error form
 * (`errorCode` and `args`). Codes and field names only: the sender has the payload, no consumer needs it,
 * and an unknown code (`raw`) stays in quarantine where access is controlled.
 * @param rejected `timestamp`: epoch milliseconds, only for an organisation with a virtual clock
 */
export function errorRecord(rejected: RejectedRecord & { timestamp?: number }): OutgoingRecord {
  const { org, feed, topic, partition, received } = rejected;
  const offset = String(rejected.offset);
  const position = `${topic}/${partition}/${offset}`;
  const value = {
    feed,
    topic,
    partition,
    offset,
    received,
    errors: rejected.problems.map((problem) => ({
      errorCode: problem.code,
      args: { field: safeField(problem.field) },
    })),
  };
  return {
    topic: errorTopic(org, feed),
    key: position,
    value: Buffer.from(JSON.stringify(value)),
    headers: {
      ce_specversion: '1.0',
      ce_id: position,
      ce_source: `/ot-bridge/${org}`,
      ce_type: 'no.otbridge.ot.error.v1',
      ce_time: received,
      'content-type': 'application/json',
      'origin.application.id': 'ot-bridge',
    },
    ...(rejected.timestamp === undefined ? {} : { timestamp: rejected.timestamp }),
  };
}

/** The name of an unknown field is the sender's text: one that does not look like a field name is not passed on. */
function safeField(field: string): string {
  return /^[\p{L}\p{N}_.[\]-]{0,80}$/u.test(field) && !/\d{6}/.test(field) ? field : '?';
}
