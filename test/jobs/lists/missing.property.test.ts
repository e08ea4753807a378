import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orgId } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { type Conclusion, concludeList } from '../../../src/jobs/lists/conclusion.ts';
import type { CompleteList, PastList } from '../../../src/store/operationsPort.ts';

// Nights of a list in which people are listed, are gone, or are listed in a row that can or cannot be read as theirs.
// What really is so in each night is the oracle: no person who is in the list is concluded to be gone, and who is
// gone from lists whose unreadable rows are old ones is.

type Listing = 'good' | 'twice' | 'bad' | 'nameless' | 'gone';

const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'].map(personRef);
const LIMIT = 2;
const NEVER_SHRUNK = { share: 1, count: 1_000, most: 1, few: 1_000 };

const listing: fc.Arbitrary<Listing> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Listing>('good') },
  { weight: 3, arbitrary: fc.constantFrom<Listing>('twice', 'bad') },
  { weight: 2, arbitrary: fc.constant<Listing>('nameless') },
  { weight: 3, arbitrary: fc.constant<Listing>('gone') },
);
const someNights = fc.array(fc.tuple(...PEOPLE.map(() => listing)), { minLength: 1, maxLength: 8 });

function listOf(night: readonly Listing[], n: number): CompleteList & { list: 'ot' } {
  const run = `night-${n}`;
  const opened = `2026-10-${String(n + 1).padStart(2, '0')}T06:00:00.000Z`;
  const here = PEOPLE.filter((_, at) => ['good', 'twice', 'bad'].includes(night[at] ?? ''));
  const nameless = PEOPLE.filter((_, at) => night[at] === 'nameless').map((person) => `row of ${person}`);
  return {
    ...{
      org: orgId('ofk-no'),
      list: 'ot',
      run,
      opened,
      completed: opened,
      total: 6,
      held: [],
      bad: nameless.length,
    },
    ...{ refs: here, nameless, outdated: false, confirmed: false, vouched: false },
  };
}

/** What is concluded of whom each night, judged as the bridge does: again after a crash, and one after the other. */
function conclusions(nights: readonly (readonly Listing[])[], vouched = false) {
  const past: PastList[] = [];
  return nights.map((night, n) => {
    const list = { ...listOf(night, n), vouched };
    const judge = () => concludeList(list, past.slice(0, LIMIT), NEVER_SHRUNK, false);
    const conclusion = concluded(judge());
    expect(judge()).toEqual(conclusion);
    past.unshift({ refs: list.refs, nameless: list.nameless, doubtful: conclusion.doubtful });
    const named = (type: string) =>
      conclusion.records
        .filter(({ value }) => JSON.parse(value?.toString() ?? '').type === type)
        .map(({ key }) => key);
    return { list, absent: named('fravaer'), doubtful: conclusion.doubtful.map(({ ref }) => ref) };
  });
}

function concluded(conclusion: Conclusion) {
  if (conclusion.verdict !== 'concluded') throw new Error(conclusion.verdict);
  return conclusion;
}

test('no person who is in a list is reported gone from it, whatever row that is', () => {
  fc.assert(
    fc.property(someNights, (nights) => {
      for (const [n, { absent }] of conclusions(nights).entries())
        for (const [at, person] of PEOPLE.entries())
          if (nights[n]?.[at] !== 'gone') expect(absent, `${person} in night ${n}`).not.toContain(person);
    }),
  );
});

test('who is gone is reported, or is in doubt while a row that is newer than that cannot be read', () => {
  fc.assert(
    fc.property(someNights, (nights) => {
      const all = conclusions(nights);
      for (const [at, person] of PEOPLE.entries()) {
        const seen = (n: number) => ['good', 'twice', 'bad'].includes(nights[n]?.[at] ?? '');
        for (let n = 1; n < nights.length; n += 1) {
          if (!seen(n - 1) || nights[n]?.[at] !== 'gone') continue;
          const news = all[n]?.list.nameless.filter((row) => !all[n - 1]?.list.nameless.includes(row)) ?? [];
          expect(all[n]?.[news.length === 0 ? 'absent' : 'doubtful']).toContain(person);
        }
      }
    }),
  );
});

test('who is in doubt is not forgotten: reported or still in doubt at the next list, unless there again', () => {
  fc.assert(
    fc.property(someNights, (nights) => {
      const all = conclusions(nights);
      for (const [n, { doubtful }] of all.entries()) {
        const next = all[n + 1];
        if (next === undefined) continue;
        for (const person of doubtful)
          expect([...next.absent, ...next.doubtful, ...next.list.refs]).toContain(person);
      }
    }),
  );
});

test('of a list that a person vouches for every missing youth is reported', () => {
  fc.assert(
    fc.property(someNights, (nights) => {
      for (const { doubtful } of conclusions(nights, true)) expect(doubtful).toEqual([]);
    }),
  );
});
