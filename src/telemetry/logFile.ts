import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { logLine } from './logLine.ts';

/** Writes from the beginning of what is given, and returns how many bytes. */
type Write = (file: number, content: Uint8Array) => number;

/** Takes whole lines, each with its line break. Never throws: the work goes on without its log. */
export interface LogDestination {
  write(line: string): void;
}

const STANDARD_ERROR = 2;
/** A file that has grown beyond is kept under another name, in place of the one before. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A reader of a pipe that is behind is waited for so long, in milliseconds, and not again until it has read. */
const BEHIND_MS = 1_000;
const PAUSE_MS = 10;

/**
 * Lines are written before the call returns: the last line of a program that fails is the one that is wanted. One that
 * cannot be written, for a full disk above all, is lost and counted; the next that can be follows the count.
 * @param where a path, or the number of an open file
 */
export function logFile(
  where: string | number,
  { mostBytes = MOST_BYTES, write = writeSync }: { mostBytes?: number; write?: Write } = {},
): LogDestination {
  let file = typeof where === 'number' ? where : openSync(where, 'a');
  let bytes = typeof where === 'number' ? 0 : fstatSync(file).size;
  let lost = 0;
  /** A line that was cut ends before the next. */
  let cut = false;
  let readable = true;

  function put(text: string): void {
    const content = Buffer.from(text);
    const patience = lost > 0 ? 0 : BEHIND_MS;
    for (let written = 0; written < content.length; ) {
      try {
        written += inTime(() => write(file, content.subarray(written)), patience);
      } catch (error) {
        cut ||= written > 0;
        throw error;
      }
    }
    cut = false;
    bytes += content.length;
  }

  function rotate(path: string): void {
    bytes = 0;
    const full = file;
    try {
      renameSync(path, `${path}.1`);
      file = openSync(path, 'a');
      closeSync(full);
    } catch {
      // It grows on, and this is tried again at twice the size.
    }
  }

  return {
    write(line) {
      if (!readable) return;
      try {
        const lines = lost === 0 ? line : `${logLine('log.lost', { lines: lost })}${line}`;
        put(cut ? `\n${lines}` : lines);
        lost = 0;
        if (typeof where === 'string' && bytes > mostBytes) rotate(where);
      } catch (error) {
        // The reader of the log has gone, and does not come back.
        if (codeOf(error) === 'EPIPE') readable = false;
        else if (lost === 0) sayLost(write, where, codeOf(error));
        lost += 1;
      }
    },
  };
}

function inTime(write: () => number, patienceMs: number): number {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return write();
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN' || performance.now() >= end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

function sayLost(write: Write, where: string | number, code: string): void {
  const name = typeof where === 'string' ? where : 'standard ut';
  try {
    const text = `Loggen (${name}) kan ikke skrives (${code}); arbeidet går videre uten. Sjekk plassen på disken.\n`;
    write(STANDARD_ERROR, Buffer.from(text));
  } catch {
    // As full as the other.
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'ukjent feil';
}
