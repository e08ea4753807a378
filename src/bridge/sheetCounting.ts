import { Worker } from 'node:worker_threads';
import { type CountedSheet, type CountSheets, watched } from '../reports/countedSheet.ts';
import type { PackedRecord } from '../store/queriesPort.ts';
import type { SheetPortion, SheetQuestion } from './sheetThread.ts';

/** The thread's own memory: a county's year must fit in it, its events need not. Garbage waits as long as there is room: with
 *  1,024 MB the process took up to 1,601 for all twelve reports of 150,000 youths, with 768 it takes no longer. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 } as const;

/** Counts reports in a thread of its own; what is read for them is read here, on the connections of this process. */
export const countInThread: CountSheets = async (queries, order, watch) => {
  const source = watched(queries, watch);
  const thread = new Worker(new URL('./sheetThread.ts', import.meta.url), {
    workerData: order,
    resourceLimits: THREAD_LIMITS,
  });
  const { promise, resolve, reject } = Promise.withResolvers<CountedSheet[]>();
  let records: AsyncIterator<readonly PackedRecord[]> | undefined;
  const handOver = async () => {
    const next = await records?.next();
    const portion: SheetPortion = next === undefined || next.done ? null : next.value;
    thread.postMessage(portion);
  };
  thread.on('message', (question: SheetQuestion) => {
    if (question.kind === 'counted') return resolve(question.sheets);
    if (question.kind === 'read')
      records = source.recordedUpto(question.org, question.upto)[Symbol.asyncIterator]();
    handOver().catch(reject);
  });
  thread.on('error', (error: NodeJS.ErrnoException) =>
    // The engine's message may repeat what it read.
    reject(new Error(`counting failed: ${error.code ?? error.name}`)),
  );
  thread.on('exit', () => reject(new Error('the counting thread ended without an answer')));
  const end = () => reject(watch.signal.reason);
  watch.signal.addEventListener('abort', end);
  try {
    return await promise;
  } finally {
    watch.signal.removeEventListener('abort', end);
    await thread.terminate();
    // Gives the connection back, also when not all was read.
    await records?.return?.().catch(() => undefined);
  }
};
