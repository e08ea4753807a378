import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Lane } from '../../src/core/lane.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { Problem } from '../../src/core/problem.ts';
import type {
  QuarantineGroup,
  QuarantineGroupPlace,
  WaitingPlace,
  WaitingRow,
} from '../../src/store/queriesPort.ts';
import { type AnyStore, AT, batch, claimed, committed, newOrg, newRef } from './commits.ts';

/** Groups, and persons who wait. */
const MANY = 10_000;

const at = (day: number) => `2026-10-${String(day).padStart(2, '0')}T07:00:00.000Z`;
const unknown = (raw?: string, field = 'avbruddsarsak'): Problem => ({
  ...{ code: 'UNKNOWN_CODE', field, text: 'Ukjent kode.', cure: 'Rett koden.' },
  ...(raw === undefined ? {} : { raw }),
});

/** What every store says of records in quarantine: by row of a receipt, by what is wrong, and who sends them. */
export function quarantineContract(create: () => Promise<AnyStore>): void {
  describe('records in quarantine', () => {
    /** @returns their ids, in order */
    const keep = async (
      store: AnyStore,
      lane: Lane,
      items: { problems: Problem[]; receipt?: string; row?: number; received?: string }[],
    ) => {
      const first = lane.nextOffset;
      const quarantined = items.map(({ problems, receipt = null, row = null, received = AT }, index) => ({
        ...{ id: randomUUID(), offset: first + BigInt(index), received, problems, receipt, row },
        sealed: Buffer.from([index]),
      }));
      const receipts = quarantined.flatMap(({ receipt, row, problems }) =>
        receipt === null || row === null ? [] : [{ receipt, row, outcome: 'quarantined' as const, problems }],
      );
      await committed(store, batch(lane, first + BigInt(items.length), { quarantined, receipts }));
      return quarantined.map(({ id }) => id);
    };
    const open = async (store: AnyStore, lane: Lane, rows = 2) => {
      const id = randomUUID();
      await store.openReceipt({
        ...{ id, org: lane.org, feed: 'school-dropout', rows, idempotencyKey: null, received: AT },
        ...{ sender: 'machine', institution: '40014', bodyHash: Buffer.alloc(32) },
      });
      return id;
    };

    test('are found by the row of their receipt, the oldest first, in their organisation', async () => {
      const store = await create();
      const lane = await claimed(store);
      const receipt = await open(store, lane);
      const [, second, , first] = await keep(store, lane, [
        { problems: [unknown()] },
        { problems: [unknown()], receipt, row: 17, received: at(8) },
        { problems: [unknown()], receipt, row: 18 },
        { problems: [unknown()], receipt, row: 17, received: at(7) },
      ]);
      const found = await store.quarantineOfRow(lane.org, receipt, 17);
      expect(found.map(({ id }) => id)).toEqual([first, second]);
      expect(found[0]?.sealed).toEqual(Buffer.from([3]));
      expect(await store.quarantineOfRow(newOrg(), receipt, 17)).toEqual([]);
      expect(await store.quarantineOfRow(lane.org, randomUUID(), 17)).toEqual([]);
    });

    test('say on the receipt whether the row can be mended, is on its way again or was laid aside', async () => {
      const store = await create();
      const lane = await claimed(store);
      const receipt = await open(store, lane);
      const [item = ''] = await keep(store, lane, [{ problems: [unknown()], receipt, row: 1 }]);
      await committed(
        store,
        batch(lane, lane.nextOffset + 1n, {
          receipts: [{ receipt, row: 2, outcome: 'applied', problems: [] }],
        }),
      );
      const shown = async () => {
        const one = await store.receipt(lane.org, receipt);
        const [among] = await store.receipts(lane.org, {
          ...{ limit: 1, after: null, feeds: null, sender: null, institutions: null },
        });
        expect([among?.resent, among?.final]).toEqual([one?.resent, one?.final]);
        return [one?.problems.map(({ kept }) => kept), one?.resent, one?.final];
      };
      expect(await shown()).toEqual([['open'], 0, true]);
      await store.settleQuarantine(lane.org, item, 'replayed', 'rettet');
      expect(await shown()).toEqual([['sent'], 1, false]);
      const [again = ''] = await keep(store, lane, [{ problems: [unknown()], receipt, row: 1 }]);
      expect(await shown()).toEqual([['open'], 0, true]);
      await store.settleQuarantine(lane.org, again, 'discarded', 'gjelder ikke');
      expect(await shown()).toEqual([['discarded'], 0, true]);
    });

    test('are grouped by what is wrong first, and each group is listed alone', async () => {
      const store = await create();
      const lane = await claimed(store);
      const other = await claimed(store);
      const [oldest = '', newer, alone, missing, settled = ''] = await keep(store, lane, [
        { problems: [unknown('ZZ'), unknown('YY', 'type')], received: at(1) },
        { problems: [unknown('ZZ')], received: at(9) },
        { problems: [unknown('XX')], received: at(9) },
        { problems: [unknown()], received: at(8) },
        { problems: [unknown('ZZ')], received: at(9) },
      ]);
      await keep(store, other, [{ problems: [unknown('ZZ')] }]);
      await store.settleQuarantine(lane.org, settled, 'discarded', 'dobbel');
      const { topic } = lane;
      const kind = { topic, code: 'UNKNOWN_CODE', field: 'avbruddsarsak' };
      const text = 'Ukjent kode.';
      const ages = { day: at(9), week: at(3), limit: 10, after: null };
      const groups = await store.quarantineGroups(lane.org, ages);
      expect(groups.slice(1)).toEqual(
        [...groups.slice(1)].sort((one, two) => (one.first < two.first ? -1 : 1)),
      );
      expect(new Set(groups)).toEqual(
        new Set([
          {
            ...kind,
            text,
            raw: 'ZZ',
            first: [oldest, newer].sort()[0],
            items: 2,
            overDay: 1,
            overWeek: 1,
            oldest: at(1),
            newest: at(9),
          },
          {
            ...kind,
            text,
            raw: null,
            first: missing,
            items: 1,
            overDay: 1,
            overWeek: 0,
            oldest: at(8),
            newest: at(8),
          },
          {
            ...kind,
            text,
            raw: 'XX',
            first: alone,
            items: 1,
            overDay: 0,
            overWeek: 0,
            oldest: at(9),
            newest: at(9),
          },
        ]),
      );
      const alikeGroup = await store.quarantineGroups(lane.org, { ...ages, alike: { ...kind, raw: 'XX' } });
      expect(alikeGroup.map(({ first }) => first)).toEqual([alone]);
      expect(await store.quarantineSums(lane.org)).toEqual([
        { topic, code: 'UNKNOWN_CODE', items: 4, oldest: at(1) },
      ]);
      const alike = async (raw: string | null) =>
        (
          await store.quarantine(lane.org, {
            ...{ status: 'open', limit: 10, after: null, alike: { ...kind, raw } },
          })
        ).map(({ id }) => id);
      expect(await alike('ZZ')).toEqual([oldest, newer].sort());
      expect(await alike(null)).toEqual([missing]);
      expect(await alike('QQ')).toEqual([]);
      expect(await store.quarantineGroups(newOrg(), ages)).toEqual([]);
      expect(await store.quarantineSums(newOrg())).toEqual([]);
    });

    test('ten thousand groups are read page by page, each once, and a page is soon there', async () => {
      const store = await create();
      const lane = await claimed(store);
      // One more than there are groups: one of them has two.
      const kept = Array.from({ length: MANY + 1 }, (_, each) => ({
        problems: [unknown(`K${each === MANY ? 7 : each}`)],
        received: at(1 + (each % 9)),
      }));
      await keep(store, lane, kept);
      const ages = { day: at(9), week: at(3), limit: 50 };
      const seen = new Set<string | null>();
      let slowest = 0;
      for (let after: QuarantineGroupPlace | null = null, pages = 0; ; pages++) {
        const began = performance.now();
        const page: QuarantineGroup[] = await store.quarantineGroups(lane.org, { ...ages, after });
        slowest = Math.max(slowest, performance.now() - began);
        expect(page.length).toBeLessThanOrEqual(50);
        for (const { raw } of page) {
          expect(seen.has(raw)).toBe(false);
          seen.add(raw);
        }
        if (pages === 0) expect(page[0]).toMatchObject({ raw: 'K7', items: 2 });
        const last = page.at(-1);
        // Enough to see that the pages follow one another; the rest is the same.
        if (page.length < 50 || last === undefined || pages === 20) break;
        after = last;
      }
      expect(seen.size).toBe(21 * 50);
      expect(slowest).toBeLessThan(1_500);
      expect((await store.quarantineSums(lane.org)).map(({ items }) => items)).toEqual([MANY + 1]);
    }, 120_000);

    test('ten thousand who wait are read page by page, those who have waited longest first', async () => {
      const store = await create();
      const lane = await claimed(store);
      const refs = Array.from({ length: MANY }, newRef);
      const waits = (offset: number, ref: PersonRef, received: string, reason = 'decision-failed') => ({
        ...{ offset: BigInt(offset), ref, received, reason, sealed: Buffer.from([1]) },
      });
      const parked = refs.map((ref, each) => waits(each, ref, at(1 + (each % 9))));
      const [one] = refs;
      if (one === undefined) throw new Error('nobody');
      // Behind the one that stopped, though it came before it.
      parked.push(waits(MANY, one, '2026-09-01T07:00:00.000Z', 'behind'));
      await committed(store, batch(lane, BigInt(MANY + 1), { parked }));
      const { topic } = lane;
      expect(await store.waitingGroups(lane.org)).toEqual([{ topic, persons: MANY, records: MANY + 1 }]);
      expect(await store.parkedSums(lane.org)).toEqual([
        { reason: 'behind', persons: 1, oldest: '2026-09-01T07:00:00.000Z' },
        { reason: 'decision-failed', persons: MANY, oldest: at(1) },
      ]);
      const first = await store.waitingPersons(lane.org, { topics: [topic], limit: 50, after: null });
      expect(first.every(({ since }) => since === at(1))).toBe(true);
      const seen = new Set(first.map(({ ref }) => ref));
      let slowest = 0;
      for (
        let [pages, after]: [number, WaitingPlace | null] = [1, first.at(-1) ?? null];
        pages < 30;
        pages++
      ) {
        const began = performance.now();
        const page: WaitingRow[] = await store.waitingPersons(lane.org, {
          topics: [topic],
          limit: 50,
          after,
        });
        slowest = Math.max(slowest, performance.now() - began);
        for (const { ref } of page) seen.add(ref);
        after = page.at(-1) ?? null;
      }
      expect(seen.size).toBe(30 * 50);
      expect(slowest).toBeLessThan(1_500);
      expect(await store.waitingPersons(lane.org, { topics: ['another'], limit: 50, after: null })).toEqual(
        [],
      );
      expect(await store.waitingGroups(newOrg())).toEqual([]);

      const records = await store.parked(lane.org, { limit: 50, after: null });
      expect(records.map(({ ref }) => ref)).toEqual(records.map(({ ref }) => ref).sort());
      const next = await store.parked(lane.org, { limit: 50, after: records.at(-1) ?? null });
      expect(new Set([...records, ...next].map(({ ref, offset }) => `${ref} ${offset}`)).size).toBe(100);
      expect((next[0]?.ref ?? '') >= (records.at(-1)?.ref ?? '')).toBe(true);
    }, 120_000);

    test('are taken by one at a time for sending, until it was not sent', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [id = ''] = await keep(store, lane, [{ problems: [unknown()] }]);
      const claims = await Promise.all([1, 2, 3].map(() => store.claimQuarantine(lane.org, id)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await store.unclaimQuarantine(newOrg(), id);
      expect(await store.claimQuarantine(lane.org, id)).toBe(false);
      await store.unclaimQuarantine(lane.org, id);
      expect(await store.claimQuarantine(newOrg(), id)).toBe(false);
      expect(await store.claimQuarantine(lane.org, id)).toBe(true);
      await store.settleQuarantine(lane.org, id, 'replayed', 'rettet');
      await store.unclaimQuarantine(lane.org, id);
      expect(await store.claimQuarantine(lane.org, id)).toBe(false);
    });
  });
}
