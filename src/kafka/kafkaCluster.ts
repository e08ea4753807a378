import type { Connect, KafkaLink } from './kafkaLink.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';
import { listOffsetsRequest, type Place } from './protocol/listOffsets.ts';
import { type ClusterView, metadataRequest, type TopicView } from './protocol/metadata.ts';
import type { WireRequest } from './protocol/request.ts';

/** Long enough for a busy broker, short enough to notice one that hangs. */
const ANSWER_MS = 5_000;

/** Queries about topics. Each is sent once: retries are the caller's. */
export interface KafkaCluster {
  view(topics: readonly string[]): Promise<ClusterView>;
  /** With what this client may do with each topic. */
  rights(topics: readonly string[]): Promise<ClusterView>;
  partitionsOf(topic: string): Promise<number>;
  /** The log's start or its real end, per partition. @throws while a partition has no leader */
  offsetsOf(topic: string, place: Place): Promise<Map<number, bigint>>;
  close(): void;
}

/** The topic, or one of its partitions, is unavailable at the moment. */
export class TopicUnavailable extends Error {
  override readonly name = 'TopicUnavailable';
  /** Logged as the error's `code`. */
  readonly code: string;

  constructor(topic: string, error: number) {
    super(topic);
    this.code = `KAFKA_${error}`;
  }
}

/** Separate connections from those that fetch: an answer need not wait behind a fetch. */
export function createKafkaCluster(connect: Connect): KafkaCluster {
  const links = new Map<string, Promise<KafkaLink>>();

  async function ask<Answer>(
    request: WireRequest<Answer>,
    address?: { host: string; port: number },
  ): Promise<Answer> {
    const name = address ? `${address.host}:${address.port}` : '';
    const known = await links.get(name)?.catch(() => undefined);
    if (!known?.isUp()) {
      known?.close();
      links.set(name, connect(address));
    }
    const link = await (links.get(name) ?? connect(address));
    try {
      return await link.send(request, ANSWER_MS);
    } catch (error) {
      link.close();
      links.delete(name);
      throw error;
    }
  }

  return {
    view: (topics) => ask(metadataRequest(topics)),
    rights: (topics) => ask(metadataRequest(topics, true)),
    async partitionsOf(topic) {
      const { topics } = await ask(metadataRequest([topic]));
      return known(topics[0], topic)?.partitions.length ?? 0;
    },
    async offsetsOf(topic, place) {
      const { topics, brokers } = await ask(metadataRequest([topic]));
      const offsets = new Map<number, bigint>();
      const partitions = known(topics[0], topic)?.partitions ?? [];
      for (const [nodeId, led] of Map.groupBy(partitions, ({ leader }) => leader)) {
        const broker = brokers.find((each) => each.nodeId === nodeId);
        if (!broker) throw new TopicUnavailable(topic, led[0]?.error ?? -1);
        const asked = led.map(({ partition, leaderEpoch }) => ({ topic, partition, leaderEpoch }));
        for (const { partition, error, offset } of await ask(listOffsetsRequest(asked, place), broker)) {
          if (error !== KAFKA_ERRORS.none) throw new TopicUnavailable(topic, error);
          offsets.set(partition, offset);
        }
      }
      return offsets;
    },
    close() {
      for (const link of links.values()) void link.then((each) => each.close()).catch(() => undefined);
    },
  };
}

/** Undefined: no such topic. */
function known(view: TopicView | undefined, topic: string): TopicView | undefined {
  if (view === undefined || view.error === KAFKA_ERRORS.unknownTopic) return undefined;
  if (view.error !== KAFKA_ERRORS.none) throw new TopicUnavailable(topic, view.error);
  return view;
}
