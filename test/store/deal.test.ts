import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deal, laneName, type Member } from '../../src/store/deal.ts';

const TOPICS = ['a.alert', 'a.bridge', 'a.consent', 'b.bridge', 'b.consent'];
const partitions = fc.integer({ min: 1, max: 7 });
/** Whole organisations, as processes are configured; sometimes a topic that only some know yet. */
const topics = fc
  .record({ a: fc.boolean(), b: fc.boolean(), fresh: fc.boolean() })
  .map(({ a, b, fresh }) =>
    TOPICS.filter((topic) => (topic.startsWith('a') ? a : b) && (fresh || topic !== 'b.consent')),
  );

function membersOf(counts: Record<string, number>, sets: readonly (readonly string[])[]): Member[] {
  return sets.map((set, index) => ({
    id: index + 1,
    topics: Object.fromEntries(set.map((topic) => [topic, counts[topic] ?? 1])),
  }));
}
const counts = fc.record(Object.fromEntries(TOPICS.map((topic) => [topic, partitions])));
const worlds = fc
  .tuple(counts, fc.array(topics, { minLength: 1, maxLength: 6 }))
  .map(([each, sets]) => membersOf(each, sets));
/** All can work all. */
const crews = fc
  .tuple(counts, fc.integer({ min: 1, max: 6 }))
  .map(([each, size]) => membersOf(each, Array<string[]>(size).fill(TOPICS)));
const anyHeld = (members: readonly Member[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...TOPICS), fc.nat(6), fc.constantFrom(...members.map(({ id }) => id))))
    .map((all) => new Map(all.map(([topic, partition, id]) => [laneName(topic, partition), id])));

const able = (members: readonly Member[], topic: string, partition: number) =>
  members.filter((member) => (member.topics[topic] ?? 0) > partition).map(({ id }) => id);
const count = (dealt: ReadonlyMap<string, number>, id: number, topic?: string) =>
  [...dealt].filter(([lane, to]) => to === id && (topic === undefined || lane.startsWith(`${topic}/`)))
    .length;
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('dealing lanes', () => {
  const settled = fc.tuple(worlds, fc.gen()).map(([members, gen]) => ({
    members,
    held: gen(anyHeld, members),
  }));

  test('gives every lane that some worker can take to exactly one of those', () => {
    fc.assert(
      fc.property(settled, ({ members, held }) => {
        const dealt = deal(members, held);
        const expected = TOPICS.flatMap((topic) =>
          Array.from({ length: 7 }, (_, partition) => ({ topic, partition })),
        ).filter(({ topic, partition }) => able(members, topic, partition).length > 0);
        expect([...dealt.keys()].sort()).toEqual(
          expected.map(({ topic, partition }) => laneName(topic, partition)).sort(),
        );
        for (const { topic, partition } of expected) {
          expect(able(members, topic, partition)).toContain(dealt.get(laneName(topic, partition)));
        }
      }),
    );
  });

  test('spreads the partitions of each topic within one of each other over those who can work it', () => {
    fc.assert(
      fc.property(settled, ({ members, held }) => {
        const dealt = deal(members, held);
        for (const topic of TOPICS) {
          const crew = able(members, topic, 0);
          if (crew.length > 0) expect(spread(crew.map((id) => count(dealt, id, topic)))).toBeLessThan(2);
        }
      }),
    );
  });

  test('levels the whole out where all can work all, however it was held', () => {
    fc.assert(
      fc.property(fc.tuple(crews, fc.gen()), ([members, gen]) => {
        const dealt = deal(members, gen(anyHeld, members));
        expect(spread(members.map(({ id }) => count(dealt, id)))).toBeLessThan(2);
      }),
    );
  });

  test('does not depend on the order in which members are read, and stays as it is once it is so', () => {
    fc.assert(
      fc.property(settled, ({ members, held }) => {
        const dealt = deal(members, held);
        expect(deal(members.toReversed(), held)).toEqual(dealt);
        expect(deal(members, dealt)).toEqual(dealt);
      }),
    );
  });

  /** Lanes that change hands between two who are there before and after: to level out what does not divide. */
  const LEVELLED = 2;

  test('moves hardly more than the share of who comes', () => {
    fc.assert(
      fc.property(crews, (members) => {
        const before = deal(members.slice(0, -1), new Map());
        const comes = members.at(-1)?.id;
        const moved = [...deal(members, before)].filter(
          ([lane, id]) => before.has(lane) && before.get(lane) !== id,
        );
        expect(moved.filter(([, id]) => id !== comes).length).toBeLessThanOrEqual(LEVELLED);
      }),
    );
  });

  test('moves hardly more than the lanes of who goes', () => {
    fc.assert(
      fc.property(crews, fc.nat(), (members, which) => {
        if (members.length < 2) return;
        const before = deal(members, new Map());
        const goes = members[which % members.length]?.id ?? 0;
        const held = new Map([...before].filter(([, id]) => id !== goes));
        const stay = members.filter(({ id }) => id !== goes);
        const moved = [...deal(stay, held)].filter(([lane, id]) => held.has(lane) && held.get(lane) !== id);
        expect(moved.length).toBeLessThanOrEqual(LEVELLED);
      }),
    );
  });
});
