// Deadlines that have been sent and are not decided yet. A deadline stays due in the database until its record
// has come through the feed; without this memory it would be sent every second until then.

export interface Due {
  ref: string;
  due: string;
}

export interface Underway {
  /** Of what the database says is due, what has to be sent now (for the first time, or again). Marks it sent. */
  take(dues: readonly Due[], now: number, whole: boolean): Due[];
  /** A send failed: as if it had never been taken. */
  giveBack(dues: readonly Due[]): void;
  /** Deadlines in memory: the database has to be asked for more than these to show new ones. */
  size(): number;
  /** How often the most often sent one of these was sent. */
  sends(due: Due): number;
}

/** Sent again after 1, 2, 4 … minutes: a lost record comes soon, a parked youth's pile does not grow by the second. */
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * 60_000;

/** @param limit more than this many are not remembered; what is beyond may be sent a second time, which is harmless. */
export function createUnderway(limit: number): Underway {
  const sent = new Map<string, { again: number; sends: number }>();
  return {
    take(dues, now, whole) {
      // Only a whole answer shows what is no longer due.
      if (whole) forget(sent, new Set(dues.map(nameOf)));
      const taken = dues.filter((due) => (sent.get(nameOf(due))?.again ?? 0) <= now);
      for (const due of taken) {
        const sends = (sent.get(nameOf(due))?.sends ?? 0) + 1;
        const again = now + Math.min(FIRST_WAIT_MS * 2 ** (sends - 1), LONGEST_WAIT_MS);
        if (sends > 1 || sent.size < limit) sent.set(nameOf(due), { again, sends });
      }
      return taken;
    },
    giveBack(dues) {
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
