import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { RecordedEvents } from '../../../src/core/report/register.ts';
import { SHEET_NAMES } from '../../../src/core/report/sheetName.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH } from '../../../src/core/youth/youth.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { shown } from '../../harness/storyReports.ts';
import { type Arrival, arrivals } from '../anyFacts.ts';

// Random stories of some youths, in any report.

const policy = defaultPolicy(countyNumber('40'));
const population = fc.array(arrivals, { minLength: 1, maxLength: 6 });
const RUNS = runs(60);

describe('every report', () => {
  test('adds up, to OT and to others', async () => {
    await fc.assert(
      fc.asyncProperty(population, fc.constantFrom(...SHEET_NAMES), async (youths, name) => {
        const records = youths.flatMap(lived);
        for (const audience of ['ot', 'ekstern'] as const) {
          // A report that does not add up is not shown: it throws.
          await shown({ 40: records }, { name, on: '2027-02-15', audience });
        }
      }),
      RUNS,
    );
  });

  test('is what it was when it was first built, whatever has come since', async () => {
    const frozen = SHEET_NAMES.filter((name) => name !== 'late-arrivals');
    await fc.assert(
      fc.asyncProperty(population, fc.constantFrom(...frozen), async (youths, name) => {
        // Protection is judged by what is known today; these stories are lived without it.
        const open = youths.map((story) => story.filter(({ event }) => event.kind !== 'Protection'));
        const records = open.flatMap(lived);
        const asked = { name, on: '2026-11-15', today: '2026-11-08' } as const;
        const then = open.flatMap((each, at) => knownAt('2026-11-08T22:59:59.999Z', lived(each, at)));
        const known = name === 'kostra' ? records : then;
        expect(await shown({ 40: records }, asked)).toEqual(await shown({ 40: known }, asked));
      }),
      RUNS,
    );
  });

  test('is the same in whatever order the records of different youths are read', async () => {
    await fc.assert(
      fc.asyncProperty(population, fc.constantFrom(...SHEET_NAMES), async (youths, name) => {
        const records = youths.flatMap(lived);
        const asked = { name, on: '2027-02-15' } as const;
        expect(await shown({ 40: records.toReversed() }, asked)).toEqual(await shown({ 40: records }, asked));
      }),
      RUNS,
    );
  });
});

function lived(story: readonly Arrival[], place: number): RecordedEvents[] {
  let youth = UNKNOWN_YOUTH;
  let version = 0;
  return story.flatMap(({ received, event }) => {
    const events = decide(event, youth, { now: received, today: osloDate(received), policy });
    if (events.length === 0) return [];
    youth = fold(youth, events);
    version += 1;
    return [{ ref: personRef(`youth-${place}`), version, recorded: received, events }];
  });
}

/** What was in the store when the last record of before the moment was: a record that was decided earlier is there too,
 *  also when it carries a later moment. */
function knownAt(moment: string, records: readonly RecordedEvents[]): RecordedEvents[] {
  return records.slice(0, records.findLastIndex(({ recorded }) => recorded <= moment) + 1);
}
