import { parentPort, workerData } from 'node:worker_threads';
import { headingKey } from '../core/feedColumns.ts';
import { FileFault, type FileFaultCode } from './fileFault.ts';
import { readFile } from './readFile.ts';
import type { ReadDocument, ReadSheet, SheetRow } from './sheet.ts';

// Reads one file in a thread of its own and hands over its rows in portions: the thread that asked is never held longer than
// one portion takes.

export interface FileQuestion {
  bytes: Uint8Array;
  sheet: string | null;
  /** Keys of the headings that the feed knows. */
  headings: readonly string[];
}

export type FileAnswer =
  | { kind: 'rows'; rows: readonly SheetRow[] }
  | { kind: 'items'; items: readonly unknown[] }
  | { kind: 'done'; sheet: Omit<ReadSheet, 'rows'> }
  | { kind: 'document'; head: ReadDocument['head'] }
  | { kind: 'fault'; code: FileFaultCode; message: string };

const PORTION = 500;

/** The next portion is handed over when it is asked for: all of them together would be taken in one turn. */
function* answers({ bytes, sheet, headings }: FileQuestion): Generator<FileAnswer> {
  const known = new Set(headings);
  try {
    const read = readFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      sheet,
      isHeading: (text) => known.has(headingKey(text)),
    });
    if (read.kind === 'json') {
      for (let first = 0; first < read.items.length; first += PORTION)
        yield { kind: 'items', items: read.items.slice(first, first + PORTION) };
      yield { kind: 'document', head: read.head };
      return;
    }
    const { rows, ...rest } = read;
    for (let first = 0; first < rows.length; first += PORTION)
      yield { kind: 'rows', rows: rows.slice(first, first + PORTION) };
    yield { kind: 'done', sheet: rest };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    yield { kind: 'fault', code: error.code, message: error.message };
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const all = answers(workerData);
  const next = () => {
    const { done, value } = all.next();
    if (done) port.close();
    else port.postMessage(value);
  };
  port.on('message', next);
  next();
}
