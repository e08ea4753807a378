import type { Decided } from '../intake/decided.ts';
import type { FeedRecord } from '../intake/feedSource.ts';
import type { Lane } from '../store/port.ts';
import type { Logger } from './logger.ts';
import type { Meters } from './metrics.ts';
import { PHASES, type Phase } from './names.ts';
import type { StartBatch } from './tracing.ts';

/** One span, one log line and the counters of a batch. */
export interface BatchTelemetry {
  start(lane: Lane, records: readonly FeedRecord[]): BatchWatch;
}

export interface BatchWatch {
  phase<T>(phase: Phase, work: () => T): T;
  end(decided: Decided, retries: number, published: Promise<void>): void;
  fail(error: unknown): void;
}

export function createBatchTelemetry(parts: {
  meters: Meters;
  startBatch: StartBatch;
  log: Logger;
  feed: string;
  /** Epoch milliseconds, for the time from feed record to published alert; null on a virtual clock. */
  now: (() => number) | null;
}): BatchTelemetry {
  const { meters, log, feed } = parts;
  return {
    start(lane, records) {
      const began = performance.now();
      const first = records[0]?.offset ?? lane.nextOffset;
      const spent: Record<Phase, number> = { load: 0, decide: 0, commit: 0, publish: 0 };
      const span = parts.startBatch({ ...lane, firstOffset: first, records: records.length }, () =>
        records.flatMap(({ headers }) => headers.traceparent?.toString() ?? []),
      );
      return {
        phase<T>(phase: Phase, work: () => T): T {
          const from = performance.now();
          const note = () => {
            spent[phase] += performance.now() - from;
          };
          const result = span.phase(phase, work);
          if (result instanceof Promise) void result.then(note, note);
          else note();
          return result;
        },
        end(decided, retries, published) {
          void published.then(
            () => {
              span.end();
              count(lane, decided);
              meters.batch(performance.now() - began, { org: lane.org, feed });
              for (const phase of PHASES) meters.phase(spent[phase], { org: lane.org, feed, phase });
              alertTimes(lane, decided, records);
              const { counts } = decided.commit;
              log.event('batch.handled', {
                org: lane.org,
                topic: lane.topic,
                partition: lane.partition,
                firstOffset: first,
                lastOffset: records.at(-1)?.offset ?? first,
                ...counts,
                loadMs: spent.load,
                decideMs: spent.decide,
                commitMs: spent.commit,
                publishMs: spent.publish,
                retries,
              });
            },
            (error: unknown) => span.end(error),
          );
        },
        fail: (error) => span.end(error),
      };
    },
  };

  function count(lane: Lane, decided: Decided): void {
    const { counts } = decided.commit;
    for (const outcome of ['applied', 'duplicate', 'rejected', 'quarantined', 'parked'] as const) {
      if (counts[outcome] > 0) meters.decided(counts[outcome], { org: lane.org, feed, outcome });
    }
    if (counts.duplicate > 0) meters.duplicates(counts.duplicate, { org: lane.org, feed });
    for (const { problems } of decided.commit.quarantined) {
      for (const { code } of problems) meters.quarantined(1, { org: lane.org, feed, problem: code });
    }
    for (const [rule, times] of decided.rules) meters.ruleFired(times, { org: lane.org, rule });
  }

  function alertTimes(lane: Lane, decided: Decided, records: readonly FeedRecord[]): void {
    if (!parts.now) return;
    const entered = new Map(records.map((record) => [record.offset, record.timestamp]));
    for (const offset of decided.newcomers) {
      const at = entered.get(offset);
      if (at !== undefined) meters.dropoutToAlert(parts.now() - at, { org: lane.org });
    }
  }
}
