import { SHEET_NAMES } from '../../src/core/report/sheetName.ts';
import { buildSheet } from '../../src/reports/buildSheet.ts';
import { buildSnapshot } from '../../src/reports/snapshot.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import type { Played } from './replayedYear.ts';

// Every report there is, counted when all has been read.

const DATES = ['2026-11-15', '2027-02-15'];
const DAYS = [...DATES, '2026-10-31', '2027-03-18'];
const TODAY = '2027-03-20';

/** Text by report and day: snapshots of the reference dates, and all sheets. */
export async function reportsOf({ pipeline }: Played): Promise<Record<string, string>> {
  const { org, policy } = pipeline;
  const { county } = policy;
  const queries = pipeline.store;
  const reports: Record<string, string> = {};
  for (const referenceDate of DATES) {
    const order = { queries, operations: createMemoryStore(), org, county, referenceDate, policy };
    reports[`snapshot ${referenceDate}`] = (await buildSnapshot(order)).snapshot.content.toString();
  }
  for (const name of SHEET_NAMES) {
    for (const on of DAYS) {
      const request = { name, on, county: null, step: 'uke' as const, today: TODAY };
      const built = await buildSheet(queries, { id: org, county, policy }, [], request);
      // Figures before anything is hidden; a map is no JSON.
      reports[`${name} ${on}`] = JSON.stringify(built, (_key, value) =>
        value instanceof Map ? [...value] : value,
      );
    }
  }
  return reports;
}
