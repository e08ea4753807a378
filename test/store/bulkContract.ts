import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import type { BulkLease, BulkRecords, ChosenMember, LeftWhy, NewBulkJob } from '../../src/store/bulkPort.ts';
import type { Store } from '../../src/store/port.ts';
import { newOrg } from './commits.ts';

type AnyBulk = BulkRecords & Pick<Store, 'claim'>;

const at = (minutes: number): IsoInstant => instantOf(Date.UTC(2026, 10, 22, 6, 21) + minutes * 60_000);
const lease = (by: string, minute = 0): BulkLease => ({ by, now: at(minute), until: at(minute + 5) });
const ALL = ['waiting', 'sending', 'sent', 'done', 'failed', 'left'] as const;

const member = (number: number, left: LeftWhy | null = null): ChosenMember => ({
  ...{ number, ref: personRef(randomUUID()), version: 3, schoolYear: '2026-27', code: null, left },
});

export const jobOf = (org: OrgId, minute = 0): NewBulkJob => ({
  ...{ id: randomUUID(), org, reason: 'Brev er sendt til alle.', sender: 'person:1', by: 'Leder', shown: 4 },
  maker: { kind: 'person', person: 'a1', orgnrs: ['889640782'], groups: ['ot'] },
  filter: { list: 'no-contact', owner: '40200', kind: null, deadline: null, group: null },
  act: { type: 'contact', date: '2026-11-20', channel: 'BREV' },
  ...{ created: at(minute), asOf: at(minute - 1), position: new Map([[7, 2n ** 60n]]) },
});

