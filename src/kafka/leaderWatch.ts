import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaCluster } from './kafkaCluster.ts';
import { judgeNames } from './lanePlace.ts';
import { now, type OpenLane, refused, sameLeader, settle } from './openLane.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';
import type { ClusterView, TopicView } from './protocol/metadata.ts';

const EVERY_MS = 2_000;
/** A topic just created or deleted is known to some brokers only. */
const MISSING_MS = 4_000;

/** Keeps each lane's leader up to date, and detects another cluster, a recreated topic and a missing one. */
export interface LeaderWatch {
  clusterId(): string | null;
  addressOf(nodeId: number): { host: string; port: number } | undefined;
  /** Refreshes immediately: an answer contradicts the known leaders. */
  refresh(): void;
  stop(): void;
}

export function startLeaderWatch(parts: {
  cluster: KafkaCluster;
  lanes(): Iterable<OpenLane>;
  /** A lane has a leader for the first time, or a new one. */
  led(nodeId: number): void;
  onTrouble(error: unknown): void;
}): LeaderWatch {
  let view: ClusterView | undefined;
  let wanted = true;
  /** An outage is reported once. */
  let answering = true;
  let wake: () => void = () => undefined;
  let stopped = false;
  const missingSince = new Map<string, number>();
  void run();

  async function run(): Promise<void> {
    while (!stopped) {
      wanted = false;
      const topics = [...new Set([...parts.lanes()].map(({ topic }) => topic))];
      if (topics.length > 0) {
        try {
          view = await parts.cluster.view(topics);
          assign(view);
          answering = true;
        } catch (error) {
          if (answering) parts.onTrouble(error);
          answering = false;
        }
      }
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!wanted) await Promise.race([woken, sleep(EVERY_MS, undefined, { ref: false })]);
      // Limits the rate of repeated refreshes.
      await sleep(50, undefined, { ref: false });
    }
  }

  function assign({ clusterId, topics }: ClusterView): void {
    const byName = new Map(topics.map((topic) => [topic.topic, topic]));
    const nodes = new Set<number>();
    for (const lane of parts.lanes()) {
      const found = byName.get(lane.topic);
      if (!found || isMissing(lane, found)) continue;
      const led = found.partitions.find(({ partition }) => partition === lane.partition);
      if (found.error !== KAFKA_ERRORS.none || !led || led.leader < 0) {
        refused(lane, found.error || (led?.error ?? KAFKA_ERRORS.unknownTopic));
        continue;
      }
      const trouble = judgeNames(lane, { clusterId: clusterId ?? '', topicId: found.topicId }, now());
      if (trouble) {
        lane.leader = undefined;
        lane.verified = false;
        settle(lane, trouble);
        continue;
      }
      const leader = { nodeId: led.leader, epoch: led.leaderEpoch, topicId: found.topicId };
      // The same object while nothing changed: a fetch in flight compares it.
      if (lane.leader && sameLeader(lane.leader, leader)) continue;
      lane.leader = leader;
      lane.verified = false;
      nodes.add(leader.nodeId);
    }
    for (const node of nodes) parts.led(node);
  }

  function isMissing(lane: OpenLane, { topic, error }: TopicView): boolean {
    if (error !== KAFKA_ERRORS.unknownTopic) {
      missingSince.delete(topic);
      return false;
    }
    const since = missingSince.get(topic) ?? performance.now();
    missingSince.set(topic, since);
    if (performance.now() - since > MISSING_MS) {
      lane.leader = undefined;
      lane.verified = false;
      settle(lane, {
        code: 'TOPIC_REPLACED',
        reason: 'TOPIC_MISSING',
        offset: lane.position,
        since: now(),
      });
    }
    return true;
  }

  return {
    clusterId: () => view?.clusterId ?? null,
    addressOf: (nodeId) => view?.brokers.find((broker) => broker.nodeId === nodeId),
    refresh() {
      wanted = true;
      wake();
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
