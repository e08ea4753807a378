import { setTimeout as sleep } from 'node:timers/promises';
import { createBulkRun } from '../desk/bulk/bulkRun.ts';
import { repeat } from '../jobs/repeat.ts';
import type { Logger } from '../telemetry/logger.ts';

/** How soon a job is begun after it was started, and outcomes are looked for. */
const EVERY_MS = 500;
/** Between two steps the pipeline and requests come first. */
const REST_MS = 20;

/** Works off the jobs on many youths, of all organisations; one process at a time works on each. */
export function startBulkRuns(
  parts: Parameters<typeof createBulkRun>[0],
  log: Logger,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = createBulkRun(parts, parts.newId());
  const rounds = repeat({
    everyMs: EVERY_MS,
    async work() {
      while (!signal.aborted && (await run.step()) === 'moved')
        await sleep(REST_MS, undefined, { signal }).catch(() => undefined);
    },
    failed: (error) => log.event('work.failed', { part: 'bulk', error }),
  });
  return {
    stop() {
      stopping.abort();
      return rounds.stop();
    },
  };
}
