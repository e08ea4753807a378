import { describe, expect, test } from 'vitest';
import { appliedRecord } from '../../src/pipeline/writes.ts';
import type { Commit } from '../../src/store/port.ts';
import { ALERT } from '../api/seed.ts';
import { type AnyStore, AT, batch, change, claimed, committed, merging, newOrg, newRef } from './commits.ts';

/** What every store shows its readers of alerts and of youths asked for by reference. */
export function queriesContract(create: () => Promise<AnyStore>): void {
  describe('the reader', () => {
    test('gives records that raised alerts from the newest back, page after page, each once', async () => {
      const store = await create();
      const lane = await claimed(store);
      const raised: string[] = [];
      for (const [at, alert] of [true, false, true, true, true].entries()) {
        const commit = change(lane, newRef(), 1);
        const [{ offset, ref, version, previous }] = commit.applied as [Commit['applied'][number]];
        const recorded = at < 3 ? AT : '2026-10-08T07:12:00.000Z';
        const events = alert ? [{ type: 'AlertRaised' as const, alert: ALERT }] : [];
        commit.applied = [appliedRecord({ offset, ref, version, previous, recorded, events })];
        await committed(store, commit);
        if (alert) raised.unshift(ref);
      }
      const seen: string[] = [];
      for (let page = await store.latestAlerts(lane.org, 3); page.length > 0; ) {
        seen.push(...page.map(({ ref }) => ref));
        page = await store.latestAlerts(lane.org, 3, page.at(-1));
      }
      expect(seen).toEqual(raised);
      expect(await store.latestAlerts(newOrg(), 3)).toEqual([]);
    });

    test('knows whether anything was recorded at or before an instant, of one organisation alone', async () => {
      const store = await create();
      const lane = await claimed(store);
      expect(await store.hasRecords(lane.org, AT)).toBe(false);
      await committed(store, change(lane, newRef(), 1));
      expect(await store.hasRecords(lane.org, AT)).toBe(true);
      expect(await store.hasRecords(lane.org, '2000-01-01T00:00:00.000Z')).toBe(false);
      expect(await store.hasRecords(newOrg(), AT)).toBe(false);
    });

    test('knows when the last record with an effect came, by topic, of one organisation alone', async () => {
      const store = await create();
      const lane = await claimed(store);
      expect(await store.latestRecords(lane.org)).toEqual(new Map());
      const moments = [AT, '2026-10-08T07:12:00.000Z', '2026-10-08T07:11:00.000Z'];
      for (const [at, recorded] of moments.entries()) {
        const commit = change({ ...lane, nextOffset: lane.nextOffset + BigInt(at) }, newRef(), 1);
        const [{ offset, ref, version, previous }] = commit.applied as [Commit['applied'][number]];
        commit.applied = [appliedRecord({ offset, ref, version, previous, recorded, events: [] })];
        await committed(store, commit);
      }
      // The last in the lane, whatever its moment.
      expect(await store.latestRecords(lane.org)).toEqual(new Map([[lane.topic, moments.at(-1)]]));
      expect(await store.latestRecords(newOrg())).toEqual(new Map());
    });

    test('finds youths by reference, merged ones under what they were called, and no strangers', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [goes, stays] = [newRef(), newRef()];
      await committed(store, change(lane, goes, 1));
      await committed(store, merging(lane, [{ ref: goes, version: 2, into: stays }], stays, 1));
      const found = await store.youthsNamed(lane.org, [goes, stays, newRef()]);
      expect(new Map([...found].map(([asked, { ref }]) => [asked, ref]))).toEqual(
        new Map([
          [goes, stays],
          [stays, stays],
        ]),
      );
      expect(await store.youthsNamed(newOrg(), [stays])).toEqual(new Map());
    });

    test('gives committed records after a place in each lane, with their youths’ records before', async () => {
      const store = await create();
      const org = newOrg();
      const [one, two] = [await claimed(store, org, 0), await claimed(store, org, 1)];
      const [goes, stays] = [newRef(), newRef()];
      await committed(store, change(one, goes, 1));
      await committed(store, change(one, stays, 1));
      await committed(store, change(two, stays, 2, null, { lane: one.id, offset: 1n }));
      // An offset without an event, and then a merge.
      await committed(store, batch(one, one.nextOffset + 1n));
      const merge = merging(one, [{ ref: goes, version: 2, into: stays }], stays, 3);
      const before = new Map([
        [goes, { lane: one.id, offset: 0n }],
        [stays, { lane: two.id, offset: 0n }],
      ]);
      merge.applied = merge.applied.map((each) => ({ ...each, previous: before.get(each.ref) ?? null }));
      await committed(store, merge);
      const at = async (from: [number, bigint][], limit = 10) => {
        const { records } = await store.committed(org, new Map(from), limit);
        return records.map(({ lane, offset, version, previous }) => [lane, offset, version, previous]);
      };
      const first = [one.id, 0n, 1, null];
      const second = [one.id, 1n, 1, null];
      const other = [two.id, 0n, 2, { lane: one.id, offset: 1n }];
      expect(await at([], 1)).toEqual([first, other]);
      expect(await at([[one.id, 1n]], 1)).toEqual([second, other]);
      // Both halves come together though only one was asked for.
      const halves = await at(
        [
          [one.id, 2n],
          [two.id, 1n],
        ],
        1,
      );
      expect(halves.map(([lane, offset]) => [lane, offset])).toEqual([
        [one.id, 3n],
        [one.id, 3n],
      ]);
      expect(
        await at([
          [one.id, 4n],
          [two.id, 1n],
        ]),
      ).toEqual([]);
      const { lanes } = await store.committed(org, new Map(), 1);
      expect(lanes).toEqual([
        { id: one.id, nextOffset: 4n },
        { id: two.id, nextOffset: 1n },
      ]);
      expect((await store.heads()).filter((head) => head.org === org).sort((a, b) => a.id - b.id)).toEqual(
        lanes.map((lane) => ({ org, ...lane })),
      );
      expect(await store.committed(newOrg(), new Map(), 10)).toEqual({ lanes: [], records: [] });
      const histories = await store.histories(org, [goes, stays, newRef()]);
      expect(histories.get(goes)?.map(({ version }) => version)).toEqual([1, 2]);
      expect(histories.get(stays)?.map(({ version }) => version)).toEqual([1, 2, 3]);
      expect(histories.size).toBe(2);
      expect(await store.histories(newOrg(), [stays])).toEqual(new Map());
    });

    test('knows how far an alert has come: the first report of each, in whatever order reports come', async () => {
      const store = await create();
      const org = newOrg();
      const [ref, other] = [newRef(), newRef()];
      const note = (day: number, state: 'opened' | 'handled', about = ref, cause = 'c1') =>
        store.noteProgress({ org, ref: about, cause, state, at: `2026-10-0${day}T08:00:00.000Z` });
      await note(5, 'opened');
      await note(4, 'opened');
      await note(6, 'opened');
      await note(7, 'handled');
      await note(8, 'handled');
      // Only reported as handled: opened then at the latest.
      await note(3, 'handled', other, 'c2');
      const on = (day: number) => `2026-10-0${day}T08:00:00.000Z`;
      const first = { ref, cause: 'c1', delivered: null, opened: on(4), handled: on(7) };
      expect(await store.alertProgress(org, [ref])).toEqual([first]);
      const all = await store.alertProgress(org, null);
      expect(all).toHaveLength(2);
      expect(all).toContainEqual({ ref: other, cause: 'c2', delivered: null, opened: on(3), handled: on(3) });
      expect(await store.alertProgress(org, [])).toEqual([]);
      expect(await store.alertProgress(newOrg(), null)).toEqual([]);
    });
  });
}
