import type { RecordMark } from '../core/lane.ts';
import { instantOf } from '../core/time/date.ts';
import type { FeedRecord, FeedTaker, LanePlace } from './feedSource.ts';
import type { FetchedBatches } from './fetchedBatches.ts';
import { type LaneTrouble, sameTrouble } from './laneTrouble.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';

/** Leader of a partition in the latest metadata. */
export interface Leader {
  nodeId: number;
  epoch: number;
  topicId: string;
}

export function sameLeader(one: Leader, other: Leader): boolean {
  return one.nodeId === other.nodeId && one.epoch === other.epoch && one.topicId === other.topicId;
}

/** An open partition. Offsets are Kafka's. */
export interface OpenLane {
  topic: string;
  partition: number;
  taker: FeedTaker;
  shift: bigint;
  clusterId: string | null;
  topicId: string | null;
  /** The last record delivered. */
  mark: RecordMark | null;
  /** First offset not yet delivered. */
  position: bigint;
  /** The log's real end, as last seen. */
  end: bigint;
  held: boolean;
  leader: Leader | undefined;
  /** The log continues at the lane's position: checked on this connection, under this leader. */
  verified: boolean;
  trouble: LaneTrouble | null;
  /** Skipped until then, in milliseconds of the process. */
  retryAt: number;
  /** Since when brokers have refused it, in milliseconds of the process. */
  refusedAt: number | undefined;
  /** The right to read is missing: only a fetch shows that it is back. */
  forbidden: boolean;
  /** Since when an open transaction has blocked it, in milliseconds of the process. */
  blockedAt: number | undefined;
}

export type Digest = (record: FeedRecord) => bigint;

export function openLane(topic: string, partition: number, place: LanePlace, taker: FeedTaker): OpenLane {
  const { shift, clusterId, topicId, mark } = place;
  const position = place.from - shift;
  return {
    topic,
    partition,
    taker,
    shift,
    clusterId,
    topicId,
    mark: mark && { ...mark, offset: mark.offset - shift },
    position,
    end: position,
    held: false,
    leader: undefined,
    verified: false,
    trouble: null,
    retryAt: 0,
    refusedAt: undefined,
    forbidden: false,
    blockedAt: undefined,
  };
}

export function deliver(
  lane: OpenLane,
  { records, next }: FetchedBatches,
  end: bigint,
  digest: Digest,
): void {
  const moved = next > lane.position;
  if (!moved && end === lane.end) return;
  const last = records.at(-1);
  if (last) lane.mark = { offset: last.offset - lane.shift, digest: digest(last) };
  lane.position = next;
  lane.end = end;
  lane.taker.take({ records, next: next + lane.shift, end: end + lane.shift });
  if (moved) settle(lane, null);
}

/** Stores why the lane is stopped, or that it runs again; reports a change. */
export function settle(lane: OpenLane, trouble: LaneTrouble | null): void {
  if (sameTrouble(lane.trouble, trouble)) return;
  lane.trouble = trouble;
  lane.taker.stopped(trouble);
}

/** Longer than a leader election, and than a new leader takes to know of it. */
const REFUSED_MS = 30_000;
/** Longer than an access right that was just given takes to reach all brokers. */
const FORBIDDEN_MS = 3_000;

/** A broker, or all of them, refuse the partition. */
export function refused(lane: OpenLane, error: number): void {
  lane.verified = false;
  lane.refusedAt ??= performance.now();
  lane.forbidden = error === KAFKA_ERRORS.topicAuthorizationFailed;
  const patience = lane.forbidden ? FORBIDDEN_MS : REFUSED_MS;
  if (performance.now() - lane.refusedAt < patience || lane.trouble !== null) return;
  settle(lane, { code: 'LANE_STANDS', reason: `KAFKA_${error}`, offset: lane.position, since: now() });
}

/** A new connection: neither the verification nor the refusals of the old one count. A broker that stops refuses its
 *  partitions last of all, and an outage after that is not a refusal. */
export function reconnected(lane: OpenLane): void {
  lane.verified = false;
  lane.refusedAt = undefined;
}

/** The lane is verified; the first time, its log is reported. */
export function accept(lane: OpenLane, log: { clusterId: string; topicId: string }): void {
  lane.verified = true;
  if (!lane.forbidden) lane.refusedAt = undefined;
  if (lane.clusterId !== null && lane.topicId !== null) return;
  lane.clusterId = log.clusterId;
  lane.topicId = log.topicId;
  lane.taker.found(log);
}

/** The broker gave what it was asked for, if only nothing new. */
export function allowed(lane: OpenLane): void {
  if (!lane.forbidden) return;
  lane.forbidden = false;
  lane.refusedAt = undefined;
  if (lane.trouble?.code === 'LANE_STANDS') settle(lane, null);
}

export const now = () => instantOf(Date.now());
