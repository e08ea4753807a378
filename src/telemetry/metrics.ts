import type { Attributes, Histogram, Meter, ObservableResult } from '@opentelemetry/api';
import type { Outcome } from '../store/port.ts';
import { type AlarmCode, ATTRIBUTES, METRICS, type Phase } from './names.ts';

/** Counters and timings. Each takes exactly its labels; no label identifies a person. Times in milliseconds. */
export interface Meters {
  /** Records by outcome. */
  decided(count: number, labels: { org: string; feed: string; outcome: Outcome }): void;
  quarantined(count: number, labels: { org: string; feed: string; problem: string }): void;
  ruleFired(count: number, labels: { org: string; rule: string }): void;
  duplicates(count: number, labels: { org: string; feed: string }): void;
  fenceLost(labels: { org: string; topic: string; partition: number }): void;
  pollFailed(labels: { org: string; list: string; code: string }): void;
  /** Rows of NAV's lists of which NAV was notified, on the topic, that it may no longer use them. */
  navWithdrawn(count: number, labels: { org: string }): void;
  operationalAlert(labels: { org: string; code: AlarmCode }): void;
  /** Attempts to call a receiver, by how they ended. */
  called(labels: { org: string; subscription: string; outcome: string }): void;
  /** From a change's record in Kafka to the receiver's answer. */
  callDelay(ms: number, labels: { org: string; subscription: string }): void;
  phase(ms: number, labels: { org: string; feed: string; phase: Phase }): void;
  batch(ms: number, labels: { org: string; feed: string }): void;
  /** From the dropout's arrival in Kafka to the acknowledged alert. */
  dropoutToAlert(ms: number, labels: { org: string }): void;
}

export interface GaugeReading {
  value: number;
  org: string;
  topic?: string;
  partition?: number;
}

/** Read at each scrape. A gauge that fails or is slow is left out of that scrape; the others are not. */
export interface Gauges {
  lag?: () => Readings;
  unpublished?: () => Readings;
  stopped?: () => Readings;
  worked?: () => Readings;
  parked?: () => Readings;
}
type Readings = Iterable<GaugeReading> | Promise<Iterable<GaugeReading>>;

const BATCH_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** The target is 100 ms at p99; the upper buckets show recovery from an outage. */
const ALERT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 5, 30, 60, 300, 3600, 86_400];

export function createMeters(meter: Meter): Meters {
  const counter = (name: string, description: string) => meter.createCounter(name, { description });
  const records = counter(METRICS.records, 'Feed records by how they ended.');
  const quarantined = counter(METRICS.quarantined, 'Problems of quarantined records, by code.');
  const rules = counter(METRICS.rules, 'Decisions by the rule that made them.');
  const duplicates = counter(METRICS.duplicates, 'Source events that had had their effect already.');
  const fenceLost = counter(METRICS.fenceLost, 'Lanes given up because another worker holds them.');
  const polls = counter(METRICS.pollFailures, 'Polls that failed after all tries, by code.');
  const withdrawals = counter(
    METRICS.navWithdrawals,
    'Rows of lists to NAV that were published as withdrawn.',
  );
  const alerts = counter(METRICS.operationalAlerts, 'Things that somebody has to act on, by code.');
  const calls = counter(METRICS.calls, 'Calls to receivers, by how they ended.');
  const callDelay = histogram(
    meter,
    METRICS.callDelay,
    'From a change in Kafka to its delivery at a receiver.',
    ALERT_SECONDS,
  );
  const phase = histogram(meter, METRICS.phase, 'Time per batch and phase.', BATCH_SECONDS);
  const batch = histogram(meter, METRICS.batch, 'Time per batch, read to published.', BATCH_SECONDS);
  const alert = histogram(
    meter,
    METRICS.dropoutToAlert,
    'From feed record to published alert.',
    ALERT_SECONDS,
  );
  return {
    decided: (count, { org, feed, outcome }) => records.add(count, { org, feed, outcome }),
    quarantined: (count, { org, feed, problem }) => quarantined.add(count, { org, feed, problem }),
    ruleFired: (count, { org, rule }) => rules.add(count, { org, rule }),
    duplicates: (count, { org, feed }) => duplicates.add(count, { org, feed }),
    fenceLost: ({ org, topic, partition }) => fenceLost.add(1, { org, topic, partition }),
    pollFailed: ({ org, list, code }) => polls.add(1, { org, list, code }),
    navWithdrawn: (count, { org }) => withdrawals.add(count, { org }),
    operationalAlert: ({ org, code }) => alerts.add(1, { org, code }),
    called: ({ org, subscription, outcome }) => calls.add(1, { org, subscription, outcome }),
    callDelay: (ms, { org, subscription }) => callDelay.record(ms / 1000, { org, subscription }),
    phase: (ms, { org, feed, phase: name }) => phase.record(ms / 1000, { org, feed, phase: name }),
    batch: (ms, { org, feed }) => batch.record(ms / 1000, { org, feed }),
    dropoutToAlert: (ms, { org }) => alert.record(ms / 1000, { org }),
  };
}

export function createGauges(meter: Meter, gauges: Gauges): void {
  const entries = [
    [METRICS.lag, 'Records in the feed topics that nobody has committed yet, of all lanes.', gauges.lag],
    [METRICS.unpublished, 'Committed records whose events may not be published.', gauges.unpublished],
    [METRICS.stopped, 'Time that a lane has not moved while records wait, or cannot go on.', gauges.stopped],
    [METRICS.worked, 'Lanes that this process works: 1 for each.', gauges.worked],
    [METRICS.parked, 'Records that wait behind a parked youth.', gauges.parked],
  ] as const;
  for (const [name, description, read] of entries) {
    if (!read) continue;
    meter
      .createObservableGauge(name, { description })
      .addCallback(async (result) => report(result, await read()));
  }
}

function report(result: ObservableResult, readings: Iterable<GaugeReading>): void {
  for (const { value, org, topic, partition } of readings) {
    const labels: Attributes = { [ATTRIBUTES.org]: org };
    if (topic !== undefined) labels[ATTRIBUTES.topic] = topic;
    if (partition !== undefined) labels[ATTRIBUTES.partition] = partition;
    result.observe(value, labels);
  }
}

function histogram(meter: Meter, name: string, description: string, boundaries: number[]): Histogram {
  return meter.createHistogram(name, { description, advice: { explicitBucketBoundaries: boundaries } });
}