/** What every implementation of jobs on youths promises. */
export function bulkContract(create: () => Promise<AnyBulk>): void {
  const world = async (
    members: ChosenMember[] = [member(1), member(2), member(3), member(4, 'CAME_AFTER')],
  ) => {
    const store = await create();
    const org = newOrg();
    await store.claim({ org, topic: `${org}.ot.event.ot-adviser`, partition: 0 });
    const job = jobOf(org);
    await store.addBulk(job, members);
    const read = () => store.bulk(org, job.id);
    const all = () => store.bulkMembers(org, job.id, { states: ALL, after: 0, limit: 10 });
    const held = { id: job.id, by: randomUUID() };
    const hold = (minute = 0) => store.leaseBulk([org], lease(held.by, minute));
    return { store, org, job, members, read, all, held, hold };
  };

  describe('a job on youths', () => {
    test('is paused when it is made, with its members in order', async () => {
      const { job, members, read, all } = await world();
      expect(await read()).toEqual({
        ...job,
        ...{ state: 'paused', trouble: null, begun: null, ended: null },
        tally: [
          { state: 'waiting', why: null, count: 3 },
          { state: 'left', why: 'CAME_AFTER', count: 1 },
        ],
      });
      const none = { receipt: null, receiptRow: null, problems: [] };
      expect(await all()).toEqual(
        members.map(({ left, ...each }) => ({
          ...{ ...each, ...none, why: left, state: left === null ? 'waiting' : 'left' },
        })),
      );
    });

    test('of another organisation is not there, and is not moved', async () => {
      const { store, job, read } = await world();
      const { org: other } = await world();
      expect(await store.bulk(other, job.id)).toBeUndefined();
      expect(await store.bulkMembers(other, job.id, { states: ALL, after: 0, limit: 10 })).toEqual([]);
      expect(await store.moveBulk(other, job.id, 'running', at(1))).toBe(false);
      expect((await store.bulks(other, { after: null, limit: 10 })).map(({ id }) => id)).not.toContain(
        job.id,
      );
      expect(await store.leaseBulk([other], lease(randomUUID()))).toBeUndefined();
      expect((await read())?.state).toBe('paused');
    });

    test('is listed with the others, the newest first, page by page', async () => {
      const { store, org, job } = await world();
      const later = [jobOf(org, 2), jobOf(org, 3)];
      for (const each of later) await store.addBulk(each, []);
      const first = await store.bulks(org, { after: null, limit: 2 });
      expect(first.map(({ id }) => id)).toEqual([later[1]?.id, later[0]?.id]);
      const rest = await store.bulks(org, { after: first[1] ?? null, limit: 2 });
      expect(rest.map(({ id }) => id)).toEqual([job.id]);
    });

    test('shows its members page by page, of the states asked for', async () => {
      const { store, org, job } = await world();
      const page = (after: number) =>
        store.bulkMembers(org, job.id, { states: ['waiting'], after, limit: 2 });
      expect((await page(0)).map(({ number }) => number)).toEqual([1, 2]);
      expect((await page(2)).map(({ number }) => number)).toEqual([3]);
    });

    test('is worked on by one process at a time, and by another when the lease has run out', async () => {
      const { store, org, job, held, hold } = await world();
      expect(await hold()).toBeUndefined();
      await store.moveBulk(org, job.id, 'running', at(0));
      expect((await hold())?.id).toBe(job.id);
      const other = randomUUID();
      expect(await store.leaseBulk([org], lease(other, 4))).toBeUndefined();
      expect((await store.leaseBulk([org], lease(other, 5)))?.id).toBe(job.id);
      const sending = { receipt: randomUUID(), rows: [{ number: 1, row: 1 }] };
      expect(await store.sendMembers(held, sending)).toBe(false);
      expect(await store.settleMembers(held, [{ number: 1, state: 'done', why: null, problems: [] }])).toBe(
        false,
      );
      expect(await store.returnBulk(held, { at: at(6), trouble: null })).toBe(false);
      expect(await store.sendMembers({ id: job.id, by: other }, sending)).toBe(true);
    });

    test('that is stopped sends nothing more, and is still held until what was sent is decided', async () => {
      const { store, org, job, all, held, hold, read } = await world();
      await store.moveBulk(org, job.id, 'running', at(1));
      await hold();
      const receipt = randomUUID();
      await store.sendMembers(held, { receipt, rows: [{ number: 2, row: 1 }] });
      await store.settleMembers(held, [{ number: 2, state: 'sent', why: null, problems: [] }]);
      await store.moveBulk(org, job.id, 'paused', at(2));
      expect(await store.sendMembers(held, { receipt, rows: [{ number: 3, row: 1 }] })).toBe(false);
      await store.returnBulk(held, { at: at(2), trouble: null });
      expect((await hold(3))?.state).toBe('paused');
      await store.settleMembers(held, [{ number: 2, state: 'done', why: null, problems: [] }]);
      await store.returnBulk(held, { at: at(3), trouble: null });
      expect(await hold(4)).toBeUndefined();
      expect((await all()).map(({ state }) => state)).toEqual(['waiting', 'done', 'waiting', 'left']);
      expect((await all())[1]).toMatchObject({ receipt, receiptRow: 1 });
      expect(await read()).toMatchObject({ state: 'paused', begun: at(1), ended: null });
    });

    test('is done when every member has its outcome, which it keeps', async () => {
      const { store, org, job, all, held, hold, read } = await world();
      await store.moveBulk(org, job.id, 'running', at(1));
      await hold();
      const problem = { code: 'INVALID_DATE', field: 'dato', text: 'Feil dato.', cure: 'Rett den.' } as const;
      await store.settleMembers(held, [
        { number: 1, state: 'done', why: null, problems: [] },
        { number: 2, state: 'failed', why: 'TURNED_AWAY', problems: [problem] },
      ]);
      await store.returnBulk(held, { at: at(2), trouble: 'KAFKA_SLOW' });
      expect(await read()).toMatchObject({ state: 'running', trouble: 'KAFKA_SLOW' });
      await hold(3);
      await store.settleMembers(held, [
        { number: 1, state: 'failed', why: 'CHANGED', problems: [] },
        { number: 3, state: 'failed', why: 'CHANGED', problems: [] },
      ]);
      await store.returnBulk(held, { at: at(4), trouble: null });
      expect((await all()).map(({ why }) => why)).toEqual([null, 'TURNED_AWAY', 'CHANGED', 'CAME_AFTER']);
      expect((await all())[1]?.problems).toEqual([problem]);
      expect(await read()).toMatchObject({ state: 'done', trouble: null, ended: at(4) });
      expect((await read())?.tally).toEqual([
        { state: 'done', why: null, count: 1 },
        { state: 'failed', why: 'CHANGED', count: 1 },
        { state: 'failed', why: 'TURNED_AWAY', count: 1 },
        { state: 'left', why: 'CAME_AFTER', count: 1 },
      ]);
      expect(await store.moveBulk(org, job.id, 'running', at(5))).toBe(false);
    });

    test('is paused by what stops it, and says so until it is begun again', async () => {
      const { store, org, job, held, hold, read } = await world();
      await store.moveBulk(org, job.id, 'running', at(1));
      await hold();
      await store.returnBulk(held, { at: at(2), trouble: 'NOT_PERMITTED', stops: true });
      expect(await read()).toMatchObject({ state: 'paused', trouble: 'NOT_PERMITTED', maker: job.maker });
      expect(await hold(3)).toBeUndefined();
      await store.moveBulk(org, job.id, 'running', at(4));
      expect(await read()).toMatchObject({ state: 'running', trouble: null });
    });

    test('takes turns with the others', async () => {
      const { store, org, job, held } = await world();
      const other = jobOf(org, 1);
      await store.addBulk(other, [member(1)]);
      for (const { id } of [job, other]) await store.moveBulk(org, id, 'running', at(2));
      const taken: (string | undefined)[] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const next = await store.leaseBulk([org], lease(held.by, 3));
        taken.push(next?.id);
        await store.returnBulk({ id: next?.id ?? '', by: held.by }, { at: at(3), trouble: null });
      }
      expect(taken).toEqual([job.id, other.id, job.id, other.id]);
    });
  });
}
