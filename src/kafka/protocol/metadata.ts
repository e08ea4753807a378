import {
  type Cursor,
  compactArray,
  compactString,
  int16,
  int32,
  putArray,
  putInt8,
  putNoTags,
  putString,
  putUuid,
  skipTags,
  uuid,
} from './bytes.ts';
import { type WireRequest, wireRequest } from './request.ts';

/** Metadata of the cluster and some topics. */
export interface ClusterView {
  clusterId: string | null;
  brokers: { nodeId: number; host: string; port: number }[];
  topics: TopicView[];
}

export interface TopicView {
  /** Kafka's error code; 0 is success. */
  error: number;
  topic: string;
  /** 32 hexadecimal digits: changes when the topic is deleted and recreated. */
  topicId: string;
  partitions: { partition: number; error: number; leader: number; leaderEpoch: number }[];
  /** What the client may do, a bit for each of Kafka's operations; meaningless unless it was asked for. */
  operations: number;
}

const NO_ID = '0'.repeat(32);

/** Version 12 (Kafka ≥ 3.1), the first with usable topic ids. Creates no topic. */
export function metadataRequest(topics: readonly string[], withRights = false): WireRequest<ClusterView> {
  return wireRequest(
    { key: 3, name: 'Metadata', version: 12 },
    (to) => {
      putArray(to, topics, (topic) => {
        putUuid(to, NO_ID);
        putString(to, topic);
        putNoTags(to);
      });
      putInt8(to, 0);
      putInt8(to, withRights ? 1 : 0);
      putNoTags(to);
    },
    (from) => {
      int32(from);
      const brokers = compactArray(from, () => {
        const broker = { nodeId: int32(from), host: compactString(from) ?? '', port: int32(from) };
        compactString(from);
        skipTags(from);
        return broker;
      });
      const clusterId = compactString(from);
      int32(from);
      return { clusterId, brokers, topics: compactArray(from, topicView) };
    },
  );
}

function topicView(from: Cursor): TopicView {
  const error = int16(from);
  const topic = compactString(from) ?? '';
  const topicId = uuid(from);
  from.at += 1;
  const partitions = compactArray(from, () => {
    const partitionError = int16(from);
    const partition = int32(from);
    const leader = int32(from);
    const leaderEpoch = int32(from);
    for (let list = 0; list < 3; list++) compactArray(from, int32);
    skipTags(from);
    return { partition, error: partitionError, leader, leaderEpoch };
  });
  const operations = int32(from);
  skipTags(from);
  return { error, topic, topicId, partitions, operations };
}
