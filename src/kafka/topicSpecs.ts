import { OUT_TOPICS } from '../core/messages/messages.ts';
import {
  errorTopic,
  feedTopic,
  outTopic,
  type ProjectionName,
  projectionTopic,
  withdrawalTopic,
} from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS, type Feed } from '../core/youth/statusEvent.ts';

/** What a topic is to the bridge, and so which rights it needs to it. */
export type TopicKind =
  /** Others send, the bridge reads. */
  | 'feed'
  /** A feed that the bridge also fetches itself, from VIGO. */
  | 'fetched'
  /** The bridge's own feed. */
  | 'bridge'
  | 'error'
  | 'out'
  /** In the form of another system, written by the relay. */
  | 'projection';

/** A topic as this program creates it. */
export interface TopicSpec {
  topic: string;
  kind: TopicKind;
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
  /** Those that the installation has. */
  projections?: readonly ProjectionName[];
}): TopicSpec[] {
  const { org, virtualClock, partitions, replication, retentionDays, projections = [] } = parts;
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
  const configOf = ({ topic, kind }: { topic: string; kind: TopicKind }) => {
    if (topic === outTopic(org, 'ot-ungdom')) return entity;
    if (topic === projectionTopic(org, 'fint')) return FINT_ENTITY;
    // Of the day it is reported, also where the clock is virtual.
    if (kind === 'projection') return { ...kept, 'message.timestamp.type': 'CreateTime' };
    return kind === 'error' || kind === 'out' ? event : feed;
  };
  return topicsOf(org, projections).map((each) => ({
    ...each,
    partitions: each.topic === projectionTopic(org, 'fint') ? FINT_PARTITIONS : partitions,
    replication,
    config: { ...configOf(each), ...durable },
  }));
}

/** As FINT's own adapters' topics: everything is sent again each night, and gone after a month. */
const FINT_ENTITY = {
  'cleanup.policy': 'compact,delete',
  'retention.ms': String(30 * DAY_MS),
  'message.timestamp.type': 'CreateTime',
};
const FINT_PARTITIONS = 6;

const FETCHED: ReadonlySet<Feed> = new Set<Feed>(['vigo-intake', 'apprenticeship']);

/** The topics of an organisation: feeds, error topics, out topics. */
export function topicsOf(
  org: OrgId,
  projections: readonly ProjectionName[] = [],
): { topic: string; kind: TopicKind }[] {
  const kindOf = (feed: Feed): TopicKind => {
    if (feed === 'bridge') return 'bridge';
    return FETCHED.has(feed) ? 'fetched' : 'feed';
  };
  return [
    ...FEEDS.map((each) => ({ topic: feedTopic(org, each), kind: kindOf(each) })),
    ...FEEDS.map((each) => ({ topic: errorTopic(org, each), kind: 'error' as const })),
    ...OUT_TOPICS.map((each) => ({ topic: outTopic(org, each), kind: 'out' as const })),
    { topic: withdrawalTopic(org), kind: 'out' as const },
    ...projections.map((each) => ({ topic: projectionTopic(org, each), kind: 'projection' as const })),
  ];
}
