import type { ProjectionName } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { type TopicKind, topicsOf } from './topicSpecs.ts';

// The access rights (ACLs) that the bridge needs in Kafka, as data: the startup checks them, `ot rettigheter` prints
// them, and a test runs the bridge with exactly these. None is for the cluster, a consumer group or a transactional id:
// lanes are assigned by the database, and a producer that may write to a topic may be idempotent (Kafka ≥ 3.0).

/** What a process does in Kafka. */
export const KAFKA_ROLES = ['consume', 'poll', 'api', 'relay', 'create'] as const;
export type KafkaRole = (typeof KAFKA_ROLES)[number];

/** In Kafka's words; Read and Write imply Describe. */
export type TopicRight = 'Read' | 'Write' | 'Describe' | 'DescribeConfigs' | 'Create';

/** Why, in bokmål, for the operator's table. */
export const ROLE_TEXT: Readonly<Record<KafkaRole, string>> = {
  consume: 'leser, avgjør og sender (ROLES=consume)',
  poll: 'henter lister fra VIGO (VIGO_URL)',
  api: 'svarer på HTTP (ROLES=api)',
  relay: 'sender til andre systemer i deres egen form (FINT_TOPIC, VIGO_OT_TOPIC)',
  create: 'lager emner som mangler, ved start',
};

export const RIGHTS: Readonly<Record<KafkaRole, Readonly<Record<TopicKind, readonly TopicRight[]>>>> = {
  consume: {
    feed: ['Read', 'DescribeConfigs'],
    fetched: ['Read', 'DescribeConfigs'],
    bridge: ['Read', 'Write', 'DescribeConfigs'],
    error: ['Write', 'DescribeConfigs'],
    out: ['Write', 'DescribeConfigs'],
    projection: [],
  },
  poll: { feed: [], fetched: ['Write'], bridge: [], error: [], out: [], projection: [] },
  api: { feed: ['Write'], fetched: ['Write'], bridge: ['Write'], error: [], out: [], projection: [] },
  relay: { feed: [], fetched: [], bridge: [], error: [], out: [], projection: ['Write', 'DescribeConfigs'] },
  create: {
    feed: ['Create', 'Describe'],
    fetched: ['Create', 'Describe'],
    bridge: ['Create', 'Describe'],
    error: ['Create', 'Describe'],
    out: ['Create', 'Describe'],
    projection: ['Create', 'Describe'],
  },
};

export interface TopicRights {
  topic: string;
  rights: TopicRight[];
}

/** What the roles need together, per topic of the organisation; topics without any are left out. */
export function rightsOf(
  org: OrgId,
  roles: readonly KafkaRole[],
  projections: readonly ProjectionName[] = [],
): TopicRights[] {
  return topicsOf(org, projections).flatMap(({ topic, kind }) => {
    const rights = rightsTo(kind, roles);
    return rights.length === 0 ? [] : [{ topic, rights }];
  });
}

export function rightsTo(kind: TopicKind, roles: readonly KafkaRole[]): TopicRight[] {
  return [...new Set(roles.flatMap((role) => RIGHTS[role][kind]))];
}

/** Bits of `TopicView.operations` (Kafka's AclOperation). */
const BITS: Readonly<Record<TopicRight, number>> = {
  Read: 3,
  Write: 4,
  Create: 5,
  Describe: 8,
  DescribeConfigs: 10,
};

export function grants(operations: number, right: TopicRight): boolean {
  return (operations & (1 << BITS[right])) !== 0;
}

/** The lines that give a principal the rights, for Kafka's own tool. @param principal e.g. `User:CN=ot-bridge` */
export function aclLines(principal: string, rights: readonly TopicRights[]): string[] {
  const quoted = `'${principal.replaceAll("'", String.raw`'\''`)}'`;
  return rights.map(({ topic, rights: operations }) =>
    [
      'kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config admin.properties --add',
      `--allow-principal ${quoted}`,
      ...operations.map((operation) => `--operation ${operation}`),
      `--topic ${topic}`,
    ].join(' '),
  );
}

/** In bokmål: which right is missing to which topics, and the cure. */
export function rightSentence(right: TopicRight, topics: readonly { topic: string }[]): string {
  const [{ topic: first } = { topic: '' }] = topics;
  return `Broen mangler retten ${right} til ${namedTopics(topics)} i Kafka: gi den, «npm run ot -- rettigheter ${first.split('.')[0]} <principal>» skriver ut linjene.`;
}

const NAMED = 3;

export function namedTopics(topics: readonly { topic: string }[]): string {
  const shown = topics.slice(0, NAMED).map(({ topic }) => topic);
  return `${shown.join(', ')}${topics.length > NAMED ? ` og ${topics.length - NAMED} emner til` : ''}`;
}
