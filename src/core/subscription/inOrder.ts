/** A committed record's place, and that of its youth's record before. */
export interface Placed {
  lane: number;
  offset: bigint;
  previous: { lane: number; offset: bigint } | null;
}

/** All records of one offset, and the lane's cursor after them. */
export interface Step<Record> {
  lane: number;
  upto: bigint;
  records: Record[];
}

/**
 * The steps in which records may be read on, each youth's in the order of its versions, whatever lanes they lie in: a
 * record waits until its youth's record before has been read. A cursor moves past what is taken, never past what waits.
 * @param records from the cursors on, of each lane in offset order; both halves of a merge have one offset
 * @param cursors lane → offset of the next record; a lane without one is at 0
 */
export function inOrder<Record extends Placed>(
  records: readonly Record[],
  cursors: ReadonlyMap<number, bigint>,
): Step<Record>[] {
  const now = new Map(cursors);
  const waiting = Map.groupBy(records, ({ lane }) => lane);
  const isRead = ({ lane, offset }: { lane: number; offset: bigint }) => offset < (now.get(lane) ?? 0n);
  const steps: Step<Record>[] = [];
  for (let moved = true; moved; ) {
    moved = false;
    for (const [lane, left] of waiting) {
      let at = 0;
      for (;;) {
        const first = left[at];
        if (first === undefined) break;
        let end = at;
        while (left[end]?.offset === first.offset) end += 1;
        const together = left.slice(at, end);
        if (!together.every(({ previous }) => previous === null || isRead(previous))) break;
        const upto = first.offset + 1n;
        now.set(lane, upto);
        steps.push({ lane, upto, records: together });
        at = end;
        moved = true;
      }
      waiting.set(lane, left.slice(at));
    }
  }
  return steps;
}
