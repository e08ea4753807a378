import { randomUUID } from 'node:crypto';
import { createSheetRun, type SheetRun } from '../../src/desk/reports/sheetRun.ts';
import { type CountSheets, countOrder, watched } from '../../src/reports/countedSheet.ts';

/** Counts in this thread. */
export const countHere: CountSheets = (queries, order, watch) => countOrder(watched(queries, watch), order);

/** A process that counts reports. @param failed fails the test */
export function counterOf(
  parts: Parameters<typeof createSheetRun>[0],
  count: CountSheets = countHere,
  failed: (error: unknown) => void = fails,
): SheetRun {
  return createSheetRun(parts, { by: randomUUID(), count, failed });
}

function fails(error: unknown): void {
  throw error;
}

/** Counts all reports that wait. @returns how many */
export async function countReports(parts: Parameters<typeof createSheetRun>[0]): Promise<number> {
  const run = counterOf(parts);
  let counted = 0;
  for (let step = await run.step(); step > 0; step = await run.step()) counted += step;
  return counted;
}

/** A page of a report when it has been counted. @param text gets the page */
export async function countedPage(
  parts: Parameters<typeof createSheetRun>[0],
  text: (path: string) => Promise<string>,
  path: string,
): Promise<string> {
  await text(path);
  await countReports(parts);
  return text(path);
}
