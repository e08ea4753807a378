import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import { type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import type { Operations } from '../../src/store/operationsPort.ts';
import type { Store } from '../../src/store/port.ts';
import type { Queries } from '../../src/store/queriesPort.ts';
import { type ColumnOwner, MOST_HEADING_SETS, type UploadRecords } from '../../src/store/uploadPort.ts';
import { newOrg } from './commits.ts';

export type AnyUploads = UploadRecords &
  Pick<Store, 'claim'> &
  Pick<Operations, 'openReceipt' | 'receiptSent'> &
  Pick<Queries, 'receipt' | 'receiptRows'>;

export const SCHOOL: ColumnOwner = { feed: 'school-dropout', sender: null, institution: '40014' };
const MACHINE: ColumnOwner = { feed: 'school-dropout', sender: 'maskin:1', institution: null };
const at = (minutes: number): IsoInstant => instantOf(Date.UTC(2026, 10, 22, 6, 21) + minutes * 60_000);
export const hashOf = (text: string) => createHash('sha256').update(text).digest();

/** What every implementation of what is remembered of lists promises. */
export function uploadContract(create: () => Promise<AnyUploads>): void {
  const world = async () => {
    const store = await create();
    const org = newOrg();
    await store.claim({ org, topic: `${org}.ot.event.school-dropout`, partition: 0 });
    return { store, org };
  };

  describe('columns of lists', () => {
    test('are remembered by organisation, owner, feed and set of headings, until they change', async () => {
      const { store, org } = await world();
      const { org: other } = await world();
      const headingSet = hashOf('set');
      const columns = { aGVhZGluZw: 'fodselsnummer', b3RoZXI: null };
      await store.rememberColumns(org, SCHOOL, { headingSet, columns, at: at(0) });
      const recalled = (owner: ColumnOwner, whose: OrgId = org) =>
        store.rememberedColumns(whose, owner, [hashOf('another'), headingSet]);
      expect(await recalled(SCHOOL)).toEqual([{ headingSet, columns }]);
      expect(await recalled(SCHOOL, other)).toEqual([]);
      expect(await recalled(MACHINE)).toEqual([]);
      expect(await recalled({ ...SCHOOL, institution: '40001' })).toEqual([]);
      expect(await recalled({ ...SCHOOL, feed: 'vigo-intake' })).toEqual([]);
      await store.rememberColumns(org, MACHINE, { headingSet, columns: { b3RoZXI: 'navn' }, at: at(1) });
      await store.rememberColumns(org, SCHOOL, { headingSet, columns: { b3RoZXI: 'navn' }, at: at(1) });
      expect(await recalled(SCHOOL)).toEqual([{ headingSet, columns: { b3RoZXI: 'navn' } }]);
      expect(await recalled(MACHINE)).toEqual([{ headingSet, columns: { b3RoZXI: 'navn' } }]);
    });

    test('are kept of the sets that were used last', async () => {
      const { store, org } = await world();
      const sets = Array.from({ length: MOST_HEADING_SETS + 1 }, (_, index) => hashOf(`set ${index}`));
      const remember = (headingSet: Buffer, minute: number) =>
        store.rememberColumns(org, MACHINE, { headingSet, columns: { a: null }, at: at(minute) });
      for (const [index, set] of sets.slice(0, -1).entries()) await remember(set, index);
      await remember(sets[0]!, 100);
      await remember(sets.at(-1)!, 101);
      const kept = await store.rememberedColumns(org, MACHINE, sets);
      expect(kept).toHaveLength(MOST_HEADING_SETS);
      expect(kept.some(({ headingSet }) => headingSet.equals(sets[0]!))).toBe(true);
      expect(kept.some(({ headingSet }) => headingSet.equals(sets[1]!))).toBe(false);
    });
  });

  describe('a file that rows were sent from', () => {
    const open = async (store: AnyUploads, org: OrgId, minute: number, changes: object = {}) => {
      const id = randomUUID();
      await store.openReceipt({
        ...{ id, org, feed: 'school-dropout', rows: 2, idempotencyKey: null, sender: 'maskin:1' },
        ...{ institution: null, bodyHash: Buffer.alloc(32), received: at(minute) },
        source: { fileHash: hashOf('file'), sheetRows: [4, 17] },
        ...changes,
      });
      await store.receiptSent(id);
      return id;
    };
    const asked = { feed: 'school-dropout' as const, sender: 'maskin:1', fileHash: hashOf('file') };

    test('is known by its first receipt, to its sender on its feed', async () => {
      const { store, org } = await world();
      expect(await store.sentFile(org, asked)).toBeUndefined();
      const later = await open(store, org, 5);
      const first = await open(store, org, 0);
      await open(store, org, -5, { source: { fileHash: hashOf('another file'), sheetRows: [1] } });
      expect(await store.sentFile(org, asked)).toEqual({ receipt: first, received: at(0) });
      expect(first).not.toBe(later);
      expect(await store.sentFile(newOrg(), asked)).toBeUndefined();
      expect(await store.sentFile(org, { ...asked, sender: 'maskin:2' })).toBeUndefined();
      expect(await store.sentFile(org, { ...asked, feed: 'vigo-intake' })).toBeUndefined();
    });

    test('is known by the largest of receipts of one moment, as those of a virtual clock are', async () => {
      const { store, org } = await world();
      for (let round = 0; round < 5; round += 1) await open(store, org, 0, { rows: 1 });
      const whole = await open(store, org, 0, { rows: 40 });
      for (let round = 0; round < 5; round += 1) await open(store, org, 0, { rows: 1 });
      expect((await store.sentFile(org, asked))?.receipt).toBe(whole);
    });

    test('is not known by a receipt whose rows are not in Kafka', async () => {
      const { store, org } = await world();
      await store.openReceipt({
        ...{ id: randomUUID(), org, feed: 'school-dropout', rows: 2, idempotencyKey: null },
        ...{ sender: 'maskin:1', institution: null, bodyHash: Buffer.alloc(32), received: at(0) },
        source: { fileHash: hashOf('file'), sheetRows: [4, 17] },
      });
      expect(await store.sentFile(org, asked)).toBeUndefined();
    });

    test('has its own row numbers on the receipt, and no other receipt has', async () => {
      const { store, org } = await world();
      const id = await open(store, org, 0);
      expect(await store.receipt(org, id)).toMatchObject({ rows: 2, sheetRows: [4, 17] });
      const plain = randomUUID();
      await store.openReceipt({
        ...{ id: plain, org, feed: 'school-dropout', rows: 2, idempotencyKey: null },
        ...{ sender: 'maskin:1', institution: null, bodyHash: Buffer.alloc(32), received: at(0) },
      });
      expect((await store.receipt(org, plain))?.sheetRows).toBeNull();
      expect(await store.receiptRows(org, id)).toEqual([]);
    });

    test('a repeated submission keeps the rows of the first', async () => {
      const { store, org } = await world();
      const id = await open(store, org, 0, { idempotencyKey: 'liste-1' });
      const changes = {
        idempotencyKey: 'liste-1',
        source: { fileHash: hashOf('copy'), sheetRows: [5, 18] },
      };
      await open(store, org, 1, changes);
      expect((await store.receipt(org, id))?.sheetRows).toEqual([4, 17]);
      expect(await store.sentFile(org, { ...asked, fileHash: hashOf('copy') })).toBeUndefined();
    });
  });
}
