import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder, type Placed } from '../../../src/core/subscription/inOrder.ts';

interface Record extends Placed {
  youth: number;
  version: number;
}

/** Records as lanes commit them: each at the end of its lane, after its youth's record before. */
function committed(commits: readonly { lane: number; youth: number }[]): Record[] {
  const ends = new Map<number, bigint>();
  const last = new Map<number, Record>();
  return commits.map(({ lane, youth }) => {
    const offset = ends.get(lane) ?? 0n;
    // Records without an event leave gaps.
    ends.set(lane, offset + 1n + BigInt(youth % 2));
    const before = last.get(youth);
    const previous = before === undefined ? null : { lane: before.lane, offset: before.offset };
    const record = { lane, offset, previous, youth, version: (before?.version ?? 0) + 1 };
    last.set(youth, record);
    return record;
  });
}

/** From a cursor on, as a store gives them. */
function windowOf(all: readonly Record[], cursors: ReadonlyMap<number, bigint>, size: number): Record[] {
  const lanes = Map.groupBy(
    all.filter(({ lane, offset }) => offset >= (cursors.get(lane) ?? 0n)),
    ({ lane }) => lane,
  );
  return [...lanes.keys()]
    .sort((a, b) => a - b)
    .flatMap((lane) =>
      (lanes.get(lane) ?? []).toSorted((a, b) => Number(a.offset - b.offset)).slice(0, size),
    );
}

const COMMITS = fc.array(fc.record({ lane: fc.nat({ max: 3 }), youth: fc.nat({ max: 4 }) }), {
  maxLength: 40,
});

test('page by page, every record is read once, and each youth’s in the order of its versions', () => {
  fc.assert(
    fc.property(
      COMMITS,
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      (commits, size, most) => {
        const all = committed(commits);
        const cursors = new Map<number, bigint>();
        const read: Record[] = [];
        for (;;) {
          const steps = inOrder(windowOf(all, cursors, size), cursors);
          if (steps.length === 0) break;
          // A page takes some of the steps, and its reader comes back for the rest.
          for (const { lane, upto, records } of steps.slice(0, most)) {
            read.push(...records);
            cursors.set(lane, upto);
          }
        }
        expect(read).toHaveLength(all.length);
        const seen = new Map<number, number>();
        for (const { youth, version } of read) {
          expect(version).toBe((seen.get(youth) ?? 0) + 1);
          seen.set(youth, version);
        }
      },
    ),
  );
});

test('a record waits for its youth’s record in another lane, and those behind it in its lane wait too', () => {
  const first = { lane: 2, offset: 5n, previous: null };
  const waits = { lane: 1, offset: 0n, previous: { lane: 2, offset: 5n } };
  const behind = { lane: 1, offset: 1n, previous: null };
  expect(inOrder([waits, behind], new Map([[2, 5n]]))).toEqual([]);
  expect(inOrder([waits, behind, first], new Map([[2, 5n]])).flatMap(({ records }) => records)).toEqual([
    first,
    waits,
    behind,
  ]);
});

test('both halves of a merge are one step: a page never ends between them', () => {
  const half = (previous: Placed['previous']) => ({ lane: 1, offset: 7n, previous });
  const [goes, stays] = [half(null), half({ lane: 2, offset: 0n })];
  expect(inOrder([goes, stays], new Map([[1, 7n]]))).toEqual([]);
  expect(
    inOrder(
      [goes, stays],
      new Map([
        [1, 7n],
        [2, 1n],
      ]),
    ),
  ).toEqual([{ lane: 1, upto: 8n, records: [goes, stays] }]);
});
