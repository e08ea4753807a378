import type { Lane } from '../core/lane.ts';
import type { FeedRecord } from '../kafka/feedSource.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Meters } from '../telemetry/metrics.ts';
import { PHASES, type Phase } from '../telemetry/names.ts';
import type { BatchSpan, StartBatch } from '../telemetry/tracing.ts';
import type { Decided } from './decidedBatch.ts';

/** One span, one log line and the counters of a batch. */
export interface BatchTelemetry {
  start(lane: Lane, records: readonly FeedRecord[]): BatchWatch;
}

export interface BatchWatch {
  phase<T>(phase: Phase, work: () => T): T;
  end(decided: Decided, records: readonly FeedRecord[], retries: number, published: Promise<void>): void;
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
      const last = records.at(-1)?.offset ?? first;
      const spent: Record<Phase, number> = { load: 0, decide: 0, commit: 0, publish: 0 };
      const info = { ...lane, firstOffset: first, records: records.length };
      const span = parts.startBatch(info, traceparentsOf(records));
      // Must hold no record: it lives until Kafka has the batch.
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
        end(decided, records, retries, published) {
          const entered = newcomersEntered(decided, records);
          const { counts, quarantined } = decided.commit;
          const codes = quarantined.flatMap(({ problems }) => problems.map(({ code }) => code));
          const done = {
            lane,
            span,
            began,
            spent,
            first,
            last,
            counts,
            codes,
            rules: decided.rules,
            entered,
            retries,
          };
          tellWhenPublished(done, published);
        },
        fail: (error) => span.end(error),
      };
    },
  };

  /** What is left of a batch that waits for Kafka. */
  function tellWhenPublished(done: Done, published: Promise<void>): void {
    const { lane, span, counts } = done;
    void published.then(
      () => {
        span.end();
        count(done);
        meters.batch(performance.now() - done.began, { org: lane.org, feed });
        for (const phase of PHASES) meters.phase(done.spent[phase], { org: lane.org, feed, phase });
        if (parts.now !== null)
          for (const at of done.entered) meters.dropoutToAlert(parts.now() - at, { org: lane.org });
        log.event('batch.handled', {
          org: lane.org,
          topic: lane.topic,
          partition: lane.partition,
          firstOffset: done.first,
          lastOffset: done.last,
          ...counts,
          loadMs: done.spent.load,
          decideMs: done.spent.decide,
          commitMs: done.spent.commit,
          publishMs: done.spent.publish,
          retries: done.retries,
        });
      },
      (error: unknown) => span.end(error),
    );
  }

  function count({ lane, counts, codes, rules }: Done): void {
    for (const outcome of ['applied', 'duplicate', 'rejected', 'quarantined', 'parked'] as const) {
      if (counts[outcome] > 0) meters.decided(counts[outcome], { org: lane.org, feed, outcome });
    }
    if (counts.duplicate > 0) meters.duplicates(counts.duplicate, { org: lane.org, feed });
    for (const problem of codes) meters.quarantined(1, { org: lane.org, feed, problem });
    for (const [rule, times] of rules) meters.ruleFired(times, { org: lane.org, rule });
  }
}

interface Done {
  lane: Lane;
  span: BatchSpan;
  began: number;
  spent: Record<Phase, number>;
  first: bigint;
  last: bigint;
  counts: Decided['commit']['counts'];
  /** Problem codes of what was quarantined. */
  codes: string[];
  rules: Decided['rules'];
  /** When the records of new tilmeldinger entered Kafka. */
  entered: number[];
  retries: number;
}

function traceparentsOf(records: readonly FeedRecord[]): () => string[] {
  return () => records.flatMap(({ headers }) => headers.traceparent?.toString() ?? []);
}

function newcomersEntered({ newcomers }: Decided, records: readonly FeedRecord[]): number[] {
  if (newcomers.length === 0) return [];
  const entered = new Map(records.map((record) => [record.offset, record.timestamp]));
  return newcomers.flatMap((offset) => entered.get(offset) ?? []);
}
