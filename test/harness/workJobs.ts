import { createBulkRun } from '../../src/desk/bulk/bulkRun.ts';

/** Works off the jobs, as the bridge's process does. */
export async function workJobs(
  parts: Parameters<typeof createBulkRun>[0],
  by = '00000000-0000-4000-8000-00000000000a',
): Promise<void> {
  const run = createBulkRun(parts, by);
  while ((await run.step()) === 'moved');
}
