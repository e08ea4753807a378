import type { AuditTrail, ChainedEntry } from './auditPort.ts';

/** Most entries of one call. */
const MOST = 500;

/**
 * Group commit: what comes while one call is under way goes together in the next. The end of a chain is locked for one
 * call at a time, so that without it a chain takes one entry per round trip and flush to disk.
 */
export function groupedAppend(append: AuditTrail['append']): AuditTrail['append'] {
  interface Waiting {
    entries: readonly ChainedEntry[];
    done(): void;
    failed(error: unknown): void;
  }
  const waiting: Waiting[] = [];
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, roomFor(waiting));
      try {
        await append(group.flatMap(({ entries }) => entries));
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    busy = false;
  }

  return (entries) =>
    new Promise((done, failed) => {
      waiting.push({ entries, done, failed });
      if (!busy) void work();
    });
}

/** How many of the waiting go together: at least one. */
function roomFor(waiting: readonly { entries: readonly unknown[] }[]): number {
  let entries = 0;
  const full = waiting.findIndex((each) => {
    entries += each.entries.length;
    return entries > MOST;
  });
  return full < 0 ? waiting.length : Math.max(1, full);
}
