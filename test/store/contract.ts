import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import { unpackedRecord } from '../../src/store/form/packedRecord.ts';
import type { Commit, Outcome } from '../../src/store/port.ts';
import { auditContract } from './auditContract.ts';
import {
  type AnyStore,
  AT,
  batch,
  CONCLUDED,
  change,
  claimed,
  committed,
  listRow,
  merging,
  NONE,
  newOrg,
  newRef,
  youth,
} from './commits.ts';
import { identityContract } from './identityContract.ts';
import { keptContract } from './keptContract.ts';
import { laneContract } from './laneContract.ts';
import { listContract } from './listContract.ts';
import { logContract } from './logContract.ts';
import { quarantineContract } from './quarantineContract.ts';
import { queriesContract } from './queriesContract.ts';
import { receiptContract } from './receiptContract.ts';
import { tailContract } from './tailContract.ts';
import { vaultContract } from './vaultContract.ts';

// What every store promises. Each test uses an organisation of its own, so that one database serves them all.

export function storeContract(create: () => Promise<AnyStore>): void {
  vaultContract(create);
  listContract(create);
  laneContract(create);
  queriesContract(create);
  receiptContract(create);
  quarantineContract(create);
  identityContract(create);
  auditContract(create);
  logContract(create);
  tailContract(create);
  keptContract(create);
  describe('the store', () => {
    test('gives a lane a higher epoch at each claim and keeps its cursor', async () => {
      const store = await create();
      const lane = await claimed(store);
      await committed(store, change(lane, newRef(), 1));
      const again = await store.claim(lane);
      expect(again).toMatchObject({ id: lane.id, epoch: lane.epoch + 1, nextOffset: 1n, publishedUpto: 0n });
    });

    test('refuses a write from a worker that has lost the lane', async () => {
      const store = await create();
      const zombie = await claimed(store);
      await store.claim(zombie);
      const ref = newRef();
      expect(await store.commit(change(zombie, ref, 1))).toBe('fenced');
      expect(await store.published(zombie, 1n)).toBe(false);
      expect((await store.load(zombie.org, [ref])).get(ref)?.version).toBe(0);
    });

    test('gives a lane one producer for good, and each owner a higher fence than every one before', async () => {
      const store = await create();
      const zombie = await claimed(store);
      const other = await claimed(store);
      expect(other.producerId).not.toBe(zombie.producerId);
      const raised = (await store.raiseFence(zombie, 1)) ?? 0;
      expect(raised).toBeGreaterThan(zombie.fence);
      const owner = await store.claim(zombie);
      expect(owner.producerId).toBe(zombie.producerId);
      expect(owner.fence).toBeGreaterThan(raised);
      expect(await store.raiseFence(zombie, 1)).toBeNull();
      expect(await store.raiseFence(owner, 1_000)).toBe(owner.fence + 1_000);
    });

    test('refuses a batch that does not begin at the cursor', async () => {
      const store = await create();
      const lane = await claimed(store);
      const first = change(lane, newRef(), 1);
      expect(await store.commit(first)).toBe('committed');
      expect(await store.commit(change(lane, newRef(), 1))).toBe('fenced');
    });

    test('commits nothing of a batch whose youth another lane has written meanwhile', async () => {
      const store = await create();
      const org = newOrg();
      const [a, b] = [await claimed(store, org, 0), await claimed(store, org, 1)];
      const [ref, bystander] = [newRef(), newRef()];
      await committed(store, change(a, ref, 1));
      const stale = change(b, ref, 1);
      stale.youths.push(youthWrite({ ref: bystander, expectedVersion: 0, version: 1, youth: youth() }));
      expect(await store.commit(stale)).toBe('moved');
      expect((await store.load(org, [bystander])).get(bystander)?.version).toBe(0);
      await committed(store, change(b, ref, 2));
      expect((await store.load(org, [ref])).get(ref)).toMatchObject({
        version: 2,
        last: { lane: b.id, offset: 0n },
      });
    });

    test('writes a youth where it was found, unless another writer has changed it since; and never another one there', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [ref, other] = [newRef(), newRef()];
      await committed(store, change(lane, ref, 1));
      await committed(store, change(lane, other, 1));
      const placeOf = async (of: PersonRef) => (await store.load(lane.org, [of])).get(of)?.place ?? null;
      const at = (commit: Commit, place: string | null) => ({
        ...commit,
        youths: commit.youths.map((write) => ({ ...write, place })),
      });
      const found = await placeOf(ref);
      await committed(store, at(change(lane, ref, 2), found));
      expect((await store.load(lane.org, [ref, other])).get(ref)?.version).toBe(2);
      expect(await store.commit(at(change(lane, ref, 2), found))).toBe('moved');
      if (found !== null) {
        // Only a store that keeps places can be given a wrong one.
        expect(await store.commit(at(change(lane, ref, 3), await placeOf(other)))).toBe('moved');
        expect(await store.commit(at(change(lane, ref, 3), found))).toBe('moved');
      }
      await committed(store, at(change(lane, ref, 3), await placeOf(ref)));
      expect((await store.load(lane.org, [other])).get(other)?.version).toBe(1);
    });

    test('merges two youths in one commit: both are written, or neither', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [stays, goes] = [newRef(), newRef()];
      await committed(store, change(lane, stays, 1));
      await committed(store, change(lane, goes, 1));
      const stale = merging(lane, [{ ref: goes, version: 1, into: stays }], stays, 2);
      expect(await store.commit(stale)).toBe('moved');
      expect((await store.load(lane.org, [goes])).get(goes)?.version).toBe(1);
      await committed(store, merging(lane, [{ ref: goes, version: 2, into: stays }], stays, 2));
      const youths = await store.load(lane.org, [stays, goes]);
      expect(youths.get(goes)).toMatchObject({ version: 2, youth: { mergedInto: stays } });
      expect(youths.get(stays)).toMatchObject({ version: 2, youth: { mergedInto: null } });
      expect((await store.youth(lane.org, goes))?.ref).toBe(stays);
      expect((await store.history(lane.org, goes)).map(({ version }) => version)).toEqual([1, 2]);
      const other = await store.claim({ org: newOrg(), topic: `${newOrg()}.x`, partition: 0 });
      expect(await store.youth(other.org, goes)).toBeUndefined();
    });

    test('gives both halves of a merge to recovery, wherever a page ends', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [stays, goes] = [newRef(), newRef()];
      await committed(store, change(lane, stays, 1));
      await committed(store, merging(lane, [{ ref: goes, version: 1, into: stays }], stays, 2));
      await committed(store, change(lane, newRef(), 1));
      const refs = async (limit: number) => (await store.unpublished(lane, 0n, limit)).map(({ ref }) => ref);
      expect(await refs(1)).toEqual([stays]);
      expect((await refs(2)).toSorted()).toEqual([stays, stays, goes].toSorted());
      expect(await refs(4)).toHaveLength(4);
    });

    test('reports lists under the references that the youths have now, through several merges', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [a, b, c] = [newRef(), newRef(), newRef()];
      const envelope = (run: string) => ({ list: 'ot' as const, run, type: 'FULL' as const, total: 2 });
      const row = (run: string, rowKey: string, ref: PersonRef) =>
        listRow(envelope(run), rowKey, ref, { sealed: Buffer.from(rowKey) });
      await committed(store, batch(lane, 1n, { listRows: [row('r-1', '1', a), row('r-1', '2', c)] }));
      await store.concludeList(lane.org, 'ot', 'r-1', CONCLUDED);
      await committed(store, batch(lane, 2n, { listRows: [row('r-2', '1', a), row('r-2', '2', b)] }));
      await committed(store, merging(lane, [{ ref: a, version: 1, into: b }], b, 1));
      await committed(store, merging(lane, [{ ref: b, version: 2, into: c }], c, 1));
      const [list] = (await store.completeLists()).filter(({ org }) => org === lane.org);
      expect(list).toMatchObject({ run: 'r-2', refs: [c] });
      expect(list?.held.map(({ rowKey, ref }) => [rowKey, ref])).toEqual([
        ['1', c],
        ['2', c],
      ]);
      expect(await store.pastLists(lane.org, 'ot', 1, null)).toMatchObject([{ refs: [c] }]);
    });

    test('follows a row of merges that one batch made', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [a, b, c] = [newRef(), newRef(), newRef()];
      const envelope = { list: 'laktiv' as const, run: 'r', type: 'FULL' as const, total: 1 };
      const listRows = [listRow(envelope, '1', a)];
      await committed(store, batch(lane, 1n, { listRows }));
      const gone = [
        { ref: a, version: 1, into: b },
        { ref: b, version: 1, into: c },
      ];
      await committed(store, merging(lane, gone, c, 1));
      const [list] = (await store.completeLists()).filter(({ org }) => org === lane.org);
      expect(list?.refs).toEqual([c]);
      expect((await store.youth(lane.org, a))?.ref).toBe(c);
    });

    test('keeps one organisation’s youths from another’s', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      await committed(store, change(lane, ref, 1));
      expect(await store.youth(newOrg(), ref)).toBeUndefined();
      expect(await store.history(newOrg(), ref)).toEqual([]);
      expect((await store.youth(lane.org, ref))?.version).toBe(1);
    });

    test('lists what may be unpublished, in offset order, until it is noted as published', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      for (const version of [1, 2, 3]) await committed(store, change(lane, ref, version));
      expect((await store.unpublished(lane, 1n, 10)).map((item) => item.offset)).toEqual([1n, 2n]);
      expect(await store.published(lane, 3n)).toBe(true);
      expect(await store.publishedUpto(lane.id)).toBe(3n);
      expect(await store.published(lane, 2n)).toBe(true);
      expect(await store.publishedUpto(lane.id)).toBe(3n);
    });

    test('shows the history of a youth and what was recorded up to a moment', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      await committed(store, change(lane, ref, 1));
      const elsewhere = await claimed(store, lane.org, 1);
      const late = change(elsewhere, ref, 2, null, { lane: lane.id, offset: 0n });
      for (const item of late.applied) item.recorded = '2026-10-08T00:00:00.000Z';
      await committed(store, late);
      expect((await store.history(lane.org, ref)).map((item) => item.version)).toEqual([1, 2]);
      const upto = (await Array.fromAsync(store.recordedUpto(lane.org, AT))).flat();
      expect(upto.map(unpackedRecord)).toEqual((await store.history(lane.org, ref)).slice(0, 1));
    });

    test('gives what was recorded youth by youth, each in the order of its versions', async () => {
      const store = await create();
      const lane = await claimed(store);
      const refs = [newRef(), newRef()].sort();
      const writes: [PersonRef, number, string][] = refs.map((ref) => [ref, 1, AT]);
      for (const ref of refs) writes.unshift([ref, 2, '2026-10-01T00:00:00.000Z']);
      for (const [ref, version, recorded] of writes.sort(([, one], [, other]) => one - other)) {
        const commit = change(lane, ref, version);
        for (const item of commit.applied) item.recorded = recorded;
        await committed(store, commit);
      }
      const portions = await Array.fromAsync(store.recordedUpto(lane.org, AT));
      const seen = portions.flat().map((item) => [item.ref, item.version]);
      expect(seen).toEqual(refs.flatMap((ref) => [1, 2].map((version) => [ref, version])));
    });

    test('counts how every record ended', async () => {
      const store = await create();
      const lane = await claimed(store);
      const counts = { applied: 1, duplicate: 2, rejected: 3, quarantined: 4, parked: 5 };
      await committed(store, batch(lane, 15n, { counts }));
      await committed(store, batch(lane, 16n, { counts: { ...NONE, duplicate: 1 } }));
      const state = (await store.lanes()).find((each) => each.topic === lane.topic);
      expect(state?.counts).toEqual({ ...counts, duplicate: 3 });
      expect(state?.nextOffset).toBe(16n);
    });

    test('keeps a quarantined record with its problems until it is settled, once', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [id, receipt] = [randomUUID(), randomUUID()];
      const problems = [
        { code: 'UNKNOWN_CODE' as const, field: 'avbruddsarsak', text: 'Ukjent kode.', cure: 'Rett koden.' },
      ];
      const sealed = Buffer.from([0, 1, 2, 255]);
      await committed(
        store,
        batch(lane, 1n, {
          quarantined: [{ id, offset: 0n, received: AT, problems, sealed, receipt, row: 17 }],
        }),
      );
      const open = { status: 'open' as const, limit: 10, after: null };
      expect(await store.quarantine(lane.org, open)).toMatchObject([
        { id, offset: 0n, problems, row: 17, receipt },
      ]);
      expect((await store.quarantineItem(lane.org, id))?.sealed).toEqual(sealed);
      expect(await store.quarantineItem(newOrg(), id)).toBeUndefined();
      expect(await store.settleQuarantine(lane.org, id, 'replayed', 'kode lagt til')).toBe(true);
      expect(await store.settleQuarantine(lane.org, id, 'discarded', 'nei')).toBe(false);
      expect(await store.quarantine(lane.org, open)).toEqual([]);
    });

    test('parks records behind a youth and gives them back in order', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      const parked = [0n, 1n].map((offset) => ({
        offset,
        ref,
        received: AT,
        reason: 'decision-failed',
        sealed: Buffer.from([Number(offset)]),
      }));
      await committed(store, batch(lane, 2n, { parked }));
      expect((await store.load(lane.org, [ref])).get(ref)?.parked).toBe(true);
      expect(await store.parked(lane.org, { limit: 100, after: null })).toHaveLength(2);
      expect(await store.parkedCount(lane.org)).toBe(2);
      expect((await store.unpark(lane.org, ref)).map((item) => item.sealed[0])).toEqual([0, 1]);
      expect((await store.load(lane.org, [ref])).get(ref)?.parked).toBe(false);
      // Not in Kafka yet: a second try gets them again.
      expect(await store.unpark(lane.org, ref)).toHaveLength(2);
      await store.unparked(lane.org, ref);
      expect(await store.unpark(lane.org, ref)).toEqual([]);
      expect(await store.parked(lane.org, { limit: 100, after: null })).toEqual([]);
      expect(await store.parkedCount(lane.org)).toBe(0);
    });

    test('answers the same idempotency key with the same receipt, and refuses another body', async () => {
      const store = await create();
      const entry = {
        id: randomUUID(),
        org: newOrg(),
        feed: 'school-dropout' as const,
        rows: 2,
        idempotencyKey: 'k-1',
        sender: 'loopback',
        institution: null,
        bodyHash: Buffer.alloc(32, 1),
        received: AT,
      };
      expect(await store.openReceipt(entry)).toEqual({ id: entry.id, state: 'new', sent: false });
      await store.receiptSent(entry.id);
      expect(await store.openReceipt({ ...entry, id: randomUUID() })).toEqual({
        id: entry.id,
        state: 'repeated',
        sent: true,
      });
      const other = {
        ...entry,
        id: randomUUID(),
        sender: 'loopback',
        institution: null,
        bodyHash: Buffer.alloc(32, 2),
      };
      expect((await store.openReceipt(other)).state).toBe('conflict');
      const keyless = { ...entry, id: randomUUID(), idempotencyKey: null };
      expect((await store.openReceipt(keyless)).state).toBe('new');
    });

    test('keeps one outcome per receipt row: a repeat does not undo an effect, a replay does', async () => {
      const store = await create();
      const lane = await claimed(store);
      const id = randomUUID();
      await store.openReceipt({
        id,
        org: lane.org,
        feed: 'school-dropout',
        rows: 3,
        idempotencyKey: null,
        sender: 'loopback',
        institution: null,
        bodyHash: Buffer.alloc(32),
        received: AT,
      });
      const row = (n: number, outcome: Outcome) => ({ receipt: id, row: n, outcome, problems: [] });
      await committed(store, batch(lane, 2n, { receipts: [row(1, 'applied'), row(2, 'quarantined')] }));
      expect(await store.receipt(lane.org, id)).toMatchObject({
        counts: { applied: 1, quarantined: 1, waiting: 1 },
        final: false,
      });
      await committed(
        store,
        batch(lane, 5n, { receipts: [row(1, 'duplicate'), row(2, 'applied'), row(3, 'duplicate')] }),
      );
      expect(await store.receipt(lane.org, id)).toMatchObject({
        counts: { applied: 2, duplicate: 1, quarantined: 0, waiting: 0 },
        final: true,
      });
      expect(await store.receipt(newOrg(), id)).toBeUndefined();
    });

    test('calls a list complete when its last row has come, whichever row or manifest that is', async () => {
      const store = await create();
      const lane = await claimed(store);
      const envelope = { list: 'nav' as const, run: 'B-2026-11', type: 'FULL' as const, total: null };
      const [one, two] = [newRef(), newRef()];
      const row = (rowKey: string, ref: PersonRef) =>
        listRow(envelope, rowKey, ref, { sealed: Buffer.from(rowKey) });
      const mine = async () => (await store.completeLists()).filter((list) => list.org === lane.org);
      await committed(store, batch(lane, 2n, { listRows: [row('1', one), row('1', one)] }));
      const manifest = listRow({ ...envelope, total: 2 }, null, null);
      await committed(store, batch(lane, 3n, { listRows: [manifest] }));
      expect(await mine()).toEqual([]);
      await committed(store, batch(lane, 4n, { listRows: [row('2', two)] }));
      const [list] = await mine();
      expect(list).toMatchObject({ run: 'B-2026-11', total: 2, nameless: [], bad: 0 });
      expect(list?.refs.toSorted()).toEqual([one, two].toSorted());
      expect(list?.held.map((held) => held.sealed.toString())).toEqual(['1', '2']);
      await store.concludeList(lane.org, 'nav', 'B-2026-11', CONCLUDED);
      expect(await mine()).toEqual([]);
    });

    test('reports lists that are not whole in time, until it is noted or they are whole', async () => {
      const store = await create();
      const lane = await claimed(store);
      const send = async (run: string, type: 'FULL' | 'DELTA', total: number | null, rows: number) => {
        const envelope = { list: 'nav' as const, run, type, total };
        const listRows = Array.from({ length: rows }, (_, n) => listRow(envelope, String(n), newRef()));
        await committed(store, batch(lane, lane.nextOffset + 1n, { listRows }));
      };
      await send('B-1', 'FULL', 3, 1);
      await send('B-2', 'FULL', 2, 2);
      await send('B-3', 'FULL', null, 2);
      await send('B-4', 'DELTA', 3, 1);
      const overdue = (before: string) => store.overdueLists(lane.org, before);
      expect(await overdue(new Date(Date.parse(AT) - 1).toISOString())).toEqual([]);
      expect(await overdue(AT)).toEqual([
        { list: 'nav', run: 'B-1', total: 3, rows: 1 },
        { list: 'nav', run: 'B-3', total: null, rows: 2 },
      ]);
      expect(await store.overdueLists(newOrg(), AT)).toEqual([]);
      await store.markOverdueReported(lane.org, 'nav', 'B-3');
      expect((await overdue(AT)).map(({ run }) => run)).toEqual(['B-1']);
      await send('B-1', 'FULL', 3, 3);
      expect(await overdue(AT)).toEqual([]);
      expect((await store.completeLists()).filter(({ org }) => org === lane.org)).toHaveLength(2);
    });

    test('concludes nothing from a DELTA', async () => {
      const store = await create();
      const lane = await claimed(store);
      const envelope = { list: 'ot' as const, run: 'delta', type: 'DELTA' as const, total: 1 };
      const ref = newRef();
      await committed(
        store,
        batch(lane, 1n, {
          listRows: [listRow(envelope, '1', ref)],
        }),
      );
      expect((await store.completeLists()).filter((list) => list.org === lane.org)).toEqual([]);
    });

    test('calls an empty list complete with its manifest', async () => {
      const store = await create();
      const lane = await claimed(store);
      const envelope = { list: 'ot' as const, run: 'empty', type: 'FULL' as const, total: 0 };
      await committed(
        store,
        batch(lane, 1n, {
          listRows: [listRow(envelope, null, null)],
        }),
      );
      expect((await store.completeLists()).filter((list) => list.org === lane.org)).toMatchObject([
        { run: 'empty', total: 0, refs: [] },
      ]);
      await store.concludeList(lane.org, 'ot', 'empty', CONCLUDED);
      expect(await store.pastLists(lane.org, 'ot', 1, null)).toEqual([
        { refs: [], nameless: [], doubtful: [] },
      ]);
    });

    test('compares a list with the last one that was concluded, not with a refused one', async () => {
      const store = await create();
      const lane = await claimed(store);
      const refs = [newRef(), newRef()];
      const send = async (run: string, members: PersonRef[]) => {
        const envelope = { list: 'laktiv' as const, run, type: 'FULL' as const, total: members.length };
        const listRows = members.map((ref) => listRow(envelope, ref, ref));
        await committed(store, batch(lane, lane.nextOffset + 1n, { listRows }));
      };
      await send('1', refs);
      await store.concludeList(lane.org, 'laktiv', '1', CONCLUDED);
      await send('2', [newRef()]);
      await store.concludeList(lane.org, 'laktiv', '2', {
        ...CONCLUDED,
        verdict: 'refused',
        reason: 'LIST_SHRUNK',
      });
      await send('3', refs.slice(0, 1));
      const [list] = (await store.completeLists()).filter((each) => each.org === lane.org);
      if (list === undefined) throw new Error('the third list is whole');
      const [previous] = await store.pastLists(lane.org, 'laktiv', 1, list);
      expect(previous?.refs.toSorted()).toEqual(refs.toSorted());
      expect(await store.lastConcluded(lane.org, 'laktiv')).toEqual({ total: 2, completed: AT });
      expect(await store.lastConcluded(lane.org, 'ot')).toBeNull();
      const past = await store.pastLists(lane.org, 'laktiv', 2, null);
      expect(past.map((each) => each.refs.toSorted())).toEqual([refs.toSorted()]);
    });

    test('finds the youths whose time has come', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [early, late] = [newRef(), newRef()];
      await committed(store, change(lane, early, 1, '2026-10-12T00:00:00.000Z'));
      await committed(store, change(lane, late, 1, '2026-10-20T00:00:00.000Z'));
      expect(await store.due(lane.org, '2026-10-12T00:00:00.000Z', 10)).toEqual([
        { ref: early, due: '2026-10-12T00:00:00.000Z' },
      ]);
      await committed(store, change(lane, early, 2, null));
      expect(await store.due(lane.org, '2026-10-19T00:00:00.000Z', 10)).toEqual([]);
    });

    test('finds a youth whose time has moved when it comes, and not before, however often it is asked', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      const dueOn = async (day: number) =>
        (await store.due(lane.org, `2026-10-${day}T00:00:00.000Z`, 10)).map(({ due }) =>
          Number(due.slice(8, 10)),
        );
      let version = 0;
      const moved = async (day: number | null) => {
        version += 1;
        const due = day === null ? null : `2026-10-${day}T00:00:00.000Z`;
        await committed(store, change(lane, ref, version, due));
      };
      await moved(12);
      await moved(20);
      expect([await dueOn(12), await dueOn(19), await dueOn(20), await dueOn(21)]).toEqual([
        [],
        [],
        [20],
        [20],
      ]);
      await moved(25);
      await moved(23);
      expect([await dueOn(22), await dueOn(23)]).toEqual([[], [23]]);
      await moved(null);
      expect(await dueOn(30)).toEqual([]);
      await moved(15);
      expect([await dueOn(14), await dueOn(15)]).toEqual([[], [15]]);
    });

    test('gives all youths of an organisation, by reference, as stored', async () => {
      const store = await create();
      const lane = await claimed(store);
      const other = await claimed(store);
      const refs = Array.from({ length: 1_203 }, () => newRef());
      await committed(
        store,
        batch(lane, lane.nextOffset + 1n, {
          youths: refs.map((ref) => youthWrite({ ref, expectedVersion: 0, version: 1, youth: youth() })),
        }),
      );
      await committed(store, change(other, newRef(), 1));
      const [first = newRef(), second = newRef()] = refs;
      await committed(store, change(lane, first, 2, '2026-10-12T00:00:00.000Z'));
      const parked = { offset: lane.nextOffset, ref: second, received: AT, reason: 'decide-failed' };
      await committed(
        store,
        batch(lane, lane.nextOffset + 1n, { parked: [{ ...parked, sealed: Buffer.from('s') }] }),
      );
      const seen = await Array.fromAsync(store.youths(lane.org));
      expect(seen.map(({ ref }) => ref)).toEqual(refs.toSorted());
      expect(seen.find(({ ref }) => ref === first)).toEqual((await store.load(lane.org, [first])).get(first));
      expect(seen.find(({ ref }) => ref === second)?.parked).toBe(true);
      expect(seen.filter((each) => each.parked)).toHaveLength(1);
      expect(await Array.fromAsync(store.youths(newOrg()))).toEqual([]);
    });

    test('moves a virtual clock forward and never back', async () => {
      const store = await create();
      const org = newOrg();
      expect(await store.virtualNow(org)).toBeNull();
      expect(await store.moveClock(org, AT)).toBe(AT);
      expect(await store.moveClock(org, '2020-01-01T00:00:00.000Z')).toBe(AT);
      expect(await store.virtualNow(org)).toBe(AT);
    });

    test('keeps the first snapshot of a reference date', async () => {
      const store = await create();
      const org = newOrg();
      const snapshot = { org, referenceDate: '2026-11-15', cutoff: AT, content: Buffer.from('{"a":1}') };
      await store.saveSnapshot(snapshot);
      await store.saveSnapshot({ ...snapshot, content: Buffer.from('{"a":2}') });
      expect(await store.snapshot(org, '2026-11-15')).toEqual(snapshot);
      expect(await store.snapshot(org, '2027-02-15')).toBeUndefined();
    });

    test('hands recovery the youths as stored', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      await committed(store, change(lane, ref, 1));
      await committed(store, change(lane, ref, 2));
      const seen: number[] = [];
      await store.withCurrent(lane.org, [ref, newRef()], async (youths) => {
        seen.push(...youths.map((each) => each.version));
      });
      expect(seen).toEqual([2]);
    });
  });
}
