import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaveFolder, livingOwner, takeFolder } from '../../src/local/owner.ts';
import { endProcess, isAlive, runsWith, startMark, waitForEnd } from '../../src/local/pid.ts';
import { openFolder } from './openFolder.ts';

function record(dir: string, pid: number, started = startMark(pid)): void {
  writeFileSync(join(dir, 'owner.json'), JSON.stringify({ pid, started }));
}

test('a folder has one living owner', async () => {
  const dir = openFolder();
  const other = spawn('sleep', ['60']);
  record(dir, other.pid!);
  expect(() => takeFolder(dir)).toThrow(`prosess ${other.pid}`);
  other.kill('SIGKILL');
  expect(await waitForEnd(other.pid!, 5_000)).toBe(true);
  takeFolder(dir);
  takeFolder(dir);
  expect(livingOwner(join(dir, 'owner.json'))).toBe(process.pid);
  leaveFolder(dir);
  expect(readdirSync(dir)).toEqual([]);
});

test('a pid that another program has got since is no owner', () => {
  const dir = openFolder();
  record(dir, process.ppid, 'earlier');
  takeFolder(dir);
  expect(livingOwner(join(dir, 'owner.json'))).toBe(process.pid);
});

test('a record that cannot be read is no owner', () => {
  const dir = openFolder();
  writeFileSync(join(dir, 'owner.json'), '{"pid":');
  takeFolder(dir);
  expect(existsSync(join(dir, 'owner.json'))).toBe(true);
});

test('a process is ours by its command line, not by its number', () => {
  const child = spawn('sleep', ['59']);
  expect(runsWith(child.pid!, '59')).toBe(true);
  expect(runsWith(child.pid!, '5')).toBe(false);
  child.kill('SIGKILL');
});

test('a process that ignores a polite signal is ended by force', async () => {
  const child = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'], {
    stdio: 'pipe',
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await endProcess(child.pid!, [
    ['SIGTERM', 200],
    ['SIGKILL', 5_000],
  ]);
  expect(isAlive(child.pid!)).toBe(false);
});
