import { backoff } from '../../core/backoff.ts';
import type { PersonRef } from '../../core/person/reference.ts';

// Deadlines sent and not yet decided. A deadline stays due in the database until its record has come through the
// feed; without this memory it would be sent every second until then.

export interface Due {
  ref: PersonRef;
  due: string;
}

export interface SentDeadlines {
  /** Filters what is due to what has to be sent now, for the first time or again, and marks it sent. */
  take(dues: readonly Due[], now: number, whole: boolean): Due[];
  /** Undoes `take` after a failed send. */
  release(dues: readonly Due[]): void;
  /** Deadlines in memory: the query's limit must exceed this to return new ones. */
  size(): number;
  /** Highest number of sends among these. */
  sends(due: Due): number;
}

/** Backoff of 1, 2, 4 … minutes: a lost record is soon replaced, and the backlog of a parked youth does not grow by
 *  the second. */
const waitBefore = backoff({ first: 60_000, longest: 6 * 60 * 60_000 });

/** @param limit size of the memory; what is beyond it may be sent twice, which is idempotent. */
export function createSentDeadlines(limit: number): SentDeadlines {
  const sent = new Map<string, { again: number; sends: number }>();
  return {
    take(dues, now, whole) {
      // Only a complete answer shows what is no longer due.
      if (whole) forget(sent, new Set(dues.map(nameOf)));
      const taken = dues.filter((due) => (sent.get(nameOf(due))?.again ?? 0) <= now);
      for (const due of taken) {
        const sends = (sent.get(nameOf(due))?.sends ?? 0) + 1;
        const again = now + waitBefore(sends);
        if (sends > 1 || sent.size < limit) sent.set(nameOf(due), { again, sends });
      }
      return taken;
    },
    release(dues) {
      for (const due of dues) sent.delete(nameOf(due));
    },
    size: () => sent.size,
    sends: (due) => sent.get(nameOf(due))?.sends ?? 0,
  };
}

function forget(sent: Map<string, unknown>, still: ReadonlySet<string>): void {
  for (const name of sent.keys()) if (!still.has(name)) sent.delete(name);
}

function nameOf({ ref, due }: Due): string {
  return `${ref} ${due}`;
}
