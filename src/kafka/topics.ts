import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, Kafka } from 'kafkajs';
import { letKafkajsSleep } from './kafkajsIdle.ts';
import { errorName, kafkajsLogging } from './kafkajsLog.ts';
import type { TopicSpec } from './topicSpecs.ts';

// kafkajs is CommonJS: Node does not detect these two as named exports.
const { ConfigResourceTypes, KafkaJSAggregateError } = kafkajs;

/** The message is for the user who starts the program. */
export class UnreachableKafka extends Error {
  override readonly name = 'UnreachableKafka';
}

/** Kafka answers, but refuses to create a topic: access rights, or too few nodes for the replication. */
export class TopicsRefused extends Error {
  override readonly name = 'TopicsRefused';
}

/** A broker that has just started, or is being moved, answers within this time. */
const RETRY_FOR_MS = 15_000;
const PAUSE_MS = 500;

/**
 * Creates missing topics. An existing topic is never altered (more partitions would break the order per person,
 * another retention could delete records): each difference is reported.
 * @throws UnreachableKafka | TopicsRefused after about 15 s.
 */
export async function ensureTopics(parts: {
  brokers: readonly string[];
  topics: readonly TopicSpec[];
  /** A sentence in bokmål for each difference. */
  onDifference?(difference: string): void;
  retryForMs?: number;
}): Promise<void> {
  const { brokers, topics, onDifference, retryForMs = RETRY_FOR_MS } = parts;
  letKafkajsSleep();
  const admin = new Kafka({
    brokers: [...brokers],
    clientId: 'ot-bridge-topics',
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Attempts are counted here, where the last one can be explained in a sentence.
    retry: { retries: 0, initialRetryTime: 50 },
    ...kafkajsLogging(() => undefined),
  }).admin();
  const end = performance.now() + retryForMs;
  try {
    for (;;) {
      try {
        // A host that drops packets would otherwise hold each broker for its whole timeout.
        const existed = await within(end - performance.now(), createMissing(admin, topics));
        for (const difference of await differences(admin, existed)) onDifference?.(difference);
        return;
      } catch (error) {
        if (performance.now() + PAUSE_MS > end) throw explained(error, brokers);
        await sleep(PAUSE_MS);
      }
    }
  } finally {
    // A client that never connected has nothing to close.
    void admin.disconnect().catch(() => undefined);
  }
}

/** The wanted topics that already existed. */
async function createMissing(admin: Admin, topics: readonly TopicSpec[]): Promise<TopicSpec[]> {
  await admin.connect();
  const present = new Set(await admin.listTopics());
  const missing = topics.filter(({ topic }) => !present.has(topic));
  if (missing.length > 0) {
    // Another instance may have created it meanwhile: an existing topic is as good.
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ topic, partitions, replication, config }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      })),
    });
  }
  return topics.filter(({ topic }) => present.has(topic));
}

async function differences(admin: Admin, topics: readonly TopicSpec[]): Promise<string[]> {
  if (topics.length === 0) return [];
  const names = topics.map(({ topic }) => topic);
  const { topics: metadata } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  const differing: string[] = [];
  for (const spec of topics) {
    const partitions = metadata.find(({ name }) => name === spec.topic)?.partitions ?? [];
    const entries = resources.find(({ resourceName }) => resourceName === spec.topic)?.configEntries ?? [];
    const compare = (what: string, found: string | undefined, wanted: string) => {
      if (found !== wanted)
        differing.push(`${spec.topic}: ${what} er ${found ?? 'ukjent'}, ventet ${wanted}`);
    };
    compare('antall partisjoner', String(partitions.length), String(spec.partitions));
    compare('antall kopier', String(partitions[0]?.replicas.length ?? 0), String(spec.replication));
    for (const [name, wanted] of Object.entries(spec.config)) {
      compare(name, entries.find(({ configName }) => configName === name)?.configValue, wanted);
    }
  }
  return differing;
}

function explained(error: unknown, brokers: readonly string[]): Error {
  if (error instanceof KafkaJSAggregateError) {
    const refusals = error.errors
      .filter((each) => errorName(each) !== 'TOPIC_ALREADY_EXISTS')
      .map((each) => `${topicOf(each)} (${errorName(each)})`);
    return new TopicsRefused(
      `Kafka oppretter ikke ${refusals.join(', ')}. Sjekk rettigheter og antall noder.`,
      {
        cause: error,
      },
    );
  }
  return new UnreachableKafka(
    `Når ikke Kafka på ${brokers.join(', ')} (${errorName(error)}). Sjekk KAFKA_BROKERS, og at Kafka er oppe.`,
    { cause: error },
  );
}

function topicOf(error: unknown): string {
  const named = error instanceof Error && 'topic' in error ? error.topic : undefined;
  return typeof named === 'string' ? named : 'et emne';
}

class TooLate extends Error {
  override readonly name = 'tidsavbrudd';
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(Math.max(0, ms), undefined, { signal: timer.signal }).then(() => {
    throw new TooLate();
  });
  // Ending the timer rejects it, after the race is over.
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
