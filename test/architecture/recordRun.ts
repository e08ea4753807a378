import { existsSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the harness is, and what makes it, by layout. */
const HARNESSES: readonly (readonly [path: string, create: string])[] = [
  ['test/harness/memoryPipeline.ts', 'createTestPipeline'],
  ['test/river.ts', 'createTestRiver'],
];

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

interface Pipeline {
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
  const [path, create] = HARNESSES.find(([each]) => existsSync(join(root, each))) ?? [];
  if (path === undefined || create === undefined)
    throw new Error(`no harness in ${root}: ${HARNESSES.map(([each]) => each).join(', ')}`);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const harness: Record<string, () => Promise<Pipeline>> = await import(pathToFileURL(join(root, path)).href);
  const pipeline = await harness[create]?.();
  if (pipeline === undefined) throw new Error(`${path} has no ${create}`);
  // Resets the counts: what starting has run is left out.
  await session.post('Profiler.takePreciseCoverage');
  await pipeline.send('school-dropout', [DROPOUT]);
  await pipeline.settle();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  if (pipeline.out('alert').length !== 1)
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
