import { cutoffOf, referenceDates } from '../core/report/report.ts';
import { instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import { schoolYearOf } from '../core/time/schoolYear.ts';
import { buildSnapshot } from '../reports/snapshot.ts';
import type { Operations } from '../store/operationsPort.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { Organisations } from './organisations.ts';

/** Builds the reports of the current school year whose cut-off has passed, each once. A county without records at a
 *  cut-off has no report of that date. */
export async function buildDueReports({
  organisations,
  queries,
  operations,
}: {
  organisations: Organisations;
  queries: Queries;
  operations: Operations;
}): Promise<void> {
  const now = instantOf(Date.now());
  for (const { id, county, virtualClock } of organisations.all) {
    // A virtual clock's player builds its own when that clock passes a cut-off.
    if (virtualClock) continue;
    const policy = organisations.policyOf(id);
    for (const referenceDate of referenceDates(schoolYearOf(osloDate(now)))) {
      const cutoff = cutoffOf(referenceDate, policy);
      if (cutoff > now || (await operations.snapshot(id, referenceDate)) !== undefined) continue;
      if (!(await queries.hasRecords(id, cutoff))) continue;
      await buildSnapshot({ queries, operations, org: id, county, referenceDate, policy });
    }
  }
}
