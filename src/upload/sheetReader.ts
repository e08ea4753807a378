import { Worker } from 'node:worker_threads';
import { columnsByHeading, type FeedColumns } from '../core/feedColumns.ts';
import { FILE } from '../core/sentences/files.ts';
import { FileFault } from './fileFault.ts';
import type { FileAnswer, FileQuestion } from './fileThread.ts';
import type { ReadList, SheetRow } from './sheet.ts';

/** The thread's own memory; what it unpacks is bounded by the budget of `xlsx/zip.ts`. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 } as const;
const DEADLINE_MS = 30_000;

export interface SheetReading {
  bytes: Uint8Array;
  columns: FeedColumns;
  /** The name of the sheet, when one was chosen. */
  sheet: string | null;
}

/** Reads one file at a time: the next one waits. @throws FileFault */
export type ReadSheetFile = (reading: SheetReading) => Promise<ReadList>;

export function createSheetReader(deadlineMs: number = DEADLINE_MS): ReadSheetFile {
  let last: Promise<unknown> = Promise.resolve();
  return (reading) => {
    const read = last.then(() => readInThread(reading, deadlineMs));
    last = read.catch(() => undefined);
    return read;
  };
}

function readInThread({ bytes, columns, sheet }: SheetReading, deadlineMs: number): Promise<ReadList> {
  const headings = [...columnsByHeading(columns).keys()];
  const workerData: FileQuestion = { bytes, sheet, headings };
  const thread = new Worker(new URL('./fileThread.ts', import.meta.url), {
    workerData,
    resourceLimits: THREAD_LIMITS,
    stdout: true,
    stderr: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<ReadList>();
  const rows: SheetRow[] = [];
  const items: unknown[] = [];
  const timer = setTimeout(() => reject(tooSlow()), deadlineMs);
  thread.on('message', (answer: FileAnswer) => {
    const next = () => setImmediate(() => thread.postMessage('next'));
    switch (answer.kind) {
      case 'rows':
        for (const row of answer.rows) rows.push(row);
        return next();
      case 'items':
        for (const item of answer.items) items.push(item);
        return next();
      case 'done':
        return resolve({ ...answer.sheet, rows });
      case 'document':
        return resolve({ kind: 'json', head: answer.head, items });
      case 'fault':
        return reject(new FileFault(answer.code, answer.message));
    }
  });
  // The library's own message may repeat what it read.
  thread.on('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : new Error(`reading failed: ${error.name}`),
    ),
  );
  thread.on('exit', () => reject(new Error('the reading thread ended without an answer')));
  return promise.finally(() => {
    clearTimeout(timer);
    return thread.terminate();
  });
}

function tooSlow(): FileFault {
  return new FileFault('READING_SLOW', FILE.nb.slow);
}

function tooMuch(): FileFault {
  return new FileFault('TOO_LARGE', FILE.nb.memory);
}
