import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrganisationNumber } from '../../src/core/access/principal.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import type { NavRecords, NavWithdrawal, RowStanding } from '../../src/store/navPort.ts';
import type { Store } from '../../src/store/port.ts';
import type { RelayQueue, SubscriptionRecords } from '../../src/store/relayPort.ts';
import { agreementOf, NAV } from '../harness/agreement.ts';
import { change, claimed, committed, merging, newRef } from './commits.ts';
import { planned, subscriptionOf } from './relayCommits.ts';

export interface NavAndRelay {
  store: Store & NavRecords;
  queue: RelayQueue;
  records: SubscriptionRecords;
}

const EXTRACTED = '2026-11-02T08:00:00.000Z';
const NOON = '2026-11-03T12:00:00.000Z';
const EVENING = '2026-11-03T18:00:00.000Z';
const LIST = 'B-2026-11';
const STAYS: RowStanding = { left: false, next: null };
const LEFT: RowStanding = { left: true };

/** What every store promises the withdrawals of rows of NAV's lists. Each test uses an organisation of its own. */
export function navWithdrawalContract(create: () => Promise<NavAndRelay>): void {
  /** A finished list of so many youths, of one lane. */
  async function listed(youths: number) {
    const known = await create();
    const { store } = known;
    const lane = await claimed(store);
    const { org } = lane;
    const refs = Array.from({ length: youths }, newRef).sort();
    for (const ref of refs) await committed(store, change(lane, ref, 1));
    const agreement = agreementOf(org);
    await store.registerAgreement(agreement);
    const add = async (id: string) => {
      const batch = {
        org,
        id,
        agreement: agreement.id,
        recipient: NAV,
        extracted: EXTRACTED,
        requestedBy: 'a',
      };
      await store.openBatch(batch);
      await store.extractPage(org, id, 100, ({ ref }) => ({
        ...{ matchId: matchOf(ref, id), ref, consentVersion: 'v1', decision: randomUUID() },
      }));
      await store.finishBatch(org, id, {
        at: EXTRACTED,
        hash: Buffer.alloc(32, 1),
        csvHash: Buffer.alloc(32, 2),
        leaveOut: [],
      });
    };
    await add(LIST);
    const told: NavWithdrawal[] = [];
    const publish = (limit = 100) =>
      store.publishWithdrawals(org, limit, async (withdrawals) => void told.push(...withdrawals));
    return { ...known, lane, org, refs, add, told, publish };
  }
  const matchOf = (ref: PersonRef, list = LIST) => `m-${list}-${ref}`;
  /** Judges all as staying but these, and notes whom it judged. */
  const judging = (left: readonly PersonRef[], judged: PersonRef[] = [], limit = 100) => ({
    ...{ limit, at: NOON },
    judge({ ref }: { ref: PersonRef }) {
      judged.push(ref);
      return left.includes(ref) ? LEFT : STAYS;
    },
  });
  async function writtenAll(store: NavRecords, lane: Lane): Promise<void> {
    while (await store.sweepWritten(lane.org, judging([])));
  }

  describe('the sweep of what is written', () => {
    test('judges each youth once that is in a list and has been written since, and no other', async () => {
      const { store, lane, org, refs } = await listed(3);
      await writtenAll(store, lane);
      await committed(store, change(lane, refs[1]!, 2));
      await committed(store, change(lane, newRef(), 1));
      const judged: PersonRef[] = [];
      expect(await store.sweepWritten(org, judging([refs[1]!], judged))).toBe(true);
      expect(await store.sweepWritten(org, judging([], judged))).toBe(false);
      expect(judged).toEqual([refs[1]]);
      const [list] = await store.navBatches(org);
      expect(list?.withdrawn).toBe(1);
    });

    test('gives the extract moment of each list that a youth is in, and withdraws from each', async () => {
      const { store, lane, org, refs, add, told, publish } = await listed(2);
      await add('B-2026-12');
      await writtenAll(store, lane);
      await committed(store, change(lane, refs[0]!, 2));
      const moments: string[] = [];
      await store.sweepWritten(org, {
        ...{ limit: 10, at: NOON },
        judge(_youth, extracted) {
          moments.push(extracted);
          return LEFT;
        },
      });
      expect(moments).toEqual([EXTRACTED, EXTRACTED]);
      await publish();
      expect(told).toEqual([
        { batch: LIST, matchId: matchOf(refs[0]!), at: NOON },
        { batch: 'B-2026-12', matchId: matchOf(refs[0]!, 'B-2026-12'), at: NOON },
      ]);
    });

    test('goes through a lane page by page, also both halves of a merge, and then rests', async () => {
      const { store, lane, org, refs } = await listed(4);
      await writtenAll(store, lane);
      for (const ref of refs.slice(1)) await committed(store, change(lane, ref, 2));
      await committed(store, merging(lane, [{ ref: refs[0]!, version: 2, into: refs[1]! }], refs[1]!, 3));
      const judged: PersonRef[] = [];
      let turns = 0;
      while (await store.sweepWritten(org, judging([], judged, 2))) turns += 1;
      expect(new Set(judged)).toEqual(new Set(refs));
      expect(turns).toBeGreaterThan(1);
      expect(turns).toBeLessThan(5);
    });

    test('that fails has withdrawn nothing, and judges the same again', async () => {
      const { store, lane, org, refs, publish, told } = await listed(2);
      await writtenAll(store, lane);
      for (const ref of refs) await committed(store, change(lane, ref, 2));
      const killed = store.sweepWritten(org, {
        ...{ limit: 10, at: NOON },
        judge({ ref }) {
          if (ref === refs[1]) throw new Error('killed');
          return LEFT;
        },
      });
      await expect(killed).rejects.toThrow('killed');
      await store.sweepWritten(org, judging([refs[0]!]));
      await publish();
      expect(told.map(({ matchId }) => matchId)).toEqual([matchOf(refs[0]!)]);
    });
  });

  describe('the sweep of what time alone changes', () => {
    test('judges a row at the moment it was given, and not before or after', async () => {
      const { store, org, refs, publish, told } = await listed(2);
      const at = (moment: string, standing: RowStanding, judged: PersonRef[] = []) => ({
        ...{ limit: 10, at: moment },
        judge({ ref }: { ref: PersonRef }): RowStanding {
          judged.push(ref);
          return ref === refs[0] ? standing : STAYS;
        },
      });
      await store.sweepRows(org, LIST, { after: '', ...at(NOON, { left: false, next: EVENING }) });
      expect(await store.sweepDue(org, at('2026-11-03T17:59:59.999Z', LEFT))).toBe(0);
      const judged: PersonRef[] = [];
      expect(await store.sweepDue(org, at(EVENING, LEFT, judged))).toBe(1);
      expect(judged).toEqual([refs[0]]);
      expect(await store.sweepDue(org, at(EVENING, LEFT))).toBe(0);
      await publish();
      expect(told).toEqual([{ batch: LIST, matchId: matchOf(refs[0]!), at: EVENING }]);
    });

    test('judges all of a list once a day, page by page, without what is withdrawn', async () => {
      const { store, org, refs } = await listed(3);
      expect(await store.unsweptBatches(org, '2026-11-03')).toEqual([LIST]);
      const all = async (left: readonly PersonRef[]) => {
        const judged: PersonRef[] = [];
        for (let after: string | null = ''; after !== null; )
          after = await store.sweepRows(org, LIST, { after, ...judging(left, judged, 2) });
        return judged;
      };
      expect((await all([refs[2]!])).sort()).toEqual(refs);
      await store.noteSwept(org, LIST, '2026-11-03');
      expect(await store.unsweptBatches(org, '2026-11-03')).toEqual([]);
      expect(await store.unsweptBatches(org, '2026-11-04')).toEqual([LIST]);
      expect((await all([])).sort()).toEqual(refs.slice(0, 2));
    });

    test('does not see a list that is being made', async () => {
      const { store, org } = await listed(0);
      const batch = { org, id: 'B-2026-12', recipient: NAV, extracted: EXTRACTED, requestedBy: 'a' };
      const [agreement] = await store.agreements(org);
      await store.openBatch({ ...batch, agreement: agreement!.id });
      expect(await store.unsweptBatches(org, '2026-12-01')).toEqual([LIST]);
      expect(await store.sweepRows(org, 'B-2026-12', { after: '', ...judging([]) })).toBeNull();
    });
  });

  describe('what NAV is told on the topic', () => {
    test('is each withdrawal once, the oldest first, however it was found', async () => {
      const { store, lane, org, refs, told, publish } = await listed(3);
      const [one, two, three] = refs as [PersonRef, PersonRef, PersonRef];
      await store.sweepRows(org, LIST, { after: '', ...judging([two]) });
      const fetched = { after: '', limit: 100, at: EVENING, recipient: NAV };
      await store.judgePage(org, LIST, {
        ...fetched,
        judge: (youth) =>
          youth?.ref === three ? { may: true, consentVersion: 'v1' } : { may: false, later: false },
      });
      await store.judgePage(org, LIST, { ...fetched, judge: () => ({ may: false, later: true }) });
      await committed(store, change(lane, three, 2));
      await store.sweepWritten(org, judging(refs));
      expect([await publish(1), await publish(), await publish()]).toEqual([1, 2, 0]);
      expect(told).toEqual([
        { batch: LIST, matchId: matchOf(two), at: NOON },
        { batch: LIST, matchId: matchOf(one), at: EVENING },
        { batch: LIST, matchId: matchOf(three), at: NOON },
      ]);
    });

    test('is told again when publishing failed', async () => {
      const { store, org, refs, told, publish } = await listed(1);
      await store.sweepRows(org, LIST, { after: '', ...judging(refs) });
      const away = store.publishWithdrawals(org, 10, () => Promise.reject(new Error('away')));
      await expect(away).rejects.toThrow('away');
      expect([await publish(), told.length, await publish()]).toEqual([1, 1, 0]);
    });
  });

  describe('what NAV is called about', () => {
    const ALL = { state: null, after: null, limit: 1_000 } as const;
    async function calls({ records, queue }: NavAndRelay, { org, id }: Pick<Subscription, 'org' | 'id'>) {
      await planned(queue, org);
      return (await records.deliveries(org, id, ALL)).map(({ kind, ref, subject, eventId }) => ({
        ...{ kind, ref, subject, eventId },
      }));
    }
    const subscribed = async (
      { records }: NavAndRelay,
      org: Subscription['org'],
      changes: Partial<Subscription> = {},
    ) => {
      const wanted = { kinds: ['nav-withdrawal'] as const, orgnr: NAV, ...changes };
      const subscription = subscriptionOf(org, wanted);
      await records.addSubscription(subscription, []);
      return subscription;
    };
    const callOf = (ref: PersonRef) => ({
      ...{ kind: 'nav-withdrawal', ref: null, subject: `${LIST} ${matchOf(ref)}` },
      eventId: `nav-withdrawal/${LIST}/${matchOf(ref)}`,
    });

    test('is each withdrawal once, by list and match id', async () => {
      const known = await listed(3);
      const { store, org, refs } = known;
      const subscription = await subscribed(known, org);
      expect(await calls(known, subscription)).toEqual([]);
      await store.sweepRows(org, LIST, { after: '', ...judging([refs[1]!]) });
      expect(await calls(known, subscription)).toEqual([callOf(refs[1]!)]);
      await store.sweepRows(org, LIST, { after: '', ...judging([refs[0]!, refs[2]!]) });
      const last = await calls(known, subscription);
      expect(last).toHaveLength(3);
      expect(last).toEqual(expect.arrayContaining(refs.map(callOf)));
      expect(await calls(known, subscription)).toHaveLength(3);
    });

    test('is none to another organisation than the one that was given the list, or of another kind', async () => {
      const known = await listed(1);
      const { store, org, refs } = known;
      const other = await subscribed(known, org, { orgnr: '910000001' as OrganisationNumber });
      const alerts = await subscribed(known, org, { kinds: ['alert'] });
      const open = await subscribed(known, org, { orgnr: null });
      await store.sweepRows(org, LIST, { after: '', ...judging(refs) });
      expect(await calls(known, other)).toEqual([]);
      expect(await calls(known, alerts)).toEqual([]);
      expect(await calls(known, open)).toEqual([callOf(refs[0]!)]);
    });

    test('begins now behind what is withdrawn, and otherwise at its start or the year’s', async () => {
      const known = await listed(2);
      const { store, org, refs } = known;
      await store.sweepRows(org, LIST, { after: '', ...judging([refs[0]!]) });
      const now = await subscribed(known, org, { begins: 'now' });
      const all = await subscribed(known, org, { begins: 'all' });
      const year = await subscribed(known, org, { begins: 'school-year', beginsAt: EVENING });
      await store.sweepRows(org, LIST, { after: '', ...judging([refs[1]!]), at: EVENING });
      expect(await calls(known, now)).toEqual([callOf(refs[1]!)]);
      expect(await calls(known, all)).toHaveLength(2);
      expect(await calls(known, year)).toEqual([callOf(refs[1]!)]);
    });
  });
}
