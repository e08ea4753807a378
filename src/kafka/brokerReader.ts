import { setTimeout as sleep } from 'node:timers/promises';
import { instantOf } from '../core/time/date.ts';
import { readBatch, splitBatches } from './batch/recordBatch.ts';
import { type FetchedBatches, readFetched } from './fetchedBatches.ts';
import type { Connect, KafkaLink } from './kafkaLink.ts';
import type { LeaderWatch } from './leaderWatch.ts';
import {
  allowed,
  type Digest,
  deliver,
  now,
  type OpenLane,
  reconnected,
  refused,
  settle,
} from './openLane.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';
import { type Fetched, fetchRequest } from './protocol/fetch.ts';
import { verify } from './verification.ts';

/** A fetch takes several times its size in memory as objects, for every partition at the same time. */
const PARTITION_BYTES = 262_144;
const FETCH_BYTES = 10_485_760;
/** There is one fetch at a time. One sent while the busy lanes hold asks for quiet partitions only, and delays the
 *  others until it returns: half a second of waiting cost a quarter of the records per second. */
const WAIT_MS = 50;
const ANSWER_MS = 10_000;
const PAUSE_MS = { first: 100, most: 1_000 };
/** An unreadable batch is read again: its disk may have been repaired. */
const UNREADABLE_MS = 5_000;
const ELSEWHERE_MS = 100;
/** Ordinary transactions are shorter. */
const BLOCKED_MS = 10_000;

export interface BrokerReader {
  /** Signals that there may be something to fetch. */
  wake(): void;
}

