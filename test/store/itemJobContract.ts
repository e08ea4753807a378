import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import { type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import type { BulkRecords, NewItemJob } from '../../src/store/bulkPort.ts';
import type { Store } from '../../src/store/port.ts';
import { newOrg } from './commits.ts';

const at = (minutes: number): IsoInstant => instantOf(Date.UTC(2026, 10, 22, 6, 21) + minutes * 60_000);
const ALL = ['waiting', 'sending', 'sent', 'done', 'failed', 'left'] as const;

export const itemJobOf = (org: OrgId, group = 'a1'): NewItemJob => ({
  ...{ id: randomUUID(), org, group, later: 2, reason: 'Koden er gammel.', sender: 'person:1', by: 'Drift' },
  maker: { kind: 'machine', consumer: '889640782', scopes: ['ot/quarantine.write'] },
  ...{ act: { type: 'mend', field: 'avbruddsarsak', value: 'FV' }, created: at(0) },
});

/** What every implementation of jobs on groups of operations promises. */
export function itemJobContract(create: () => Promise<BulkRecords & Pick<Store, 'claim'>>): void {
  const world = async (count = 3) => {
    const store = await create();
    const org = newOrg();
    await store.claim({ org, topic: `${org}.ot.event.school-dropout`, partition: 0 });
    const items = Array.from({ length: count }, () => randomUUID());
    const job = itemJobOf(org);
    expect(await store.addItemJob(job, items)).toBe(true);
    const held = { id: job.id, by: randomUUID() };
    const all = (after = 0, limit = 10) => store.jobItems(org, job.id, { states: ALL, after, limit });
    const hold = (minute = 0) =>
      store.leaseBulk([org], { by: held.by, now: at(minute), until: at(minute + 5) });
    return { store, org, items, job, held, all, hold, read: () => store.itemJob(org, job.id) };
  };

  describe('a job on a group of operations', () => {
    test('runs from when it is made, with its items in order', async () => {
      const { read, job, all, items, hold } = await world();
      const whole = {
        ...{ ...job, state: 'running', trouble: null, begun: at(0), ended: null },
        tally: [{ state: 'waiting', why: null, count: 3 }],
      };
      expect(await read()).toEqual(whole);
      expect(await all()).toEqual(
        items.map((item, index) => ({ number: index + 1, item, state: 'waiting', problem: null })),
      );
      expect((await all(1, 1)).map(({ number }) => number)).toEqual([2]);
      expect(await hold()).toEqual(whole);
    });

    test('is no job on youths, and of no other organisation', async () => {
      const { store, org, job } = await world();
      expect(await store.bulk(org, job.id)).toBeUndefined();
      expect(await store.bulks(org, { after: null, limit: 5 })).toEqual([]);
      const { org: other } = await world();
      expect(await store.itemJob(other, job.id)).toBeUndefined();
      expect(await store.jobItems(other, job.id, { states: ALL, after: 0, limit: 5 })).toEqual([]);
      expect((await store.runningItemJob(other, job.group))?.id).not.toBe(job.id);
      expect(await store.moveBulk(other, job.id, 'paused', at(1))).toBe(false);
    });

    test('is the only one that runs on its group', async () => {
      const { store, org, job } = await world();
      const again = itemJobOf(org);
      expect(await store.addItemJob(again, [randomUUID()])).toBe(false);
      expect(await store.itemJob(org, again.id)).toBeUndefined();
      expect((await store.runningItemJob(org, job.group))?.id).toBe(job.id);
      expect(await store.addItemJob(itemJobOf(org, 'b2'), [randomUUID()])).toBe(true);
      await store.moveBulk(org, job.id, 'paused', at(1));
      expect(await store.runningItemJob(org, job.group)).toBeUndefined();
      expect(await store.addItemJob(again, [randomUUID()])).toBe(true);
    });

    test('keeps what is begun, and is taken over where another died', async () => {
      const { store, org, job, held, hold, all, read } = await world();
      await hold();
      const rows = [1, 2].map((number) => ({ number, row: null }));
      expect(await store.sendMembers(held, { receipt: null, rows })).toBe(true);
      const other = { id: job.id, by: randomUUID() };
      const taken = await store.leaseBulk([org], { by: other.by, now: at(6), until: at(11) });
      expect(taken?.id).toBe(job.id);
      expect((await all()).map(({ state }) => state)).toEqual(['sending', 'sending', 'waiting']);
      const problem = { code: 'ALREADY_SETTLED', text: 'Posten er alt sendt.' };
      const failed = { number: 2, state: 'failed', why: 'TURNED_AWAY', problems: [problem] } as const;
      const done = { state: 'done', why: null, problems: [] } as const;
      expect(await store.settleMembers(held, [failed])).toBe(false);
      expect(await store.settleMembers(other, [{ number: 1, ...done }, failed])).toBe(true);
      expect(await all()).toMatchObject([
        { state: 'done', problem: null },
        { problem },
        { state: 'waiting' },
      ]);
      await store.settleMembers(other, [{ number: 3, ...done }]);
      await store.returnBulk(other, { at: at(7), trouble: null });
      expect(await read()).toMatchObject({ state: 'done', ended: at(7) });
      expect(await hold(8)).toBeUndefined();
    });

    test('is paused where its process stops it, but not when nothing is left of it', async () => {
      const { store, held, hold, read } = await world(1);
      await hold();
      await store.returnBulk(held, { at: at(1), trouble: null, stops: true });
      expect(await read()).toMatchObject({ state: 'paused', ended: null });
      expect(await hold(2)).toBeUndefined();
      const last = await world(1);
      await last.hold();
      await last.store.settleMembers(last.held, [{ number: 1, state: 'done', why: null, problems: [] }]);
      await last.store.returnBulk(last.held, { at: at(1), trouble: null, stops: true });
      expect(await last.read()).toMatchObject({ state: 'done' });
    });
  });
}
