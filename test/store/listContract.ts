import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ListEnvelope } from '../../src/core/feedAdapter.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { ListRow } from '../../src/store/port.ts';
import {
  type AnyStore,
  AT,
  batch,
  CONCLUDED,
  claimed,
  committed,
  listRow,
  merging,
  newRef,
} from './commits.ts';

// What every store promises of lists: which rows it has seen, and of which list.

const minutes = (count: number) => new Date(Date.parse(AT) + count * 60_000).toISOString();

export function listContract(create: () => Promise<AnyStore>): void {
  describe('lists in the store', () => {
    /** A lane, and what it commits row by row or all in one. */
    async function started() {
      const store = await create();
      const lane = await claimed(store);
      const envelope = (run: string, total: number | null): ListEnvelope => ({
        ...{ list: 'laktiv', run, type: 'FULL', total },
      });
      let offset = 0n;
      const row = (
        run: string,
        total: number,
        key: string,
        ref: PersonRef | null,
        changes: Partial<ListRow> = {},
      ) => listRow(envelope(run, total), key, ref, { offset: offset++, ...changes });
      const send = async (...listRows: ListRow[]) =>
        committed(store, batch(lane, lane.nextOffset + 1n, { listRows }));
      const state = async (run: string) => store.list(lane.org, 'laktiv', run);
      const complete = async () =>
        (await store.completeLists()).filter(({ org }) => org === lane.org).map(({ run }) => run);
      return { store, lane, org: lane.org, row, send, state, complete };
    }

    const bad = (nameless: string | null) => ({ nameless, quarantine: randomUUID() });

    test('count a broken row, and one that repeats another under its own number', async () => {
      const { row, send, state, complete, store, org } = await started();
      const [one, two] = [newRef(), newRef()];
      const broken = bad('14');
      await send(
        row('r', 4, 'one', one, { number: 1 }),
        row('r', 4, 'one', one, { number: 2 }),
        row('r', 4, 'one', one, { number: 2 }),
        row('r', 4, 'broken', null, { number: 3, ...broken }),
      );
      expect(await complete()).toEqual([]);
      await send(row('r', 4, 'stranger', null, { number: 4, ...bad(null) }));
      expect(await state('r')).toMatchObject({ seen: 4, records: 4, bad: 2, nameless: 1 });
      await send(row('r', 4, 'known', two, { number: 5, ...bad(null) }));
      const [list] = (await store.completeLists()).filter((each) => each.org === org);
      expect(list).toMatchObject({ nameless: ['14'], bad: 3 });
      expect(list?.refs.toSorted()).toEqual([one, two].toSorted());
      expect(await store.surplusLists(org)).toEqual([{ list: 'laktiv', run: 'r', records: 1 }]);
      await send(row('r', 4, 'one', one, { number: 6 }));
      expect(await store.surplusLists(org)).toMatchObject([{ records: 1 }]);
      await store.markSurplusReported(org, 'laktiv', 'r', 1);
      expect(await store.surplusLists(org)).toEqual([]);
    });

    test('are one list and whole, however many lanes commit their rows at the same time', async () => {
      const { store, org, complete } = await started();
      const lanes = await Promise.all([1, 2, 3].map((partition) => claimed(store, org, partition)));
      for (let n = 0; n < 60; n += 1) {
        const envelope = { list: 'laktiv', run: `r-${n}`, type: 'FULL', total: 6 } as const;
        const rows = (at: number) =>
          [1, 2].map((k) =>
            listRow(envelope, `${at}/${k}`, newRef(), {
              number: 2 * at + k,
              received: minutes(n * 1_440),
            }),
          );
        await Promise.all(
          lanes.map((lane, at) =>
            committed(store, batch(lane, lane.nextOffset + 1n, { listRows: rows(at) })),
          ),
        );
      }
      expect(await complete()).toHaveLength(60);
    });

    test('are whole by repeated rows without a number only when none has come for a while', async () => {
      const { row, send, complete, store, org } = await started();
      const one = newRef();
      await send(row('r', 2, 'one', one), row('r', 2, 'one', one, { received: minutes(1) }));
      await store.closeQuietLists(org, AT);
      expect(await complete()).toEqual([]);
      expect(await store.closeQuietLists(org, minutes(1))).toBe(1);
      expect(await complete()).toEqual(['r']);
    });

    test('are not whole when there are more rows than announced, however often one is repeated', async () => {
      const { row, send, complete, store, org, state } = await started();
      await send(...['a', 'b', 'c'].map((key) => row('r', 2, key, newRef())));
      expect(await store.closeQuietLists(org, minutes(1))).toBe(0);
      expect(await complete()).toEqual([]);
      expect(await state('r')).toMatchObject({ seen: 3, total: 2 });
    });

    test('of two nights under one id are two, in either order and in one batch', async () => {
      const night = (count: number) => minutes(count * 24 * 60);
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        const { row, send, complete } = await started();
        const [one, two] = [newRef(), newRef()];
        for (const n of order) await send(row('r', 2, 'one', one, { received: night(n) }));
        expect(await complete()).toEqual([]);
        await send(...order.map((n) => row('r', 2, 'two', two, { received: night(n) })));
        expect((await complete()).toSorted()).toEqual(['r', 'r~2']);
      }
    });

    test('take a late row that says something new, as long as they are not whole', async () => {
      const { row, send, complete } = await started();
      await send(row('r', 2, 'one', newRef()));
      await send(row('r', 2, 'two', newRef(), { received: minutes(30 * 60) }));
      expect(await complete()).toEqual(['r']);
    });

    test('are judged by when they began; a newer one that was concluded makes an older one outdated', async () => {
      const { row, send, store, org, state } = await started();
      await send(row('old', 2, 'one', newRef()));
      await send(row('new', 1, 'one', newRef(), { received: minutes(1) }));
      await store.concludeList(org, 'laktiv', 'new', CONCLUDED);
      await send(row('old', 2, 'two', newRef(), { received: minutes(2) }));
      const [list] = (await store.completeLists()).filter((each) => each.org === org);
      expect(list).toMatchObject({ run: 'old', opened: AT, completed: minutes(2), outdated: true });
      if (list === undefined) throw new Error('no list');
      expect(await store.pastLists(org, 'laktiv', 2, list)).toEqual([]);
      expect((await state('old'))?.outdated).toBe(true);
      expect((await store.lists(org, { list: 'laktiv', limit: 9 })).map(({ run }) => run)).toEqual([
        'new',
        'old',
      ]);
    });

    test('put a mended row in the broken one’s place, and name who has come late to a concluded list', async () => {
      const { row, send, store, org, state } = await started();
      const [one, two, three] = [newRef(), newRef(), newRef()];
      const broken = bad('14');
      await send(row('r', 2, 'one', one), row('r', 2, 'broken', null, broken));
      await store.concludeList(org, 'laktiv', 'r', CONCLUDED);
      await send(row('other', 9, 'two', two, { replayOf: broken.quarantine, received: minutes(3_000) }));
      expect(await state('r')).toMatchObject({ seen: 2, bad: 0, surplus: 0 });
      expect(await state('other')).toBeUndefined();
      expect(await store.lateLists(org)).toEqual([{ list: 'laktiv', run: 'r', completed: AT, refs: [two] }]);
      await store.markLateReported(org, 'laktiv', 'r', [two]);
      expect(await store.lateLists(org)).toEqual([]);
      await send(row('r', 2, 'one again', one), row('r', 2, 'three', three));
      expect(await store.lateLists(org)).toMatchObject([{ refs: [three] }]);
    });

    test('name who came between judging and noting that it was judged', async () => {
      const { row, send, store, org } = await started();
      const [one, two] = [newRef(), newRef()];
      await send(row('r', 1, 'one', one));
      await send(row('r', 1, 'two', two));
      await store.concludeList(org, 'laktiv', 'r', { ...CONCLUDED, refs: [one] });
      expect(await store.lateLists(org)).toMatchObject([{ refs: [two] }]);
    });

    test('name who came between the two under the reference of now, until it is reported', async () => {
      const { row, send, store, lane, org } = await started();
      const [gone, into, other] = [newRef(), newRef(), newRef()];
      await send(row('r', 2, 'gone', gone), row('r', 2, 'other', other));
      await committed(store, merging(lane, [{ ref: gone, version: 1, into }], into, 1));
      // Judged under the reference of both numbers, the one is not late.
      await store.concludeList(org, 'laktiv', 'r', { ...CONCLUDED, refs: [into, other] });
      expect(await store.lateLists(org)).toEqual([]);
      await store.concludeList(org, 'laktiv', 'r', { ...CONCLUDED, refs: null });
      expect(await store.lateLists(org)).toEqual([]);
      await store.concludeList(org, 'laktiv', 'r', { ...CONCLUDED, refs: [other] });
      expect(await store.lateLists(org)).toMatchObject([{ refs: [into] }]);
      await store.markLateReported(org, 'laktiv', 'r', [other]);
      expect(await store.lateLists(org)).toMatchObject([{ refs: [into] }]);
      await store.markLateReported(org, 'laktiv', 'r', [into]);
      expect(await store.lateLists(org)).toEqual([]);
    });

    test('remember who is in doubt under the reference of now, and forget it when judged again', async () => {
      const { row, send, store, lane, org } = await started();
      const [gone, into] = [newRef(), newRef()];
      await send(row('r', 1, 'one', newRef()));
      const doubtful = [{ ref: gone, base: ['14'] }];
      await store.concludeList(org, 'laktiv', 'r', { ...CONCLUDED, doubtful });
      await committed(store, merging(lane, [{ ref: gone, version: 1, into }], into, 1));
      expect(await store.pastLists(org, 'laktiv', 1, null)).toMatchObject([
        { doubtful: [{ ref: into, base: ['14'] }] },
      ]);
      await store.concludeList(org, 'laktiv', 'r', CONCLUDED);
      expect(await store.pastLists(org, 'laktiv', 1, null)).toMatchObject([{ doubtful: [] }]);
    });

    test('are judged again by what a person says, if they are unchanged since', async () => {
      const { row, send, store, org, state, complete } = await started();
      await send(row('r', 1, 'one', newRef()));
      await store.concludeList(org, 'laktiv', 'r', {
        ...CONCLUDED,
        verdict: 'refused',
        reason: 'LIST_SHRUNK',
      });
      const said = { who: 'loopback', reason: 'Riktig.', recorded: minutes(5) };
      const act = { ...said, org, list: 'laktiv', run: 'r' };
      expect(await store.actOnList({ ...act, act: 'confirm', seen: 'concluded' })).toBe(false);
      expect(await store.actOnList({ ...act, act: 'confirm', seen: 'refused' })).toBe(true);
      expect(await complete()).toEqual(['r']);
      expect(await state('r')).toMatchObject({ verdict: null, acts: [{ ...said, act: 'confirm' }] });
      await send(row('s', 3, 'one', newRef()));
      expect(await store.actOnList({ ...act, run: 's', act: 'conclude', seen: null })).toBe(true);
      const lists = (await store.completeLists()).filter((each) => each.org === org);
      expect(await store.completeLists(async () => [])).toEqual([]);
      const chosen = await store.completeLists(async (heads) =>
        heads.filter((each) => each.org === org).slice(0, 1),
      );
      expect(chosen).toEqual(lists.slice(0, 1));
      expect(lists.map(({ run, confirmed, vouched }) => [run, confirmed, vouched])).toEqual([
        ['r', true, false],
        ['s', false, true],
      ]);
      expect(await store.actOnList({ ...act, run: 's', act: 'drop', seen: null })).toBe(true);
      expect(await complete()).toEqual(['r']);
    });

    test('are reported on the receipt of the submission, which is final when they are judged', async () => {
      const { row, send, store, org } = await started();
      const receipt = randomUUID();
      await store.openReceipt({
        ...{ id: receipt, org, feed: 'apprenticeship', rows: 0, idempotencyKey: null, received: AT },
        sender: 'loopback',
        institution: null,
        bodyHash: Buffer.alloc(1),
      });
      await send(row('r', 1, 'one', newRef(), { receipt, number: 1 }));
      expect(await store.receipt(org, receipt)).toMatchObject({
        final: false,
        lists: [{ run: 'r', seen: 1 }],
      });
      await store.concludeList(org, 'laktiv', 'r', CONCLUDED);
      expect(await store.receipt(org, receipt)).toMatchObject({
        final: true,
        lists: [{ verdict: 'concluded' }],
      });
    });
  });
}
