import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Permission, WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { LETTER_IDS } from '../../src/core/letters/letterId.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { daysAfter } from '../../src/core/time/calendar.ts';
import { WORKLIST_IDS } from '../../src/core/worklist/worklistId.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import { listedRefs } from '../../src/desk/identity/listedRefs.ts';
import { mailingPage, mailingParts } from '../../src/desk/letters/mailings.ts';
import { disclosedQueries } from '../../src/desk/reach/disclosedQueries.ts';
import { reachedQueries } from '../../src/desk/reach/reachedQueries.ts';
import { worklistPage, worklistParts } from '../../src/desk/worklists/worklists.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import type { Queries } from '../../src/store/queriesPort.ts';
import { arrivals } from '../core/anyFacts.ts';
import { agreementsWithNav, lived, turningYouths } from '../core/turningYouths.ts';
import { NAV } from '../harness/agreement.ts';
import { runs } from '../harness/propertyRuns.ts';
import { batch, claimed, committed, NONE, newRef, record } from '../store/commits.ts';

// Lists of today and of other days, and letters: from kept rows they are those that are made of all youths, for every permission.

const POLICY = defaultPolicy(countyNumber('40'));
/** The rows are kept to the end of the next month. */
const TODAY = '2026-10-08';
const NOW = `${TODAY}T10:00:00.000Z`;

const unit: Permission = { ...WHOLE_COUNTY, reach: { kind: 'units', units: ['40200'] } };
const permissions: Permission[] = [
  WHOLE_COUNTY,
  { ...WHOLE_COUNTY, protectedYouths: false },
  unit,
  { ...unit, protectedYouths: false },
];

async function countyOf(youths: readonly Youth[]) {
  const memory = createMemoryStore();
  const lane = await claimed(memory);
  for (const [at, youth] of youths.entries()) {
    const [ref, offset] = [newRef(), BigInt(at)];
    await committed(
      memory,
      batch(lane, offset + 1n, {
        applied: [record(ref, 1, offset, null)],
        youths: [youthWrite({ ref, expectedVersion: 0, version: 1, youth })],
        counts: { ...NONE, applied: 1 },
        // Records of the first wait.
        parked:
          at > 0
            ? []
            : [{ offset, ref, received: NOW, reason: 'decide-failed' as const, sealed: Buffer.from('s') }],
      }),
    );
  }
  return { memory, organisation: { id: lane.org, county: countyNumber('40'), virtualClock: false } };
}

/** The rows are not kept: everything is made of all youths. */
function notKept(queries: Queries): Queries {
  return { ...queries, workPage: async () => null, workTurning: async () => null };
}

async function allPages<View extends { next: string | null }>(
  pageOf: (page: {
    limit: number;
    after?: string;
  }) => Promise<{ view: View; before: number; owners: string[] }>,
) {
  const pages: { view: Omit<View, 'next'>; before: number; owners: string[] }[] = [];
  for (let after: string | null = null; ; ) {
    const { view, ...where } = await pageOf({ limit: 3, ...(after === null ? {} : { after }) });
    // Where the next page begins is the same place in both.
    pages.push({ view, ...where });
    after = view.next;
    if (after === null) return pages;
  }
}

async function joined<Part>(parts: AsyncGenerator<Part>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

test('kept rows give the pages, files and references that all youths lead to', async () => {
  let [listed, lettered, others] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          turningYouths,
          arrivals.map((all) => lived(all, POLICY)),
        ),
        { minLength: 1, maxLength: 8 },
      ),
      fc.constantFrom(...permissions),
      fc.constantFrom(...agreementsWithNav),
      fc.constantFrom(undefined, '40200'),
      fc.integer({ min: -120, max: 58 }).map((later) => daysAfter(TODAY, later)),
      async (youths, permission, agreements, owner, other) => {
        const { memory, organisation } = await countyOf(youths);
        const shown = async () => ({ agreements, policy: POLICY, at: NOW });
        const queries = disclosedQueries(
          reachedQueries(memory, permission, async () => TODAY),
          shown,
        );
        const kept = {
          ...{ queries, operations: memory, work: memory, policyOf: () => POLICY },
          ...{ agreementsOf: async () => agreements.map((each) => ({ ...each, party: NAV })) },
          now: () => Date.parse(NOW),
        };
        const all = { ...kept, queries: notKept(queries) };
        const { protectedYouths } = permission;
        for (const name of WORKLIST_IDS) {
          for (const date of [undefined, other]) {
            const asked = { name, date, owner, protectedYouths };
            const order = date === undefined ? ('urgency' as const) : ('deadline' as const);
            const pages = (parts: typeof kept) =>
              allPages((page) => worklistPage(parts, organisation, { ...asked, order, page }));
            const found = await pages(kept);
            expect(found).toEqual(await pages(all));
            const total = found[0]?.view.total ?? 0;
            if (date === undefined) listed += total;
            else others += total;
            const rows = async (parts: typeof kept) =>
              (await joined(worklistParts(parts, organisation, asked))).flatMap((part) => part.rows);
            expect(await rows(kept)).toEqual(await rows(all));
            const worklist = { id: name, date };
            expect(await listedRefs(kept, organisation, { worklist, owner })).toEqual(
              await listedRefs(all, organisation, { worklist, owner }),
            );
          }
        }
        for (const id of LETTER_IDS) {
          for (const schoolYear of ['2026-27', '2027-28']) {
            const asked = { id, schoolYear, owner };
            const pages = (parts: typeof kept) =>
              allPages((page) => mailingPage(parts, organisation, { ...asked, page }));
            const found = await pages(kept);
            expect(found).toEqual(await pages(all));
            lettered += found[0]?.view.total ?? 0;
            const lines = async (parts: typeof kept) =>
              (await joined(mailingParts(parts, organisation, asked))).flatMap(
                ({ view: { triggers, suppressed } }) => [...triggers, ...suppressed],
              );
            expect(await lines(kept)).toEqual(await lines(all));
            const letter = { id, schoolYear };
            expect(await listedRefs(kept, organisation, { letter, owner })).toEqual(
              await listedRefs(all, organisation, { letter, owner }),
            );
          }
        }
      },
    ),
    runs(15),
  );
  // Else nothing is compared.
  expect(Math.min(listed, lettered, others)).toBeGreaterThan(50);
});
