import { OUT_TOPICS } from '../core/messages/messages.ts';
import { errorTopic, feedTopic, outTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';

/** A topic as this program creates it. */
export interface TopicSpec {
  topic: string;
  partitions: number;
  replication: number;
  config: Readonly<Record<string, string>>;
}

const DAY_MS = 86_400_000;
/** Kafka's «without limit». */
const UNLIMITED = '9223372036854775807';
/** Days that a deleted youth's tombstone stays readable in the compacted topic. */
const TOMBSTONE_DAYS = 7;

/** All topics of one organisation: feeds, error topics, out topics. */
export function topicSpecs(parts: {
  /** Topic part, e.g. `telemarkfylke-no` */
  org: OrgId;
  virtualClock: boolean;
  partitions: number;
  replication: number;
  retentionDays: number;
}): TopicSpec[] {
  const { org, virtualClock, partitions, replication, retentionDays } = parts;
  const durable = {
    // With three replicas an acknowledged record is on two; a smaller cluster cannot promise that.
    'min.insync.replicas': replication >= 3 ? '2' : '1',
  };
  const kept = { 'cleanup.policy': 'delete', 'retention.ms': String(retentionDays * DAY_MS) };
  // A virtual clock sets the timestamps. Retention by time judges those: a record of 2020 would be deleted as soon as
  // it is written. So these topics keep everything; segments roll by size, not by virtual weeks; and Kafka must not
  // refuse a clock that is ahead (its default limit is one hour).
  const virtual = {
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'segment.ms': UNLIMITED,
    'message.timestamp.type': 'CreateTime',
    'message.timestamp.before.max.ms': UNLIMITED,
    'message.timestamp.after.max.ms': UNLIMITED,
  };
  // A real organisation decides as of the instant the record entered Kafka, whatever its sender claims.
  const feed = virtualClock ? virtual : { ...kept, 'message.timestamp.type': 'LogAppendTime' };
  const event = virtualClock ? virtual : { ...kept, 'message.timestamp.type': 'CreateTime' };
  const entity = {
    ...event,
    'cleanup.policy': 'compact',
    'retention.ms': '-1',
    'delete.retention.ms': String(TOMBSTONE_DAYS * DAY_MS),
  };
  const spec = (topic: string, config: Record<string, string>): TopicSpec => ({
    topic,
    partitions,
    replication,
    config: { ...config, ...durable },
  });
  return [
    ...FEEDS.map((each) => spec(feedTopic(org, each), feed)),
    ...FEEDS.map((each) => spec(errorTopic(org, each), event)),
    ...OUT_TOPICS.map((each) => spec(outTopic(org, each), each === 'ot-ungdom' ? entity : event)),
  ];
}
