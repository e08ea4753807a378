import { kafkaClient } from './kafkaClient.ts';
import { createKafkaCluster } from './kafkaCluster.ts';
import type { KafkaConnection } from './kafkaConnection.ts';
import { firstKafkaFault, kafkaFaultText } from './kafkaFault.ts';
import { errorName, kafkajsLogging } from './kafkajsLog.ts';
import { createConnect } from './kafkaLink.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';
import type { TopicView } from './protocol/metadata.ts';
import { grants, type KafkaRole, rightSentence, rightsTo, type TopicRight } from './rights.ts';
import { differences } from './topicDifferences.ts';
import type { TopicSpec } from './topicSpecs.ts';

/** What a cluster is found to be, with nothing created or changed. Sentences are in bokmål. */
export interface KafkaExamination {
  brokers: number;
  /** Topics that are not there. */
  missing: string[];
  /** Partitions without a leader, `topic/partition`. */
  leaderless: string[];
  /** A sentence with the cure for each right that the roles need and do not have. */
  rights: string[];
  /** A sentence for each setting that is not as this program would make it; null when they may not be read. */
  differences: string[] | null;
  /** End of the log per `topic/partition`, of the topics asked for. */
  ends: ReadonlyMap<string, bigint>;
}

/** @throws UnexaminedKafka when no broker answers */
export async function examineKafka(
  connection: KafkaConnection,
  wanted: { topics: readonly TopicSpec[]; roles: readonly KafkaRole[]; endsOf: readonly string[] },
): Promise<KafkaExamination> {
  const kafka = kafkaClient(connection, {
    clientId: 'ot-bridge-doctor',
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { retries: 0, initialRetryTime: 50 },
    ...kafkajsLogging(() => undefined),
  });
  const cluster = createKafkaCluster(createConnect(kafka));
  const admin = kafka.admin();
  try {
    const { brokers, topics } = await cluster.rights(wanted.topics.map(({ topic }) => topic));
    const views = new Map(topics.map((view) => [view.topic, view]));
    const there = wanted.topics.filter(({ topic }) => views.get(topic)?.error === KAFKA_ERRORS.none);
    const given = (spec: TopicSpec, right: TopicRight) =>
      grants(views.get(spec.topic)?.operations ?? 0, right);
    const readable = there.filter((spec) => given(spec, 'DescribeConfigs'));
    if (readable.length > 0) await admin.connect();
    return {
      brokers: brokers.length,
      missing: wanted.topics
        .map(({ topic }) => topic)
        .filter((topic) => views.get(topic)?.error === KAFKA_ERRORS.unknownTopic),
      leaderless: topics.flatMap(leaderless),
      rights: missingRights(wanted, views),
      differences: readable.length === 0 ? null : await differences(admin, readable),
      ends: await ends(
        cluster,
        wanted.endsOf.filter((topic) => views.get(topic)?.error === KAFKA_ERRORS.none),
      ),
    };
  } catch (error) {
    throw new UnexaminedKafka(sentence(error, connection.brokers), { cause: error });
  } finally {
    void admin.disconnect().catch(() => undefined);
    cluster.close();
  }
}

/** The message is a sentence in bokmål with the cure. */
export class UnexaminedKafka extends Error {
  override readonly name = 'UnexaminedKafka';
}

function sentence(error: unknown, brokers: readonly string[]): string {
  const fault = firstKafkaFault(error);
  if (fault !== undefined) return kafkaFaultText(fault, brokers);
  return `Når ikke Kafka på ${brokers.join(', ')} (${errorName(error)}). Sjekk KAFKA_BROKERS, og at Kafka er oppe.`;
}

function leaderless({ topic, partitions }: TopicView): string[] {
  return partitions.filter(({ leader }) => leader < 0).map(({ partition }) => `${topic}/${partition}`);
}

function missingRights(
  { topics, roles }: { topics: readonly TopicSpec[]; roles: readonly KafkaRole[] },
  views: ReadonlyMap<string, TopicView>,
): string[] {
  const lacking = new Map<TopicRight, TopicSpec[]>();
  for (const spec of topics) {
    const view = views.get(spec.topic);
    if (view === undefined || view.error === KAFKA_ERRORS.unknownTopic) continue;
    for (const right of rightsTo(spec.kind, roles))
      if (view.error !== KAFKA_ERRORS.none || !grants(view.operations, right))
        lacking.set(right, [...(lacking.get(right) ?? []), spec]);
  }
  return [...lacking].map(([right, specs]) => rightSentence(right, specs));
}

async function ends(
  cluster: ReturnType<typeof createKafkaCluster>,
  topics: readonly string[],
): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>();
  for (const topic of topics) {
    // A partition without a leader is a finding of its own.
    const offsets = await cluster.offsetsOf(topic, 'end').catch(() => new Map<number, bigint>());
    for (const [partition, end] of offsets) found.set(`${topic}/${partition}`, end);
  }
  return found;
}
