import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Lane } from '../../src/core/lane.ts';
import type { Problem } from '../../src/core/problem.ts';
import { type AnyStore, AT, batch, claimed, committed, newOrg } from './commits.ts';

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
      const [oldest = '', newer, , missing, settled = ''] = await keep(store, lane, [
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
      const ages = { day: at(9), week: at(3) };
      expect(await store.quarantineGroups(lane.org, ages)).toEqual([
        { ...kind, text, raw: 'ZZ', items: 2, overDay: 1, overWeek: 1, oldest: at(1), newest: at(9) },
        { ...kind, text, raw: null, items: 1, overDay: 1, overWeek: 0, oldest: at(8), newest: at(8) },
        { ...kind, text, raw: 'XX', items: 1, overDay: 0, overWeek: 0, oldest: at(9), newest: at(9) },
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
    });

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
