import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';

// The child's output goes to a file, not to a pipe: the child outlives an app that is killed, and would die of a
// broken pipe at its next line.

const KEEP_BYTES = 10 * 1024 * 1024;

export interface LogFile {
  path: string;
  fd: number;
  /** File size at this start. */
  from: number;
}

/** Opens for appending; a file above 10 MiB is first renamed to `.1`. */
export function openLog(path: string): LogFile {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > KEEP_BYTES) {
    rmSync(`${path}.1`, { force: true });
    renameSync(path, `${path}.1`);
  }
  const fd = openSync(path, 'a', 0o600);
  return { path, fd, from: fstatSync(fd).size };
}

export function closeLog(log: LogFile): void {
  closeSync(log.fd);
}

/** The last line since this start that matches `faulty`, else the last line. */
export function lastFault(log: LogFile, faulty: RegExp): string {
  const lines = readFileSync(log.path).subarray(log.from).toString('utf8').trim().split('\n');
  const line = lines.findLast((candidate) => faulty.test(candidate)) ?? lines.at(-1) ?? '';
  return line.trim() || 'ingen forklaring i loggen';
}
