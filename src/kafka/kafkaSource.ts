import { type BrokerReader, startBrokerReader } from './brokerReader.ts';
import type { FeedSource } from './feedSource.ts';
import { kafkaClient } from './kafkaClient.ts';
import { createKafkaCluster, type KafkaCluster, TopicUnavailable } from './kafkaCluster.ts';
import type { KafkaConnection } from './kafkaConnection.ts';
import { type KafkaLog, kafkajsLogging } from './kafkajsLog.ts';
import { createConnect } from './kafkaLink.ts';
import { type LeaderWatch, startLeaderWatch } from './leaderWatch.ts';
import { type Digest, type OpenLane, openLane } from './openLane.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';
import { UnknownTopic } from './publisher.ts';
import { retryForAWhile } from './retryForAWhile.ts';

export interface KafkaSourceOptions extends KafkaConnection {
  clientId: string;
  log: KafkaLog;
  /** Digest by which a record is recognised. */
  digest: Digest;
  /** A broker does not answer, or refuses: the request is retried. */
  onTrouble(error: unknown): void;
}

/** Feed topics in Kafka without a consumer group: partitions are assigned in the database, so a restart after kill
 *  -9 waits for no session timeout. */
export function createKafkaSource(options: KafkaSourceOptions): FeedSource {
  const { clientId, log, digest, onTrouble } = options;
  const connect = createConnect(
    kafkaClient(options, { clientId, connectionTimeout: 10_000, ...kafkajsLogging(log) }),
  );
  const cluster = createKafkaCluster(connect);
  const open = new Map<string, OpenLane>();
  const readers = new Map<number, BrokerReader>();
  let watch: LeaderWatch | undefined;
  let stopped = false;
  const isStopped = () => stopped;

  function led(nodeId: number): void {
    const reader = readers.get(nodeId);
    reader?.wake();
    if (reader || !watch || stopped) return;
    const lanes = () => [...open.values()].filter(({ leader }) => leader?.nodeId === nodeId);
    readers.set(
      nodeId,
      startBrokerReader({ nodeId, connect, watch, lanes, digest, onTrouble, stopped: isStopped }),
    );
  }

  function wake(lane: OpenLane | undefined): void {
    if (lane?.leader) readers.get(lane.leader.nodeId)?.wake();
  }

  return {
    async start(topics) {
      const counts = await retryForAWhile(() => partitionCounts(cluster, topics), isStopped);
      watch ??= startLeaderWatch({ cluster, lanes: () => open.values(), led, onTrouble });
      return counts;
    },
    open(topic, partition, place, taker) {
      const lane = openLane(topic, partition, place, taker);
      open.set(name(topic, partition), lane);
      watch?.refresh();
      return () => {
        if (open.get(name(topic, partition)) === lane) open.delete(name(topic, partition));
      };
    },
    hold(topic, partition) {
      const lane = open.get(name(topic, partition));
      if (lane) lane.held = true;
    },
    resume(topic, partition) {
      const lane = open.get(name(topic, partition));
      if (lane) lane.held = false;
      wake(lane);
    },
    partitionsOf: (topic) => retryForAWhile(() => cluster.partitionsOf(topic), isStopped),
    endOffsets: (topic) => retryForAWhile(() => cluster.offsetsOf(topic, 'end'), isStopped),
    startOffsets: (topic) => retryForAWhile(() => cluster.offsetsOf(topic, 'start'), isStopped),
    async stop() {
      stopped = true;
      watch?.stop();
      for (const reader of readers.values()) reader.wake();
      open.clear();
      cluster.close();
    },
  };
}

async function partitionCounts(
  cluster: KafkaCluster,
  names: readonly string[],
): Promise<Map<string, number>> {
  const { topics } = await cluster.view(names);
  const counts = new Map<string, number>();
  for (const { topic, error, partitions } of topics) {
    if (error === KAFKA_ERRORS.unknownTopic) throw new UnknownTopic(topic);
    if (error !== KAFKA_ERRORS.none) throw new TopicUnavailable(topic, error);
    counts.set(topic, partitions.length);
  }
  return counts;
}

function name(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