/** Fetches, one request after the other, for all lanes that a broker leads. */
export function startBrokerReader(parts: {
  nodeId: number;
  connect: Connect;
  watch: LeaderWatch;
  /** The lanes that the broker leads. */
  lanes(): OpenLane[];
  digest: Digest;
  onTrouble(error: unknown): void;
  stopped(): boolean;
}): BrokerReader {
  const { watch, digest } = parts;
  let wake: () => void = () => undefined;
  let turn = 0;
  void run();

  async function run(): Promise<void> {
    let link: KafkaLink | undefined;
    let pause = PAUSE_MS.first;
    while (!parts.stopped()) {
      try {
        link = await linked(link);
        await round(link);
        pause = PAUSE_MS.first;
      } catch (error) {
        link?.close();
        link = undefined;
        if (parts.stopped()) break;
        // An outage is reported once.
        if (pause === PAUSE_MS.first) parts.onTrouble(error);
        watch.refresh();
        await sleep(pause);
        pause = Math.min(pause * 2, PAUSE_MS.most);
      }
    }
    link?.close();
  }

  /** The current connection, or a new one; a new one invalidates all verifications of the logs. */
  async function linked(link: KafkaLink | undefined): Promise<KafkaLink> {
    if (link?.isUp()) return link;
    link?.close();
    for (const lane of parts.lanes()) reconnected(lane);
    const address = watch.addressOf(parts.nodeId);
    if (!address) throw new Error(`the broker ${parts.nodeId} has no address`);
    return parts.connect(address);
  }

  async function round(link: KafkaLink): Promise<void> {
    const clusterId = watch.clusterId();
    const at = performance.now();
    const due = parts.lanes().filter((lane) => lane.retryAt <= at);
    const unseen = due.filter((lane) => !lane.verified);
    if (unseen.length > 0 && clusterId !== null)
      await verify({ link, clusterId, digest, refresh: () => watch.refresh() }, unseen);
    const ready = due.filter((lane) => lane.verified && !lane.held);
    if (ready.length > 0) await fetch(link, ready);
    else await idle();
  }

  async function idle(): Promise<void> {
    await Promise.race([
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
      sleep(WAIT_MS),
    ]);
  }

  async function fetch(link: KafkaLink, ready: readonly OpenLane[]): Promise<void> {
    // The broker sends the first partition's batch whatever its size: each lane is first in turn.
    turn = (turn + 1) % ready.length;
    const asked = [...ready.slice(turn), ...ready.slice(0, turn)].flatMap((lane) =>
      lane.leader ? [{ lane, leader: lane.leader, position: lane.position }] : [],
    );
    const answer = await link.send(
      fetchRequest({
        partitions: asked.map(({ lane, leader, position }) => ({
          topicId: leader.topicId,
          partition: lane.partition,
          leaderEpoch: leader.epoch,
          offset: position,
          maxBytes: PARTITION_BYTES,
        })),
        maxWaitMs: WAIT_MS,
        maxBytes: FETCH_BYTES,
        committedOnly: true,
      }),
      ANSWER_MS,
    );
    const byName = new Map(
      asked.map((each) => [`${each.leader.topicId}/${each.lane.partition}`, each] as const),
    );
    const open = new Set(parts.lanes());
    for (const fetched of answer.partitions) {
      const each = byName.get(`${fetched.topicId}/${fetched.partition}`);
      // Closed or reopened during the fetch.
      if (!each || !open.has(each.lane) || each.lane.leader !== each.leader) continue;
      await take(link, each.lane, fetched);
    }
    if (answer.error !== KAFKA_ERRORS.none) for (const { lane } of asked) doubt(lane, answer.error);
  }

  async function take(link: KafkaLink, lane: OpenLane, fetched: Fetched): Promise<void> {
    if (fetched.error === KAFKA_ERRORS.corruptMessage)
      return unreadable(lane, { reason: 'BROKER', upto: null });
    if (fetched.error === KAFKA_ERRORS.offsetOutOfRange) {
      lane.verified = false;
      return;
    }
    if (fetched.error !== KAFKA_ERRORS.none) return doubt(lane, fetched.error);
    allowed(lane);
    const read = readFetched(fetched, lane.position, lane.shift);
    deliver(lane, read, fetched.highWatermark, digest);
    if (read.unreadable) unreadable(lane, read.unreadable);
    else await lookForTransaction(link, lane, fetched);
  }

  /** The answer contradicts the known leader. */
  function doubt(lane: OpenLane, error: number): void {
    refused(lane, error);
    lane.retryAt = performance.now() + ELSEWHERE_MS;
    watch.refresh();
  }

  function unreadable(lane: OpenLane, batch: NonNullable<FetchedBatches['unreadable']>): void {
    lane.retryAt = performance.now() + UNREADABLE_MS;
    settle(lane, { code: 'BATCH_UNREADABLE', ...batch, offset: lane.position, since: now() });
  }

  /** Records are waiting behind an open transaction. */
  async function lookForTransaction(link: KafkaLink, lane: OpenLane, fetched: Fetched): Promise<void> {
    const hidden = fetched.lastStableOffset === lane.position && fetched.highWatermark > lane.position;
    if (!hidden) {
      lane.blockedAt = undefined;
      if (lane.trouble?.code === 'TRANSACTION_OPEN') settle(lane, null);
      return;
    }
    lane.blockedAt ??= performance.now();
    if (lane.trouble !== null || performance.now() - lane.blockedAt < BLOCKED_MS || !lane.leader) return;
    const { topicId, epoch } = lane.leader;
    const asked = {
      topicId,
      partition: lane.partition,
      leaderEpoch: epoch,
      offset: lane.position,
      maxBytes: 1,
    };
    const plan = { partitions: [asked], maxWaitMs: 0, maxBytes: 1, committedOnly: false };
    const { partitions } = await link.send(fetchRequest(plan), ANSWER_MS);
    for (const bytes of splitBatches(partitions[0]?.records ?? Buffer.alloc(0))) {
      const { transactional, producerId, maxTimestamp } = readBatch(bytes);
      if (!transactional) continue;
      const since = instantOf(maxTimestamp);
      settle(lane, { code: 'TRANSACTION_OPEN', reason: 'OPEN', offset: lane.position, producerId, since });
      return;
    }
  }

  return { wake: () => wake() };
}
