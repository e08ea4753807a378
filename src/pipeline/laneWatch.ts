import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { type IsoInstant, instantOf } from '../core/time/date.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import type { Operations } from '../store/operationsPort.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { LaneWorker } from './laneWorker.ts';
import { stoppedLanes } from './stoppedLanes.ts';

/** A submission is decided within a second; after this long it is stuck. */
const RECEIPT_AFTER_MS = 60_000;
/** How far back a process that has just started looks. */
const LOOK_BACK_MS = 24 * 60 * 60_000;

/** Looks for what has stopped without a reported reason: lanes that do not move, submissions without an outcome. */
export interface LaneWatch {
  /** @param orgs whose receipts this process answers for */
  look(workers: readonly LaneWorker[], orgs: readonly OrgId[]): Promise<void>;
}

export function createLaneWatch(parts: {
  operations: Pick<Operations, 'waitingReceipts'>;
  queries: Pick<Queries, 'lanes'>;
  source: Pick<FeedSource, 'endOffsets'>;
  alarm: RaiseAlarm;
  /** Epoch milliseconds. */
  now(): number;
}): LaneWatch {
  const reportedLanes = new Set<string>();
  const toldReceipts = new Set<string>();
  const lookedFrom = new Map<string, IsoInstant>();

  function lookAtLanes(workers: readonly LaneWorker[], now: number): void {
    const stopped = stoppedLanes(workers, now).filter(({ unexplained }) => unexplained);
    const names = new Set(stopped.map(({ topic, partition }) => `${topic}/${partition}`));
    for (const { org, topic, partition, seconds } of stopped) {
      if (reportedLanes.has(`${topic}/${partition}`)) continue;
      const since = instantOf(Math.round(now - seconds * 1_000));
      parts.alarm('LANE_STANDS', { org, topic, partition, since });
    }
    for (const name of reportedLanes) if (!names.has(name)) reportedLanes.delete(name);
    for (const name of names) reportedLanes.add(name);
  }

  async function lookAtReceipts(org: OrgId, now: number): Promise<void> {
    const from = lookedFrom.get(org) ?? instantOf(now - LOOK_BACK_MS);
    const to = instantOf(now - RECEIPT_AFTER_MS);
    const waiting = await parts.operations.waitingReceipts(org, { from, to });
    lookedFrom.set(org, waiting[0]?.received ?? to);
    for (const [feed, receipts] of Map.groupBy(waiting, (receipt) => receipt.feed)) {
      const news = receipts.filter(({ id }) => !toldReceipts.has(id));
      // While records wait, these may be among them: then the lane is reported instead.
      if (news.length === 0 || !(await isRead(feedTopic(org, feed)))) continue;
      for (const { id } of news) toldReceipts.add(id);
      const topic = feedTopic(org, feed);
      parts.alarm('RECEIPT_WAITING', { org, topic, count: news.length, since: news[0]?.received ?? to });
    }
  }

  /** Everything in the topic has been handled. */
  async function isRead(topic: string): Promise<boolean> {
    const lanes = (await parts.queries.lanes()).filter((lane) => lane.topic === topic);
    for (const [partition, end] of await parts.source.endOffsets(topic)) {
      const lane = lanes.find((each) => each.partition === partition);
      if (end > (lane ? lane.nextOffset - lane.shift : 0n)) return false;
    }
    return true;
  }

  return {
    async look(workers, orgs) {
      const now = parts.now();
      lookAtLanes(workers, now);
      for (const org of orgs) await lookAtReceipts(org, now);
    },
  };
}
