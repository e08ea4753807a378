import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { kafkaClient } from './kafkaClient.ts';
import { createKafkaCluster, type KafkaCluster } from './kafkaCluster.ts';
import type { KafkaConnection } from './kafkaConnection.ts';
import { firstKafkaFault, kafkaFaultText } from './kafkaFault.ts';
import { errorName, kafkajsLogging } from './kafkajsLog.ts';
import { createConnect } from './kafkaLink.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';
import type { TopicView } from './protocol/metadata.ts';
import { grants, type KafkaRole, namedTopics, rightSentence, rightsTo, type TopicRight } from './rights.ts';
import { differences } from './topicDifferences.ts';
import type { TopicSpec } from './topicSpecs.ts';

// kafkajs is CommonJS: Node does not detect this one as a named export.
const { KafkaJSAggregateError } = kafkajs;

/** The message is for the user who starts the program. */
export class UnreachableKafka extends Error {
  override readonly name = 'UnreachableKafka';
}

/** Kafka answers, but refuses to create a topic: access rights, or too few nodes for the replication. */
export class TopicsRefused extends Error {
  override readonly name = 'TopicsRefused';
}

/** A right that the process needs is missing. The message names it and the cure. */
export class RightMissing extends Error {
  override readonly name = 'RightMissing';
}

/** A broker that has just started, or is being moved, answers within this time. */
const RETRY_FOR_MS = 15_000;
const PAUSE_MS = 500;
/** An access right that was just given takes a moment to reach all brokers. */
const LASTING_ATTEMPTS = 3;

export interface EnsureTopics extends KafkaConnection {
  topics: readonly TopicSpec[];
  /** What the process does: the rights for it are checked. Default: none are. */
  roles?: readonly KafkaRole[];
  /** A sentence in bokmål for each difference. */
  onDifference?(difference: string): void;
  retryForMs?: number;
}

/**
 * Creates missing topics, and checks the access rights to all. An existing topic is never altered (more partitions
 * would break the order per person, another retention could delete records): each difference is reported. Without the
 * right to create, the topics must exist.
 * @throws UnreachableKafka | TopicsRefused | RightMissing after about 15 s, what does not pass by waiting after one.
 */
export async function ensureTopics(parts: EnsureTopics): Promise<void> {
  const { brokers, topics, roles = [], onDifference, retryForMs = RETRY_FOR_MS } = parts;
  const kafka = kafkaClient(parts, {
    clientId: 'ot-bridge-topics',
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Attempts are counted here, where the last one can be explained in a sentence.
    retry: { retries: 0, initialRetryTime: 50 },
    ...kafkajsLogging(() => undefined),
  });
  const admin = kafka.admin();
  const cluster = createKafkaCluster(createConnect(kafka));
  const end = performance.now() + retryForMs;
  let lasting = 0;
  try {
    for (;;) {
      try {
        // A host that drops packets would otherwise hold each broker for its whole timeout.
        const existed = await within(
          end - performance.now(),
          createMissing({ admin, cluster }, topics, roles),
        );
        for (const difference of await differencesOf(admin, existed)) onDifference?.(difference);
        return;
      } catch (error) {
        if (isLasting(error)) lasting += 1;
        const late = performance.now() + PAUSE_MS > end;
        if (late || lasting >= LASTING_ATTEMPTS) throw explained(error, brokers);
        await sleep(PAUSE_MS);
      }
    }
  } finally {
    // A client that never connected has nothing to close.
    void admin.disconnect().catch(() => undefined);
    cluster.close();
  }
}

interface Existing {
  spec: TopicSpec;
  /** Whether its settings may be read. */
  readable: boolean;
  /** Whether they should be, by the process's roles. */
  compared: boolean;
}

