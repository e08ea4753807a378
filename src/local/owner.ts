import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { isAlive, startMark } from './pid.ts';
import { StartupError } from './startupError.ts';

// Two apps on one data folder would stop each other's broker and database. The folder records its live owner; one
// that was killed is recognised by pid and start time and replaced.

const ownerRecord = z.object({ pid: z.int(), started: z.string() });

/** @throws StartupError when another live process has the folder. Idempotent within a process. */
export function takeFolder(dir: string): void {
  const holder = takeFile(join(dir, 'owner.json'));
  if (holder === undefined || holder === process.pid) return;
  throw new StartupError(
    `OT Bridge kjører allerede med mappen ${dir} (prosess ${holder}): stopp den først, eller sett DATA_DIR til en annen mappe.`,
  );
}

export function leaveFolder(dir: string): void {
  leaveFile(join(dir, 'owner.json'));
}

/** Claims `file` for this process; returns the pid of a live process that has it already. */
export function takeFile(file: string): number | undefined {
  // Written to a temporary file and linked: a reader of half a record would take its owner for dead.
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startMark(process.pid) ?? '' }));
  try {
    while (!linked(mine, file)) {
      const holder = livingOwner(file);
      if (holder !== undefined) return holder;
      rmSync(file, { force: true });
    }
    return undefined;
  } finally {
    rmSync(mine, { force: true });
  }
}

export function leaveFile(file: string): void {
  rmSync(file, { force: true });
}

export function livingOwner(file: string): number | undefined {
  const record = ownerRecord.safeParse(parsed(file));
  if (!record.success) return undefined;
  const { pid, started } = record.data;
  return isAlive(pid) && (startMark(pid) ?? '') === started ? pid : undefined;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // deleted meanwhile, or not our record: no owner
  }
}
