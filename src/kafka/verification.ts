import { readFetched } from './fetchedBatches.ts';
import type { KafkaLink } from './kafkaLink.ts';
import { judge, type SeenLog } from './lanePlace.ts';
import { accept, type Digest, type Leader, now, type OpenLane, refused, settle } from './openLane.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';
import { fetchRequest } from './protocol/fetch.ts';
import { listOffsetsRequest, type OffsetFound, type Place } from './protocol/listOffsets.ts';

const ANSWER_MS = 5_000;
/** A stopped lane is checked again: the cause may have been repaired. */
const STANDS_MS = 2_000;
const RETRY_MS = 250;

/** Checks whether lanes may resume at their positions, in this broker's log. */
export async function verify(
  parts: { link: KafkaLink; clusterId: string; digest: Digest; refresh(): void },
  lanes: readonly OpenLane[],
): Promise<void> {
  const starts = await offsets(parts.link, lanes, 'start');
  const ends = await offsets(parts.link, lanes, 'end');
  for (const lane of lanes) {
    const { leader } = lane;
    const start = starts.get(nameOf(lane));
    const end = ends.get(nameOf(lane));
    if (!leader || start?.error !== KAFKA_ERRORS.none || end?.error !== KAFKA_ERRORS.none) {
      refused(lane, start?.error || (end?.error ?? KAFKA_ERRORS.unknownTopic));
      lane.retryAt = performance.now() + RETRY_MS;
      parts.refresh();
      continue;
    }
    const log = { clusterId: parts.clusterId, topicId: leader.topicId };
    const mark = await markSeen(parts, lane, leader, start.offset, end.offset);
    if (typeof mark === 'number') refused(lane, mark);
    if (lane.leader !== leader || typeof mark === 'number') {
      lane.retryAt = performance.now() + RETRY_MS;
      parts.refresh();
      continue;
    }
    const seen = {
      ...log,
      start: start.offset,
      end: end.offset,
      mark,
      markOffset: lane.mark?.offset ?? lane.position,
    };
    lane.end = end.offset;
    const trouble = judge(lane, seen, now());
    // Offsets are asked for by name: a topic that was created again has answered for the one that is gone.
    const error =
      trouble?.code === 'OFFSETS_GONE' ? await errorById(parts.link, lane, leader) : KAFKA_ERRORS.none;
    if (error !== KAFKA_ERRORS.none) {
      refused(lane, error);
      lane.retryAt = performance.now() + RETRY_MS;
      parts.refresh();
      continue;
    }
    if (trouble) {
      lane.retryAt = performance.now() + STANDS_MS;
      settle(lane, trouble);
      continue;
    }
    // A fault found by a fetch ends when a fetch has passed it.
    const byFetch =
      lane.forbidden ||
      lane.trouble?.code === 'BATCH_UNREADABLE' ||
      lane.trouble?.code === 'TRANSACTION_OPEN';
    if (!byFetch) settle(lane, null);
    accept(lane, log);
  }
}

async function offsets(
  link: KafkaLink,
  lanes: readonly OpenLane[],
  place: Place,
): Promise<Map<string, OffsetFound>> {
  const asked = lanes.map(({ topic, partition, leader }) => ({
    topic,
    partition,
    leaderEpoch: leader?.epoch ?? -1,
  }));
  const found = await link.send(listOffsetsRequest(asked, place), ANSWER_MS);
  return new Map(found.map((each) => [nameOf(each), each]));
}

/** Reads the last delivered record again and compares it; Kafka's error code when it is refused. */
async function markSeen(
  { link, digest }: { link: KafkaLink; digest: Digest },
  { mark, partition, shift }: OpenLane,
  { topicId, epoch }: Leader,
  start: bigint,
  end: bigint,
): Promise<SeenLog['mark'] | number> {
  if (!mark || mark.offset < start || mark.offset >= end) return 'unknown';
  const asked = { topicId, partition, leaderEpoch: epoch, offset: mark.offset, maxBytes: 1 };
  const plan = { partitions: [asked], maxWaitMs: 0, maxBytes: 1, committedOnly: false };
  const { partitions } = await link.send(fetchRequest(plan), ANSWER_MS);
  const [fetched] = partitions;
  // Unknown for now: asked again later.
  if (fetched?.error !== KAFKA_ERRORS.none) return fetched?.error ?? KAFKA_ERRORS.unknownTopic;
  const { records } = readFetched({ records: fetched.records, aborted: [] }, mark.offset, shift);
  const [record] = records;
  // Compaction may have removed it.
  if (record === undefined || record.offset - shift !== mark.offset) return 'unknown';
  return digest(record) === mark.digest ? 'same' : 'other';
}

/** Kafka's error code when the topic of the lane is asked for by its id: none where it is still there. */
async function errorById(
  link: KafkaLink,
  { partition, end }: OpenLane,
  { topicId, epoch }: Leader,
): Promise<number> {
  const asked = { topicId, partition, leaderEpoch: epoch, offset: end, maxBytes: 1 };
  const plan = { partitions: [asked], maxWaitMs: 0, maxBytes: 1, committedOnly: false };
  const { partitions } = await link.send(fetchRequest(plan), ANSWER_MS);
  return partitions[0]?.error ?? KAFKA_ERRORS.unknownTopicId;
}

function nameOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}/${partition}`;
}