/** The wanted topics, created where missing. @throws RightMissing */
async function createMissing(
  { admin, cluster }: { admin: Admin; cluster: KafkaCluster },
  topics: readonly TopicSpec[],
  roles: readonly KafkaRole[],
  created = false,
): Promise<Existing[]> {
  const views = new Map<string, TopicView>();
  const { topics: found } = await cluster.rights(topics.map(({ topic }) => topic));
  for (const view of found) views.set(view.topic, view);
  const errorOf = ({ topic }: TopicSpec) => views.get(topic)?.error ?? KAFKA_ERRORS.unknownTopic;
  const needed = new Map(topics.map((spec) => [spec, rightsTo(spec.kind, roles)]));
  // Of a topic that may not be described Kafka does not say whether it exists. One that this process does not use is
  // another process's to create.
  const hidden = topics.filter((spec) => errorOf(spec) === KAFKA_ERRORS.topicAuthorizationFailed);
  refuseMissing(
    hidden.flatMap((spec) =>
      needed.get(spec)?.length ? [{ ...spec, missing: needed.get(spec) ?? [] }] : [],
    ),
  );
  const missing = topics.filter((spec) => errorOf(spec) === KAFKA_ERRORS.unknownTopic);
  if (missing.length > 0 && !created) {
    await create(admin, missing);
    return createMissing({ admin, cluster }, topics, roles, true);
  }
  const present = topics.filter((spec) => !hidden.includes(spec) && !missing.includes(spec));
  const given = (spec: TopicSpec, right: TopicRight) => grants(views.get(spec.topic)?.operations ?? 0, right);
  refuseMissing(
    present.map((spec) => ({
      ...spec,
      // Its settings are only compared.
      missing: (needed.get(spec) ?? []).filter((right) => right !== 'DescribeConfigs' && !given(spec, right)),
    })),
  );
  return present.map((spec) => ({
    spec,
    readable: given(spec, 'DescribeConfigs'),
    compared: roles.length === 0 || (needed.get(spec) ?? []).includes('DescribeConfigs'),
  }));
}

async function create(admin: Admin, missing: readonly TopicSpec[]): Promise<void> {
  await admin.connect();
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

async function differencesOf(admin: Admin, existed: readonly Existing[]): Promise<string[]> {
  const readable = existed.filter((each) => each.readable && each.compared).map(({ spec }) => spec);
  const unread = existed.filter((each) => !each.readable && each.compared).map(({ spec }) => spec);
  if (readable.length > 0) await admin.connect();
  const found = await differences(admin, readable);
  if (unread.length === 0) return found;
  return [...found, `${rightSentence('DescribeConfigs', unread)} Oppsettet av dem er ikke kontrollert.`];
}

/** @throws RightMissing with the first right that is missing, and the topics it is missing to */
function refuseMissing(all: readonly (TopicSpec & { missing: readonly TopicRight[] })[]): void {
  const [first] = all.find(({ missing }) => missing.length > 0)?.missing ?? [];
  if (first === undefined) return;
  throw new RightMissing(
    rightSentence(
      first,
      all.filter(({ missing }) => missing.includes(first)),
    ),
  );
}

/** What Kafka says to a creation without the right to it. */
const UNAUTHORIZED = new Set(['TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED']);

/** Waiting does not mend it. */
function isLasting(error: unknown): boolean {
  if (error instanceof KafkaJSAggregateError)
    return error.errors.some((each) => UNAUTHORIZED.has(errorName(each)));
  return error instanceof RightMissing || firstKafkaFault(error) !== undefined;
}

function explained(error: unknown, brokers: readonly string[]): Error {
  if (error instanceof RightMissing) return error;
  if (error instanceof KafkaJSAggregateError) {
    const refusals = error.errors.filter((each) => errorName(each) !== 'TOPIC_ALREADY_EXISTS');
    const forbidden = refusals.filter((each) => UNAUTHORIZED.has(errorName(each)));
    if (forbidden.length > 0) {
      const topics = forbidden.map((each) => ({ topic: topicOf(each) }));
      return new RightMissing(
        `${namedTopics(topics)} finnes ikke i Kafka, og broen mangler retten Create: gi den, eller opprett ${topics.length === 1 ? 'emnet' : 'emnene'} selv (docs/drift.md, Emner og rettigheter).`,
        { cause: error },
      );
    }
    const list = refusals.map((each) => `${topicOf(each)} (${errorName(each)})`);
    return new TopicsRefused(`Kafka oppretter ikke ${list.join(', ')}. Sjekk rettigheter og antall noder.`, {
      cause: error,
    });
  }
  const fault = firstKafkaFault(error);
  if (fault !== undefined) return new UnreachableKafka(kafkaFaultText(fault, brokers), { cause: error });
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
