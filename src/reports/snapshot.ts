import { Buffer } from 'node:buffer';
import type { CountyNumber, OrgId } from '../core/organisation.ts';
import type { Policy } from '../core/policy.ts';
import type { RecordedEvents } from '../core/report/register.ts';
import { cutoffOf, type Report, reportBytes, reportedSchoolYear } from '../core/report/report.ts';
import { startStock } from '../core/report/stock.ts';
import { followsOf } from '../core/report/view.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import type { Operations, ReportSnapshot } from '../store/operationsPort.ts';
import type { Queries } from '../store/queriesPort.ts';
import { EVERYTHING, readHistories } from './replayedHistory.ts';

export interface SnapshotOrder {
  queries: Pick<Queries, 'recordedUpto'>;
  operations: Pick<Operations, 'saveSnapshot' | 'snapshot'>;
  org: OrgId;
  county: CountyNumber;
  referenceDate: IsoDate;
  policy: Policy;
}

/**
 * - `saved`: this is now the report of that date.
 * - `same`: it was built before, and these are the same bytes.
 * - `differs`: it was built before with other bytes; the first is kept, and the operator must find the cause.
 */
export interface BuiltSnapshot {
  outcome: 'saved' | 'same' | 'differs';
  report: Report;
  /** The stored one, which is the first that was built. */
  snapshot: ReportSnapshot;
}

/** Builds the report of a reference date from the events at its cut-off and saves it once. Call it after the
 *  cut-off: a report built early is kept, without that day's later records. */
export async function buildSnapshot(order: SnapshotOrder): Promise<BuiltSnapshot> {
  const { operations, org, referenceDate } = order;
  const cutoff = cutoffOf(referenceDate, order.policy);
  const report = await buildReport(order, cutoff);
  const content = Buffer.from(reportBytes(report));
  const earlier = await operations.snapshot(org, referenceDate);
  if (earlier === undefined) await operations.saveSnapshot({ org, referenceDate, cutoff, content });
  // Read back after saving: of two concurrent builds the store keeps the first.
  const snapshot = earlier ?? (await operations.snapshot(org, referenceDate));
  if (snapshot === undefined) throw new Error(`the report of ${referenceDate} was saved and is not there`);
  if (!snapshot.content.equals(content)) return { outcome: 'differs', report, snapshot };
  return { outcome: earlier === undefined ? 'saved' : 'same', report, snapshot };
}

async function buildReport(order: SnapshotOrder, cutoff: IsoInstant): Promise<Report> {
  const { county, referenceDate, policy } = order;
  const counted = { county, schoolYear: reportedSchoolYear(referenceDate), cutoff };
  const scope = { ...counted, view: 'UDIR' as const, on: referenceDate, policy };
  const count = startStock(scope);
  // Including later records: an address hidden since must not be published.
  const telling = { policy, until: cutoff };
  const read = (records: readonly RecordedEvents[]) => {
    for (const record of records) count.add(record);
  };
  await readHistories(order.queries, order.org, [{ replay: telling, upto: EVERYTHING, read }]);
  return { view: scope.view, follows: followsOf(scope), ...counted, referenceDate, ...count.finish() };
}
