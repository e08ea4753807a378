import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import type { Outcome } from '../../src/store/port.ts';
import type { ReceiptPlace, ReceiptsAsked } from '../../src/store/queriesPort.ts';
import {
  type AnyStore,
  AT,
  batch,
  CONCLUDED,
  claimed,
  committed,
  listRow,
  newOrg,
  newRef,
} from './commits.ts';

const ALL: ReceiptsAsked = { limit: 10, after: null, feeds: null, sender: null, institutions: null };
const at = (minute: number) => `2026-10-07T07:${String(minute).padStart(2, '0')}:00.000Z`;

/** What every store shows of submissions among others. */
export function receiptContract(create: () => Promise<AnyStore>): void {
  describe('receipts among others', () => {
    const open = async (store: AnyStore, org: OrgId, minute: number, changes: object = {}) => {
      const id = randomUUID();
      await store.openReceipt({
        ...{ id, org, feed: 'school-dropout', rows: 2, idempotencyKey: null, received: at(minute) },
        ...{ sender: 'machine', institution: null, bodyHash: Buffer.alloc(32) },
        ...changes,
      });
      return id;
    };

    test('come newest first, page after page, each once, of one organisation', async () => {
      const store = await create();
      const { org } = await claimed(store);
      const { org: other } = await claimed(store);
      const ids: string[] = [];
      // Three of them at the same moment.
      for (const minute of [0, 5, 5, 5, 9]) ids.push(await open(store, org, minute));
      await open(store, other, 7);
      const seen: ReceiptPlace[] = [];
      for (let page = await store.receipts(org, { ...ALL, limit: 2 }); page.length > 0; ) {
        expect(page.length).toBeLessThanOrEqual(2);
        seen.push(...page);
        page = await store.receipts(org, { ...ALL, limit: 2, after: page.at(-1) ?? null });
      }
      expect(seen.map(({ received }) => received)).toEqual([at(9), at(5), at(5), at(5), at(0)]);
      expect(seen.map(({ id }) => id).sort()).toEqual(ids.toSorted());
      expect(await store.receipts(newOrg(), ALL)).toEqual([]);
    });

    test('are those of the feeds, the sender and the schools that are asked for', async () => {
      const store = await create();
      const { org } = await claimed(store);
      const school = await open(store, org, 1, { institution: '40014', sender: 'person' });
      const otherSchool = await open(store, org, 2, { institution: '40015', sender: 'person' });
      const intake = await open(store, org, 3, { feed: 'vigo-intake' });
      const asked = async (changes: Partial<ReceiptsAsked>) =>
        (await store.receipts(org, { ...ALL, ...changes })).map(({ id }) => id);
      expect(await asked({})).toEqual([intake, otherSchool, school]);
      expect(await asked({ feeds: ['school-dropout', 'apprenticeship'] })).toEqual([otherSchool, school]);
      expect(await asked({ feeds: [] })).toEqual([]);
      expect(await asked({ sender: 'person' })).toEqual([otherSchool, school]);
      expect(await asked({ sender: 'machine' })).toEqual([intake]);
      expect(await asked({ institutions: ['40014'] })).toEqual([school]);
      expect(await asked({ institutions: [] })).toEqual([]);
      expect(await asked({ institutions: ['40014', '40015'], feeds: ['vigo-intake'] })).toEqual([]);
    });

    test('say what has become of the rows, and whether anything can still change', async () => {
      const store = await create();
      const lane = await claimed(store);
      const { org } = lane;
      const source = { fileHash: Buffer.alloc(32, 1), sheetRows: [4, 17] };
      const id = await open(store, org, 1, { source, idempotencyKey: 'k-1', institution: '40014' });
      const shown = async () => (await store.receipts(org, ALL))[0];
      const none = { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 };
      expect(await shown()).toEqual({
        ...{ id, feed: 'school-dropout', sender: 'machine', institution: '40014', received: at(1), rows: 2 },
        ...{
          fromFile: true,
          idempotencyKey: 'k-1',
          counts: { ...none, waiting: 2 },
          resent: 0,
          final: false,
        },
      });
      const row = (number: number, outcome: Outcome) => ({ receipt: id, row: number, outcome, problems: [] });
      await committed(store, batch(lane, 2n, { receipts: [row(4, 'applied'), row(17, 'quarantined')] }));
      const counts = { ...none, applied: 1, quarantined: 1, waiting: 0 };
      expect(await shown()).toMatchObject({ counts, final: true });
      await committed(store, batch(lane, 3n, { receipts: [row(17, 'parked')] }));
      expect(await shown()).toMatchObject({ counts: { applied: 1, parked: 1 }, final: false });
    });

    test('are not final while a complete list waits for its verdict, as when they are read alone', async () => {
      const store = await create();
      const lane = await claimed(store);
      const { org } = lane;
      const id = await open(store, org, 1, { rows: 0, feed: 'apprenticeship' });
      const envelope = { list: 'laktiv' as const, run: 'r', type: 'FULL' as const, total: 1 };
      const listed = listRow(envelope, 'one', newRef(), { receipt: id, number: 1, received: AT });
      await committed(store, batch(lane, 1n, { listRows: [{ ...listed, offset: lane.nextOffset }] }));
      const finals = async () => [
        (await store.receipts(org, ALL))[0]?.final,
        (await store.receipt(org, id))?.final,
      ];
      expect(await finals()).toEqual([false, false]);
      await store.concludeList(org, 'laktiv', 'r', CONCLUDED);
      expect(await finals()).toEqual([true, true]);
    });
  });
}
