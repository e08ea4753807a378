import { setTimeout as sleep } from 'node:timers/promises';
import { createSheetRun } from '../desk/reports/sheetRun.ts';
import { repeat } from '../jobs/repeat.ts';
import type { JobBook } from '../telemetry/jobBook.ts';
import type { Logger } from '../telemetry/logger.ts';
import { countInThread } from './sheetCounting.ts';

/** How soon a report is begun after it was asked for. */
const EVERY_MS = 500;
/** Between two reports. */
const REST_MS = 100;
/** How often it is looked whether the night's reports are to be made, and what is old. */
const KEEP_EVERY_MS = 10 * 60_000;

/** Counts the reports that pages ask for, and in quiet hours those of the day; removes old ones. */
export function startSheetRuns(
  parts: Parameters<typeof createSheetRun>[0] & { newId(): string },
  { log, jobs }: { log: Logger; jobs: JobBook },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const failed = (error: unknown) => log.event('work.failed', { part: 'sheets', error });
  const run = createSheetRun(parts, { by: parts.newId(), count: countInThread, failed, signal });
  const counting = repeat({
    everyMs: EVERY_MS,
    async work() {
      while (!signal.aborted && (await run.step()) > 0)
        await sleep(REST_MS, undefined, { signal }).catch(() => undefined);
    },
    failed,
    seen: jobs.enter('sheets', EVERY_MS),
  });
  const keeping = repeat({
    everyMs: KEEP_EVERY_MS,
    async work() {
      await run.askForToday();
      await run.clean();
    },
    failed,
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all([counting.stop(), keeping.stop()]);
    },
  };
}
