import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disclosesNav } from '../../../src/core/consent/disclosesNav.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { PlacedEvents } from '../../../src/core/report/inDecidedOrder.ts';
import type { RecordedEvents } from '../../../src/core/report/register.ts';
import { replay } from '../../../src/core/report/replay.ts';
import { SHEET_NAMES } from '../../../src/core/report/sheetName.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { buildSnapshot } from '../../../src/reports/snapshot.ts';
import { createMemoryStore } from '../../../src/store/memory/store.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { readerOf, shown } from '../../harness/storyReports.ts';
import { END, laneStories, readTwice } from './lanes.ts';

// Topics are read again from the beginning into an empty store, and no lane waits for another (E01).

const POLICY = defaultPolicy(countyNumber('40'));
const population = fc.array(laneStories, { minLength: 1, maxLength: 4 });
const DAYS = ['2026-11-15', '2026-12-31', '2027-02-15', '2027-06-15'] as const;

function readAll(stories: Parameters<typeof readTwice>[1][]) {
  const read = stories.map((story, at) => readTwice(`youth-${at}`, story, POLICY));
  return {
    first: read.flatMap(({ first }) => first.records),
    again: read.flatMap(({ again }) => again.records),
    read,
  };
}

/** Nothing of NAV's answers and registers: one that may not be known when it is read is gone, and no report counts it. Nor when the clock's
 *  records came and when the next one is due: two that fall due within the clock's own punctuality may come as one. */
function decidedIn(records: readonly PlacedEvents[]): unknown[] {
  return replay(records, { policy: POLICY, until: END }).flatMap(({ recorded, events }) => {
    const decided = events.filter(({ type }) => type !== 'TimePassed' && type !== 'DueMoved');
    const shared = decided.filter((event) => !isOfNav(event));
    return shared.length === 0 ? [] : [{ recorded, events: shared }];
  });
}

function isOfNav(event: YouthEvent): boolean {
  if (event.type === 'FactRecorded')
    return event.fact.kind === 'NavMatch' || event.fact.kind === 'NavRegister';
  return event.type === 'WithheldForConsent' || ('alert' in event && disclosesNav(event.alert));
}

async function snapshot(records: readonly RecordedEvents[], referenceDate: string): Promise<string> {
  const built = await buildSnapshot({
    queries: readerOf({ 40: records }),
    operations: createMemoryStore(),
    org: orgId('40'),
    county: countyNumber('40'),
    referenceDate,
    policy: POLICY,
  });
  return built.snapshot.content.toString();
}

describe('whichever lane is read first', () => {
  test('every youth ends the same', () => {
    fc.assert(
      fc.property(population, (stories) => {
        for (const { first, again } of readAll(stories).read) {
          const { asOf: _, ...ended } = first.youth;
          expect(again.youth).toMatchObject(ended);
        }
      }),
      runs(500),
    );
  });

  test('what is published again is what was published first, record by record', () => {
    fc.assert(
      fc.property(laneStories, (story) => {
        const { first, again } = readTwice('youth', story, POLICY);
        expect(decidedIn(again.records)).toEqual(decidedIn(first.records));
      }),
      runs(1_500),
    );
  });

  test('what came in the order of its moments is replayed as it was decided', () => {
    fc.assert(
      fc.property(laneStories, (story) => {
        const { first } = readTwice('youth', story, POLICY);
        const replayed = replay(first.records, { policy: POLICY, until: END });
        expect(replayed.map(({ events }) => events)).toEqual(first.records.map(({ events }) => events));
        for (const [at, { events }] of replayed.entries()) expect(events).toBe(first.records[at]?.events);
      }),
      runs(500),
    );
  });

  test('every report has the same bytes, whatever its cut-off', async () => {
    await fc.assert(
      fc.asyncProperty(
        population,
        fc.constantFrom(...SHEET_NAMES),
        fc.constantFrom(...DAYS),
        async (stories, name, on) => {
          const { first, again } = readAll(stories);
          const asked = { name, on, today: END.slice(0, 10) };
          const expected = JSON.stringify(await shown({ 40: first }, asked));
          expect(JSON.stringify(await shown({ 40: again }, asked))).toBe(expected);
        },
      ),
      runs(600),
    );
  });

  test('every snapshot has the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        population,
        fc.constantFrom('2026-11-15', '2027-02-15', '2027-06-15'),
        async (stories, date) => {
          const { first, again } = readAll(stories);
          expect(await snapshot(again, date)).toBe(await snapshot(first, date));
        },
      ),
      runs(300),
    );
  });
});
