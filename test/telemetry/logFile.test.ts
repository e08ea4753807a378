import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logFile } from '../../src/telemetry/logFile.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

/** What the next writes of the file do: an error's code, or how many bytes the disk has room for. */
const disk: { next: (string | number)[]; said: string[] } = { next: [], said: [] };

function write(file: number, content: Uint8Array): number {
  if (file === 2) return disk.said.push(Buffer.from(content).toString());
  const next = disk.next.shift();
  if (typeof next === 'string') throw Object.assign(new Error(next), { code: next });
  return writeSync(file, content.subarray(0, next));
}

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ot-bridge-log-'));
  path = join(folder, 'program.log');
  disk.next = [];
  disk.said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (from = path) => readFileSync(from, 'utf8');

test('a log file has every line when the call returns', () => {
  const log = createLogger({ level: 'info', destination: logFile(path) });
  log.event('part.ready', { part: 'kafka' });
  log.event('part.ready', { part: 'postgres' });
  expect(written()).toMatch(/^\{.*"part":"kafka".*\}\n\{.*"part":"postgres".*\}\n$/);
});

test.each(['ENOSPC', 'EDQUOT', 'EIO'])(
  'case E8: %s loses lines, not the program; the next line follows their number',
  (code) => {
    const file = logFile(path, { write });
    file.write('first\n');
    disk.next = [code, code];
    file.write('second\n');
    file.write('third\n');
    file.write('fourth\n');
    file.write('fifth\n');
    const [first, count, ...rest] = written().split('\n');
    expect([first, ...rest]).toEqual(['first', 'fourth', 'fifth', '']);
    expect(JSON.parse(count ?? '')).toMatchObject({ event: 'log.lost', lines: 2, level: 'warn' });
    expect(disk.said).toEqual([
      `Loggen (${path}) kan ikke skrives (${code}); arbeidet går videre uten. Sjekk plassen på disken.\n`,
    ]);
  },
);

test('case E8: a line that the full disk cut ends before the next', () => {
  const file = logFile(path, { write });
  disk.next = [3, 'ENOSPC'];
  file.write('first\n');
  file.write('second\n');
  expect(written().split('\n')).toEqual(['fir', expect.stringContaining('"log.lost"'), 'second', '']);
});

test('a pipe whose reader is behind is waited for', () => {
  const file = logFile(path, { write });
  disk.next = ['EAGAIN', 2, 'EAGAIN', 100];
  file.write('first\n');
  expect(written()).toBe('first\n');
});

test('case E8: a log file that has grown is kept under another name, and the next begins empty', () => {
  const file = logFile(path, { mostBytes: 12 });
  for (const line of ['first\n', 'second\n', 'third\n']) file.write(line);
  expect([written(`${path}.1`), written()]).toEqual(['first\nsecond\n', 'third\n']);
  logFile(path, { mostBytes: 12 }).write('fourth\n');
  expect([written(`${path}.1`), written()]).toEqual(['third\nfourth\n', '']);
});
