import type { DeskEvent } from '../desk/parts.ts';
import { READ_MISSING } from '../kafka/laneTrouble.ts';
import { rightSentence } from '../kafka/rights.ts';
import type { FeedTrouble } from '../pipeline/trouble.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Meters } from '../telemetry/metrics.ts';
import type { RefusalAlarm } from './connections.ts';

/** Operational events of the pipeline, as log events and counts. */
export function createTrouble(
  log: Logger,
  meters: Meters,
  alarm: RaiseAlarm,
  refused: RefusalAlarm,
): FeedTrouble {
  return {
    parked: ({ org, topic, partition }, ref, error) =>
      log.event('youth.parked', { org, topic, partition, ref, error }),
    waiting(_lane, error) {
      log.event('part.waiting', { part: 'store', error });
      refused.database(error);
    },
    dropped({ org, topic, partition }, reason, error) {
      log.event('lane.dropped', { org, topic, partition, reason, error });
      if (reason === 'fenced') meters.fenceLost({ org, topic, partition });
    },
    stopped({ org, topic, partition }, trouble) {
      if (trouble === null) return log.event('lane.goesOn', { org, topic, partition });
      const { code, reason, offset, since } = trouble;
      const upto = 'upto' in trouble && trouble.upto !== null ? { upto: trouble.upto } : {};
      log.event('lane.stands', { org, topic, partition, code, reason, offset, since, ...upto });
      const detail = reason === READ_MISSING ? rightSentence('Read', [{ topic }]) : reason;
      alarm(code, { org, topic, partition, offset, detail, since });
    },
  };
}

/** Submissions and operations of the API, as log events. */
export function deskEvents(log: Logger, alarm: RaiseAlarm): (event: DeskEvent) => void {
  return (event) => {
    if (event.event === 'personsCapped') {
      return alarm('PERSONS_CAPPED', { org: event.org, detail: event.caller, count: event.most });
    }
    const { event: act, ...fields } = event;
    // Without the reference of a released youth: the operator has it, and the log need not.
    const item = 'item' in fields ? fields.item : undefined;
    const submitted =
      'receipt' in fields ? { feed: fields.feed, receipt: fields.receipt, rows: fields.rows } : {};
    const access = 'access' in fields ? { item: fields.access, how: fields.act } : {};
    const records = 'records' in fields ? { records: fields.records } : {};
    const looked =
      'given' in fields ? { purpose: fields.purpose, records: fields.given, refused: fields.refused } : {};
    const lane =
      'partition' in fields
        ? { topic: fields.topic, partition: fields.partition, offset: fields.offset }
        : {};
    const listed = 'run' in fields ? { item: fields.how, list: fields.list, run: fields.run } : { item };
    log.event('api.acted', {
      act,
      org: fields.org,
      ...listed,
      ...submitted,
      ...records,
      ...looked,
      ...lane,
      ...access,
    });
  };
}
