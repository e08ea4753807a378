import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProtected, unitsOf } from '../../src/core/access/reach.ts';
import type { Lane } from '../../src/core/lane.ts';
import { letterList, numbered, placeOfLine } from '../../src/core/letters/keptLetters.ts';
import { LETTERS } from '../../src/core/letters/letter.ts';
import { LETTER_IDS, type LetterId } from '../../src/core/letters/letterId.ts';
import { mailingScope, ownLines } from '../../src/core/letters/mailing.ts';
import { countyNumber, type OrgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { defaultPolicy, type Policy } from '../../src/core/policy.ts';
import { daysAfter } from '../../src/core/time/calendar.ts';
import type { IsoDate } from '../../src/core/time/date.ts';
import { progressIn } from '../../src/core/worklist/alertProgress.ts';
import { startKeeping } from '../../src/core/worklist/kept.ts';
import { placeOf, type RowPlace } from '../../src/core/worklist/row.ts';
import { WORKLIST_IDS, type WorklistId } from '../../src/core/worklist/worklistId.ts';
import { startWorklist, WORKLISTS } from '../../src/core/worklist/worklists.ts';
import { caseOf } from '../../src/core/worklist/youthCase.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import { followWork, workRules } from '../../src/jobs/worklists/followWork.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import type { Operations } from '../../src/store/operationsPort.ts';
import type { Store } from '../../src/store/port.ts';
import type { Queries } from '../../src/store/queriesPort.ts';
import {
  ALL_WORK,
  type WorkOrder,
  type WorkPageAsked,
  type WorkProjection,
  type WorkReach,
  type WorkReading,
} from '../../src/store/workPort.ts';
import { arrivals } from '../core/anyFacts.ts';
import { lived } from '../core/turningYouths.ts';
import { runs } from '../harness/propertyRuns.ts';
import { left, story } from '../harness/story.ts';
import { batch, claimed, committed, merging, NONE, newRef, record } from './commits.ts';

export type AnyWork = Store &
  Queries &
  WorkProjection &
  Pick<Operations, 'noteProgress' | 'unpark' | 'unparked'>;

const POLICY = defaultPolicy(countyNumber('40'));
const TODAY = '2026-10-20';

const basisOn = (day: IsoDate, policy = POLICY) => ({
  ...{ policy, agreements: [] },
  now: `${day}T10:00:00.000Z`,
});

/** Until there is nothing more to do. @returns steps that filled in youths */
async function follow(store: WorkProjection, org: OrgId, today: IsoDate, policy = POLICY): Promise<number> {
  for (let filling = 0, left = 100; left > 0; left -= 1) {
    const progress = await followWork(store, org, basisOn(today, policy));
    if (progress === 'done') return filling;
    if (progress === 'filling') filling += 1;
  }
  throw new Error('never done');
}

/** A version of a youth, as the pipeline commits it. */
async function put(store: Store, lane: Lane, ref: PersonRef, version: number, youth: Youth): Promise<void> {
  const offset = lane.nextOffset;
  await committed(
    store,
    batch(lane, offset + 1n, {
      applied: [record(ref, version, offset, version === 1 ? null : { lane: lane.id, offset: offset - 1n })],
      youths: [youthWrite({ ref, expectedVersion: version - 1, version, youth })],
      counts: { ...NONE, applied: 1 },
    }),
  );
}

function dropout(at = '2026-10-06', born = '2008-06-21') {
  const youth = story({ born });
  youth.when(`${at}T08:00:00Z`, left('40014', 'FV'), { effective: at });
  return youth;
}

type Paged = Asked & Partial<Pick<WorkPageAsked, 'hidden' | 'without'>> & { policy?: Policy };

interface Asked {
  today: IsoDate;
  order: WorkOrder;
  owner: string | null;
  within: WorkReach;
}

/** All pages of a list, one after the other. */
async function pages(
  store: WorkReading,
  org: OrgId,
  list: WorkPageAsked['list'],
  { hidden = false, without = [], policy = POLICY, ...asked }: Paged,
) {
  const places: RowPlace[] = [];
  let after: RowPlace | null = null;
  for (;;) {
    const page = await store.workPage(org, {
      ...asked,
      rules: workRules(basisOn(asked.today, policy)),
      ...{ list, hidden, without },
      after,
      limit: 3,
    });
    if (page === null) throw new Error('the rows are not all there');
    expect(page.before).toBe(places.length);
    places.push(...page.places);
    const { owners, leftOut, total, urgent, unreadable } = page;
    if (!page.more) return { places: places.map(placeOf), owners, leftOut, total, urgent, unreadable };
    after = page.places.at(-1) ?? null;
  }
}

/** The same from all youths, by what reaches them. */
async function decided(store: Queries, org: OrgId, list: WorklistId, { today, order, owner, within }: Asked) {
  const progress = progressIn(await store.alertProgress(org, null));
  const making = startWorklist(WORKLISTS[list], { today, policy: POLICY, progress });
  for await (const { ref, youth } of store.youths(org)) {
    const units = isProtected(youth, today) ? within.hiddenUnits : within.units;
    if (units === null || units.some((unit) => unitsOf(youth).has(unit))) making.add(ref, youth);
  }
  const { rows, leftOut } = making.finish();
  const own = rows.filter((row) => owner === null || row.owner === owner);
  if (order === 'deadline') {
    const due = ({ deadline }: RowPlace) => deadline ?? '9999';
    own.sort((one, other) => (due(one) < due(other) ? -1 : due(one) > due(other) ? 1 : 0));
  }
  return {
    places: own.map(placeOf),
    owners: [...new Set(rows.map((row) => row.owner))].sort(),
    urgent: own.filter(({ priority }) => priority === 'HOY').length,
    ...{ leftOut, total: own.length, unreadable: 0 },
  };
}

/** Lines of a letter, from all youths, by what reaches them. */
async function decidedLines(
  store: Queries,
  org: OrgId,
  { id, schoolYear }: { id: LetterId; schoolYear: string },
  { today, owner, within }: Asked,
) {
  const scope = mailingScope(LETTERS[id], { schoolYear, today, policy: POLICY });
  const lines: { place: string; owner: string; urgent: boolean }[] = [];
  for await (const { ref, youth, parked } of store.youths(org)) {
    const units = isProtected(youth, today) ? within.hiddenUnits : within.units;
    if (units !== null && !units.some((unit) => unitsOf(youth).has(unit))) continue;
    for (const [number, line] of numbered(ownLines(scope, caseOf(ref, youth, POLICY), parked)).entries()) {
      const urgent = 'trigger' in line;
      const unit = urgent ? line.trigger.owner : (line.suppressed.owner ?? '');
      lines.push({ place: placeOf(placeOfLine(line, number)), owner: unit, urgent });
    }
  }
  const own = lines.filter((line) => owner === null || line.owner === owner);
  return {
    places: own.map(({ place }) => place).sort(),
    owners: [...new Set(lines.map((line) => line.owner))].sort(),
    ...{ leftOut: 0, total: own.length, urgent: own.filter(({ urgent }) => urgent).length, unreadable: 0 },
  };
}

/** What every implementation of the kept rows promises. */
export function workContract(create: () => Promise<AnyWork>): void {
  describe('the rows of the worklists', () => {
    const anyAsked = fc.record({
      today: fc.integer({ min: 0, max: 330 }).map((days) => daysAfter('2026-08-15', days)),
      order: fc.constantFrom<WorkOrder>('urgency', 'deadline'),
      owner: fc.constantFrom(null, null, '40200', '40201'),
      within: fc.constantFrom<WorkReach>(
        ALL_WORK,
        ALL_WORK,
        { units: null, hiddenUnits: [] },
        { units: ['40201'], hiddenUnits: [] },
        { units: ['40200', '40201'], hiddenUnits: ['40200'] },
        { units: [], hiddenUnits: [] },
      ),
    });
    test('are those that all youths lead to, page by page, whatever comes and whenever it is asked', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(arrivals, arrivals), { minLength: 1, maxLength: 7 }),
          fc.array(anyAsked, { minLength: 1, maxLength: 3 }),
          async (youths, moments) => {
            const store = await create();
            const lane = await claimed(store);
            const { org } = lane;
            const days = moments.toSorted((one, other) => (one.today < other.today ? -1 : 1));
            const asks = async (asked: Asked) => {
              await follow(store, org, asked.today);
              for (const list of WORKLIST_IDS)
                expect(await pages(store, org, list, asked)).toEqual(await decided(store, org, list, asked));
              for (const id of LETTER_IDS) {
                for (const schoolYear of ['2025-26', '2026-27', '2027-28']) {
                  const list = letterList(id, schoolYear);
                  const lines = { ...asked, order: 'urgency' as const, hidden: true };
                  expect(await pages(store, org, list, lines)).toEqual(
                    await decidedLines(store, org, { id, schoolYear }, asked),
                  );
                }
              }
            };
            const refs: { ref: PersonRef; youth: Youth }[] = [];
            for (const [first] of youths) {
              const ref = newRef();
              const youth = lived(first, POLICY);
              await put(store, lane, ref, 1, youth);
              refs.push({ ref, youth });
            }
            await asks(days[0]!);
            for (const [at, { ref, youth }] of refs.entries())
              await put(store, lane, ref, 2, lived(youths[at]![1], POLICY, youth));
            const [known] = refs;
            const cause = known?.youth.alerts[0]?.id;
            if (known !== undefined && cause !== undefined)
              await store.noteProgress({
                org,
                ref: known.ref,
                cause,
                state: 'opened',
                at: '2026-10-08T08:00:00.000Z',
              });
            for (const asked of days) await asks(asked);
          },
        ),
        runs(25),
      );
    });

    test('are counted by list, with what is urgent, due and overdue', async () => {
      const store = await create();
      const lane = await claimed(store);
      const { org } = lane;
      const hidden = dropout();
      hidden.when('2026-10-07T08:00:00Z', { kind: 'Protection', grade: 'STRENGT_FORTROLIG' });
      for (const youth of [dropout(), dropout('2026-10-12'), dropout('2026-10-16'), hidden])
        await put(store, lane, newRef(), 1, youth.youth());
      await follow(store, org, TODAY);
      const asked = { rules: workRules(basisOn(TODAY)), today: TODAY, soon: '2026-10-27' };
      const all = await store.workCounts(org, { ...asked, within: ALL_WORK });
      expect(all?.unreadable).toBe(0);
      expect(all?.lists.find(({ list }) => list === 'no-contact')).toEqual({
        ...{ list: 'no-contact', rows: 3, urgent: 3, dueSoon: 1, overdue: 2 },
      });
      const none = await store.workCounts(org, { ...asked, within: { units: ['40999'], hiddenUnits: [] } });
      expect(none).toEqual({ lists: [], unreadable: 0 });
      const page = await pages(store, org, 'no-contact', {
        ...{ today: TODAY, order: 'urgency', owner: null, within: ALL_WORK },
      });
      expect([page.total, page.leftOut, page.owners]).toEqual([3, 1, ['40200']]);
    });

    test('are there when all youths have been looked at for the rules and the day', async () => {
      const store = await create();
      const lane = await claimed(store);
      const { org } = lane;
      const asked = { order: 'urgency' as const, owner: null, within: ALL_WORK };
      const pageOf = (today: IsoDate, policy: Policy) =>
        store.workPage(org, {
          ...asked,
          ...{ hidden: false, without: [] },
          ...{ rules: workRules(basisOn(today, policy)), today, list: 'no-contact', after: null, limit: 3 },
        });
      expect(await pageOf(TODAY, POLICY)).toBeNull();
      await put(store, lane, newRef(), 1, dropout().youth());
      await follow(store, org, TODAY);
      expect((await pageOf(TODAY, POLICY))?.total).toBe(1);
      // The next month too, and not the one after it.
      expect((await pageOf('2026-11-30', POLICY))?.total).toBe(1);
      expect(await pageOf('2026-12-01', POLICY)).toBeNull();
      const other = { ...POLICY, defaultOwner: '40300' };
      expect(await pageOf(TODAY, other)).toBeNull();
      await follow(store, org, TODAY, other);
      expect(await pageOf(TODAY, POLICY)).toBeNull();
      expect((await pageOf(TODAY, other))?.total).toBe(1);
      await follow(store, org, '2026-11-02', other);
      expect((await pageOf('2026-12-31', other))?.total).toBe(1);
    });

    test('come step by step, from several lanes, and those of a youth that was merged go', async () => {
      const store = await create();
      const first = await claimed(store);
      const { org } = first;
      const lanes = [first, await claimed(store, org, 1), await claimed(store, org, 2)];
      const step = () =>
        store.projectWork(org, {
          ...{ rules: workRules(basisOn(TODAY)), today: TODAY, limit: 2 },
          days: { from: '2026-10-18', until: '2026-12-01' },
          keepFor(days) {
            const keep = startKeeping(basisOn(TODAY), days);
            return (loaded, progress) => keep(loaded.ref, loaded.youth, { progress, waiting: loaded.parked });
          },
        });
      const steps = async () => {
        for (let all = 1; all < 50; all += 1) if ((await step()) === 'done') return all;
        throw new Error('never done');
      };
      const refs: PersonRef[] = [];
      const more = async () => {
        for (const lane of lanes) {
          for (let each = 0; each < 3; each += 1) {
            const ref = newRef();
            refs.push(ref);
            await put(store, lane, ref, 1, dropout().youth());
          }
        }
      };
      await more();
      await steps();
      await more();
      // While all are looked at, and after it.
      await steps();
      const asked = { today: TODAY, order: 'urgency' as const, owner: null, within: ALL_WORK };
      expect((await pages(store, org, 'deadlines', asked)).total).toBe(18);
      const [gone, stays] = [refs[0] ?? newRef(), refs[1] ?? newRef()];
      await committed(store, merging(first, [{ ref: gone, version: 2, into: stays }], stays, 2));
      await steps();
      expect(await pages(store, org, 'deadlines', asked)).toEqual(
        await decided(store, org, 'deadlines', asked),
      );
      expect((await pages(store, org, 'deadlines', asked)).total).toBe(16);
      expect(await steps()).toBe(1);
    });

    test('hold a letter back while records about its youth wait, and leave youths out that are named', async () => {
      const store = await create();
      const lane = await claimed(store);
      const { org } = lane;
      const [waits, other] = [newRef(), newRef()];
      for (const ref of [waits, other]) await put(store, lane, ref, 1, dropout().youth());
      const asked = { today: TODAY, order: 'urgency' as const, owner: null, within: ALL_WORK };
      const W24 = { id: 'W24', schoolYear: '2026-27' } as const;
      const lines = async (without: PersonRef[] = []) => {
        await follow(store, org, TODAY);
        const page = await pages(store, org, 'W24 2026-27', { ...asked, hidden: true, without });
        if (without.length === 0) expect(page).toEqual(await decidedLines(store, org, W24, asked));
        return page;
      };
      const before = await lines();
      expect([before.total, before.urgent]).toEqual([2, 2]);
      await committed(
        store,
        batch(lane, lane.nextOffset + 1n, {
          parked: [
            {
              ...{ offset: lane.nextOffset, ref: waits, received: `${TODAY}T08:00:00.000Z` },
              ...{ reason: 'decide-failed', sealed: Buffer.from('s') },
            },
          ],
        }),
      );
      const held = await lines();
      expect([held.total, held.urgent]).toEqual([2, 1]);
      expect(await lines([waits])).toMatchObject({ total: 1, urgent: 1, owners: ['40200'] });
      expect(await lines([waits, other])).toMatchObject({ total: 0, urgent: 0, owners: [] });
      await store.unpark(org, waits);
      await store.unparked(org, waits);
      expect(await lines()).toEqual(before);
    });

    test('of another organisation are no part of them', async () => {
      const store = await create();
      const [one, other] = [await claimed(store), await claimed(store)];
      await put(store, one, newRef(), 1, dropout().youth());
      await follow(store, one.org, TODAY);
      await follow(store, other.org, TODAY);
      const asked = { today: TODAY, order: 'urgency' as const, owner: null, within: ALL_WORK };
      expect((await pages(store, other.org, 'no-contact', asked)).total).toBe(0);
      expect((await pages(store, one.org, 'no-contact', asked)).total).toBe(1);
    });
  });
}
