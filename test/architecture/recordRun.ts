import { existsSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the harness is, by layout. */
const HARNESSES = ['test/harness/memoryRiver.ts', 'test/river.ts'];

const DROPOUT = {
  id: '40014-1',
  type: 'avbrudd',
  fodselsnummer: '14830989960',
  fodselsdato: '2009-03-14',
  skolenummer: '40014',
  avbruddsdato: '2026-10-06',
  avbruddsarsak: 'FV',
};

export interface RecordRun {
  files: Set<string>;
  namedFunctions: number;
}

interface River {
  send(feed: string, records: readonly unknown[]): Promise<void>;
  settle(): Promise<void>;
  out(topic: string): readonly unknown[];
}

/**
 * What runs of the product while one dropout goes through the pipeline in memory, from `send` to the end of `settle`:
 * call counts of V8, so only what is really called.
 * @param root of a checkout with its packages installed
 */
export async function recordRun(root: string): Promise<RecordRun> {
  const harness = HARNESSES.map((path) => join(root, path)).find((path) => existsSync(path));
  if (harness === undefined) throw new Error(`no harness in ${root}: ${HARNESSES.join(', ')}`);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const { createTestRiver }: { createTestRiver(): Promise<River> } = await import(
    pathToFileURL(harness).href
  );
  const river = await createTestRiver();
  // Resets the counts: what starting has run is left out.
  await session.post('Profiler.takePreciseCoverage');
  await river.send('school-dropout', [DROPOUT]);
  await river.settle();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  if (river.out('alert').length !== 1)
    throw new Error('the dropout led to no alert: another way was measured');

  const base = `${pathToFileURL(root).href.replace(/\/$/, '')}/`;
  const product = result.filter(
    ({ url }) => /^(src|adapters)\//.test(url.slice(base.length)) && url.startsWith(base),
  );
  const run = product.map(({ url, functions }) => ({
    path: url.slice(base.length),
    called: functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0),
  }));
  return {
    files: new Set(run.filter(({ called }) => called.length > 0).map(({ path }) => path)),
    namedFunctions: run.flatMap(({ called }) => called.filter(({ functionName }) => functionName !== ''))
      .length,
  };
}
