import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import { type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import { appliedRecord } from '../../src/pipeline/writes.ts';
import type { Store } from '../../src/store/port.ts';
import {
  type BuiltSheet,
  MOST_LOOKED_THROUGH,
  type SheetKey,
  type SheetRecords,
} from '../../src/store/sheetsPort.ts';
import { AT, change, claimed, committed, newOrg, newRef } from './commits.ts';

const at = (minutes: number): IsoInstant => instantOf(Date.UTC(2026, 10, 22, 6, 21) + minutes * 60_000);
const MOST = 30;

export const sheetKey = (org: OrgId, changes: Partial<SheetKey> = {}): SheetKey => ({
  ...{ org, report: 'stock', on: '2026-11-15', step: 'maaned', counted: [], within: null },
  ...changes,
});

export const builtSheet = (minute: number, changes: Partial<BuiltSheet> = {}): BuiltSheet => ({
  ...{ head: `{"of":${minute}}`, whole: null, rules: 'r1', position: new Map([[7, 2n ** 60n]]) },
  ...{ asOf: at(minute - 2), built: at(minute) },
  ...changes,
});

/** What every implementation of kept reports promises. */
export function sheetsContract(create: () => Promise<SheetRecords & Pick<Store, 'claim' | 'commit'>>): void {
  const world = async () => {
    const store = await create();
    const org = newOrg();
    await store.claim({ org, topic: `${org}.ot.event.ot-adviser`, partition: 0 });
    const lease = (by: string, minute = 0) =>
      store.leaseSheets([org], { by, now: at(minute), until: at(minute + 1) });
    /** Asked for, counted and kept. */
    const kept = async (key: SheetKey, minute: number, changes: Partial<BuiltSheet> = {}) => {
      await store.askSheet(key, at(minute), MOST);
      const by = randomUUID();
      const [leased] = await lease(by, minute);
      if (leased === undefined) throw new Error('nothing waits');
      return store.keepSheet({ id: leased.id, by }, builtSheet(minute, changes));
    };
    return { store, org, key: sheetKey(org), lease, kept };
  };
  const nothing = { built: null, seen: null, underWay: false, records: 0, failed: null };

  describe('a kept report', () => {
    test('is not there before it is asked for, and waits from then on, once', async () => {
      const { store, key } = await world();
      expect(await store.keptSheet(key)).toBeUndefined();
      expect(await store.wholeSheet(key)).toBeUndefined();
      expect(await store.askSheet(key, at(0), MOST)).toBe(true);
      expect(await store.askSheet(key, at(1), MOST)).toBe(true);
      expect(await store.keptSheet(key)).toEqual({ ...nothing, asked: at(0) });
      expect(await store.wholeSheet(key)).toBeUndefined();
    });

    test('is kept with what it was counted by, and the next takes its place', async () => {
      const { store, key, kept } = await world();
      expect(await kept(key, 3, { whole: '{"all":1}' })).toBe(true);
      const { whole: _, ...head } = builtSheet(3);
      expect(await store.keptSheet(key)).toEqual({ ...nothing, asked: null, built: head });
      const { position } = builtSheet(3);
      expect(await store.wholeSheet(key)).toEqual({
        ...{ content: '{"all":1}', asOf: at(1), rules: 'r1', position },
      });
      await kept(key, 9, { rules: 'r2' });
      expect(await store.wholeSheet(key)).toEqual({
        ...{ content: '{"of":9}', asOf: at(7), rules: 'r2', position },
      });
      await store.sheetSeen(key, at(10));
      expect((await store.keptSheet(key))?.seen).toBe(at(10));
    });

    test('is another for each organisation, report, day, step, counties and units', async () => {
      const { store, org, key, kept } = await world();
      const { org: other } = await world();
      const within = { units: ['40201', '40202'], hiddenUnits: ['40201'] };
      const others: Partial<SheetKey>[] = [
        ...[{ org: other }, { report: 'flow' as const }, { on: '2026-11-16' as const }],
        ...[{ step: 'uke' as const }, { counted: [org, other].sort() }, { within }],
        ...[{ within: { ...within, hiddenUnits: [] } }, { within: { units: [], hiddenUnits: [] } }],
      ];
      await kept(key, 1);
      for (const change of others) expect(await store.keptSheet({ ...key, ...change })).toBeUndefined();
      await store.askSheet({ ...key, within, counted: [org, other].sort() }, at(2), MOST);
      const leased = await store.leaseSheets([org], { by: randomUUID(), now: at(3), until: at(4) });
      expect(leased.map((one) => one.key)).toEqual([{ ...key, within, counted: [org, other].sort() }]);
    });

    test('no more than so many wait, of one organisation', async () => {
      const { store, org, key } = await world();
      await store.askSheet(key, at(0), 2);
      await store.askSheet(sheetKey(org, { report: 'flow' }), at(0), 2);
      expect(await store.askSheet(sheetKey(org, { report: 'kostra' }), at(0), 2)).toBe(false);
      expect(await store.keptSheet(sheetKey(org, { report: 'kostra' }))).toBeUndefined();
      const { store: same, key: elsewhere } = await world();
      expect(await same.askSheet(elsewhere, at(0), 2)).toBe(true);
    });

    test('is counted by one process, the longest waiting first, and of ours alone', async () => {
      const { store, org, key, lease } = await world();
      const later = sheetKey(org, { on: '2026-11-16' });
      await store.askSheet(key, at(0), MOST);
      await store.askSheet(later, at(1), MOST);
      const keys = [await lease('00000000-0000-4000-8000-000000000001'), await lease(randomUUID())];
      expect(keys.flat().map((one) => one.key)).toEqual([key, later]);
      expect(await lease(randomUUID())).toEqual([]);
      expect(await store.leaseSheets([newOrg()], { by: randomUUID(), now: at(5), until: at(6) })).toEqual([]);
      expect(await store.keptSheet(key)).toMatchObject({ underWay: true, asked: at(0) });
    });

    test('is taken with those that are counted from the same, and figures of several counties alone', async () => {
      const { store, org, key, lease } = await world();
      const { org: other } = await world();
      const within = { units: ['40201'], hiddenUnits: [] };
      const several = sheetKey(org, { report: 'national', counted: [org, other].sort() });
      const together = [
        ...[key, sheetKey(org, { report: 'series', step: 'uke' })],
        sheetKey(org, { report: 'national', counted: [org] }),
      ];
      const apart = [sheetKey(org, { on: '2026-11-16' }), { ...key, within }];
      const asked = [several, together[0], apart[0], together[1], apart[1], together[2]];
      for (const [minute, each] of asked.entries()) await store.askSheet(each ?? key, at(minute), MOST);
      const keys = async (process: string) => (await lease(process, 9)).map((one) => one.key);
      const by = randomUUID();
      expect(await keys(by)).toEqual([several]);
      const taken = await lease(by, 9);
      expect(taken.map((one) => one.key)).toEqual(together);
      expect([await keys(by), await keys(by), await keys(by)]).toEqual([[apart[0]], [apart[1]], []]);
      const ids = taken.map(({ id }) => id);
      expect(await store.sheetsRead({ ids, by }, { records: 7, until: at(20) })).toBe(true);
      expect((await store.keptSheet(key))?.records).toBe(7);
      // One that is kept is no longer held, the others are.
      expect(await store.keepSheet({ id: ids[0] ?? '', by }, builtSheet(10))).toBe(true);
      expect(await store.sheetsRead({ ids, by }, { records: 8, until: at(30) })).toBe(true);
      expect((await store.keptSheet(key))?.records).toBe(7);
      const next = randomUUID();
      expect(await keys(next)).toEqual([]);
      await store.returnSheets({ ids, by }, null);
      expect(await keys(next)).toEqual(together.slice(1));
    });

    test('of a process that died is taken over, and what comes of it late is not kept', async () => {
      const { store, key, lease } = await world();
      await store.askSheet(key, at(0), MOST);
      const [dead, living] = [randomUUID(), randomUUID()];
      const [{ id } = { id: '' }] = await lease(dead);
      expect(await store.sheetsRead({ ids: [id], by: dead }, { records: 500, until: at(2) })).toBe(true);
      expect((await store.keptSheet(key))?.records).toBe(500);
      expect(await lease(living, 1)).toEqual([]);
      expect(await lease(living, 2)).toEqual([{ id, key }]);
      expect((await store.keptSheet(key))?.records).toBe(0);
      expect(await store.sheetsRead({ ids: [id], by: dead }, { records: 900, until: at(9) })).toBe(false);
      expect(await store.keepSheet({ id, by: dead }, builtSheet(3))).toBe(false);
      await store.returnSheets({ ids: [id], by: dead }, at(3));
      expect(await store.keptSheet(key)).toEqual({ ...nothing, asked: at(0), underWay: true });
      expect(await store.keepSheet({ id, by: living }, builtSheet(4))).toBe(true);
    });

    test('that is given back waits as before; one that failed waits for nobody until it is asked for', async () => {
      const { store, key, lease } = await world();
      await store.askSheet(key, at(0), MOST);
      const by = randomUUID();
      const leasedIds = async () => (await lease(by)).map(({ id }) => id);
      await store.returnSheets({ ids: await leasedIds(), by }, null);
      expect(await store.keptSheet(key)).toEqual({ ...nothing, asked: at(0) });
      await store.returnSheets({ ids: await leasedIds(), by }, at(1));
      expect(await store.keptSheet(key)).toEqual({ ...nothing, asked: null, failed: at(1) });
      expect(await lease(by)).toEqual([]);
      await store.askSheet(key, at(2), MOST);
      expect(await store.keptSheet(key)).toEqual({ ...nothing, asked: at(2) });
    });

    test('knows of an address that was hidden since, of the organisations it is of', async () => {
      const store = await create();
      const lane = await claimed(store);
      const elsewhere = await claimed(store);
      const ref = newRef();
      await committed(store, change(lane, ref, 1));
      const position = new Map([[lane.id, lane.nextOffset]]);
      await committed(store, change(lane, newRef(), 1));
      expect(await store.protectionChanged([lane.org, elsewhere.org], position)).toBe(false);
      const graded = {
        type: 'ProtectionChanged',
        from: 'UGRADERT',
        to: 'STRENGT_FORTROLIG',
        rule: 'D01',
      } as const;
      const previous = { lane: lane.id, offset: 0n };
      const hiding = change(lane, ref, 2, null, previous);
      hiding.applied = [
        appliedRecord({ offset: lane.nextOffset, ref, version: 2, previous, recorded: AT, events: [graded] }),
      ];
      await committed(store, hiding);
      expect(await store.protectionChanged([lane.org], position)).toBe(true);
      // A lane that was not there has nothing that is counted.
      expect(await store.protectionChanged([lane.org], new Map())).toBe(true);
      expect(await store.protectionChanged([elsewhere.org], position)).toBe(false);
      expect(await store.protectionChanged([lane.org], new Map([[lane.id, lane.nextOffset]]))).toBe(false);
    });

    test('takes so many records since for a change of protection', async () => {
      const store = await create();
      const lane = await claimed(store);
      const place = (at: number) => ({ offset: BigInt(at), ref: newRef(), version: 1, previous: null });
      for (const most of [MOST_LOOKED_THROUGH - 1, MOST_LOOKED_THROUGH]) {
        const from = Number(lane.nextOffset);
        const commit = change(lane, newRef(), 1);
        commit.youths = [];
        commit.nextOffset = BigInt(most);
        commit.applied = Array.from({ length: most - from }, (_, at) =>
          appliedRecord({ ...place(from + at), recorded: AT, events: [] }),
        );
        await committed(store, commit);
        expect(await store.protectionChanged([lane.org], new Map())).toBe(most === MOST_LOOKED_THROUGH);
      }
    });

    test('that nobody looks at any longer is removed, and none that waits', async () => {
      const { store, org, key, kept } = await world();
      const looked = sheetKey(org, { report: 'flow' });
      await kept(key, 0);
      await kept(looked, 0);
      await store.sheetSeen(looked, at(50));
      const waiting = sheetKey(org, { report: 'kostra' });
      await store.askSheet(waiting, at(0), MOST);
      expect(await store.dropSheets(newOrg(), { seen: at(99), neverSeen: at(99) })).toBe(0);
      expect(await store.dropSheets(org, { seen: at(50), neverSeen: at(1) })).toBe(1);
      expect(await store.keptSheet(key)).toBeUndefined();
      expect(await store.dropSheets(org, { seen: at(51), neverSeen: at(1) })).toBe(1);
      expect(await store.keptSheet(looked)).toBeUndefined();
      expect(await store.keptSheet(waiting)).toBeDefined();
    });
  });
}
