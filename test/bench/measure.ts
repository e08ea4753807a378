import { readdirSync, readFileSync } from 'node:fs';

// What a process and everything it started have cost, from /proc.

/** Clock ticks a second on Linux. */
const TICKS = 100;

/** CPU seconds so far of the process and its descendants, those that ended included. */
export function cpuSeconds(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, each) => sum + ticksOf(each), 0) / TICKS;
}

/** Peak resident memory of the process and its descendants, MB. */
export function peakMegabytes(pid: number): number {
  return Math.round([pid, ...descendants(pid)].reduce((sum, each) => sum + peakKilobytes(each), 0) / 1024);
}

function peakKilobytes(pid: number): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // utime, stime, and those of children that were waited for.
    return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
  } catch {
    return 0;
  }
}

function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {}
  }
  const found: number[] = [];
  const visit = (of: number) => {
    for (const child of children.get(of) ?? []) {
      found.push(child);
      visit(child);
    }
  };
  visit(pid);
  return found;
}

/** The value below which `share` of the sorted numbers lie. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
