import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../../../src/core/subscription/call.ts';
import { inOrder, type Placed } from '../../../src/core/subscription/inOrder.ts';
import { planPage } from '../../../src/core/subscription/plan.ts';

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

/** The version of each, as its call. */
const callOf = ({ youth, version }: Record): Call => ({
  ...{ eventId: `${youth}/${version}`, kind: 'status', ref: null, subject: String(youth), version, n: 0 },
  ...{ recorded: '2026-10-07T07:12:00.000Z', owners: [], hidden: false },
  ...{ takesBack: false, disclosesNav: false },
});
const EVERYTHING = { kinds: ['status'], owners: null, protectedYouths: false, beginsAt: null } as const;

test('a planner that takes lane after lane by the same rule plans every record once, in that order', () => {
  fc.assert(
    fc.property(COMMITS, fc.integer({ min: 1, max: 6 }), (commits, size) => {
      const all = committed(commits);
      const ends = new Map(all.map(({ lane, offset }) => [lane, offset + 1n]));
      const cursors = new Map<number, bigint>();
      const read: Call[] = [];
      for (let moved = true; moved; ) {
        moved = false;
        for (const [lane, end] of ends) {
          const window = windowOf(all, cursors, size).filter((each) => each.lane === lane);
          const upto = window.length < size ? end : (window.at(-1)?.offset ?? 0n) + 1n;
          const records = window.map((each) => ({ ...each, calls: [callOf(each)] }));
          const planned = planPage(EVERYTHING, { lane, records, upto }, cursors, new Map());
          read.push(...planned.calls.map(({ call }) => call));
          if (planned.upto > (cursors.get(lane) ?? 0n)) moved = true;
          cursors.set(lane, planned.upto);
        }
      }
      expect(read).toHaveLength(all.length);
      expect(cursors).toEqual(ends);
      const seen = new Map<string | null, number>();
      for (const { subject, version } of read) {
        expect(version).toBe((seen.get(subject) ?? 0) + 1);
        seen.set(subject, version);
      }
    }),
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
