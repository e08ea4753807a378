import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { partitionOf } from '../../src/kafka/murmur2.ts';
import type { OutgoingRecord } from '../../src/kafka/publisher.ts';
import { type Random, seededRandom } from '../../src/local/sample/random.ts';
import {
  attempt,
  contact,
  declined,
  dropout,
  nonShow,
  notApplied,
  referral,
  renumbered,
  started,
  status,
} from '../harness/feedRecords.ts';
import { storeThatKnows } from '../harness/keptVault.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import type { Person } from '../harness/persons.ts';
import { runs } from '../harness/propertyRuns.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// A youth under several numbers, known from several feeds, whose topics are read again in parallel: whichever lane is
// ahead of which, with the vault kept.

const NUMBERS = crowd(91, 4) as Person[];
const END = '2027-06-01T08:00:00.000Z';
const FIRST_DAY = Date.UTC(2026, 8, 1, 6);

type Report = readonly [feed: Feed, report: (person: Person, date: string) => object];

const REPORTS: readonly Report[] = [
  ['school-dropout', (person, date) => dropout(person, date)],
  ['school-dropout', (person, date) => started(person, date, { skolenummer: '40022' })],
  ['vigo-intake', (person, date) => nonShow(person, date)],
  ['vigo-intake', (person, date) => declined(person, date)],
  ['vigo-intake', (person, date) => notApplied(person, '2027-28', date)],
  ['ot-adviser', (person, date) => attempt(person, date, 'SMS')],
  ['ot-adviser', (person, date) => contact(person, date)],
  ['ot-adviser', (person, date) => status(person, date, 'OTOV')],
  ['ot-adviser', (person, date) => referral(person, date)],
];

type Step = { minute: number; number: number } & ({ report: number } | { from: number; feed: Feed });

const minute = fc.integer({ min: 0, max: 200 * 24 * 60 });
const number = fc.nat(NUMBERS.length - 1);
const step: fc.Arbitrary<Step> = fc.record({ minute, number, report: fc.nat(REPORTS.length - 1) });
const change: fc.Arbitrary<Step> = fc
  .record({ minute, number, from: number, feed: fc.constantFrom<Feed[]>('folkeregister', 'vigo-intake') })
  .filter((each) => each.number !== each.from);

const stories = fc
  .tuple(fc.array(step, { minLength: 3, maxLength: 12 }), fc.array(change, { minLength: 1, maxLength: 5 }))
  .map(([steps, changes]) => [...steps, ...changes].sort((one, other) => one.minute - other.minute));

test('E01 I05 whichever lane is ahead, the same reference is left with the same cases, and nothing is published twice', async () => {
  await fc.assert(
    fc.asyncProperty(stories, fc.nat(), async (story, seed) => {
      const pipeline = await lived(story);
      const again = await readAgain(pipeline, seededRandom(seed));
      expect(await allYouths(again)).toEqual(await allYouths(pipeline));
      const before = lastWords(pipeline);
      for (const [alert, state] of lastWords(again)) expect(state).toBe(before.get(alert) ?? 'TRUKKET');
      expect(again.parked).toEqual([]);
      await expectNothingTwice(again);
    }),
    runs(10),
  );
}, 120_000);

async function lived(story: readonly Step[]): Promise<TestPipeline> {
  const pipeline = await createTestPipeline();
  for (const each of story) {
    const at = new Date(FIRST_DAY + each.minute * 60_000).toISOString();
    await pipeline.pass(at);
    const [feed, record] = recordOf(each, at.slice(0, 10));
    await pipeline.send(feed, [record], { at });
  }
  await pipeline.pass(END);
  return pipeline;
}

function recordOf(each: Step, date: string): [Feed, object] {
  const person = NUMBERS[each.number]!;
  if ('from' in each) return [each.feed, renumbered(person, NUMBERS[each.from]!, date)];
  const [feed, report] = REPORTS[each.report]!;
  return [feed, report(person, date)];
}

/** Every lane in its own order, and no order among lanes. */
async function readAgain(earlier: TestPipeline, random: Random): Promise<TestPipeline> {
  const pipeline = await createTestPipeline({ store: storeThatKnows(earlier.store) });
  const lanes = Map.groupBy(earlier.records(), ({ topic, key }) => `${topic}/${partitionOf(key, 2)}`);
  const left: OutgoingRecord[][] = [...lanes.values()];
  while (left.length > 0) {
    const lane = random.pick(left);
    await pipeline.replay(lane.splice(0, random.between(1, 3)));
    if (lane.length === 0) left.splice(left.indexOf(lane), 1);
    if (random.chance(0.7)) await pipeline.settle();
  }
  await pipeline.pass(END);
  return pipeline;
}

async function allYouths(pipeline: TestPipeline): Promise<unknown[]> {
  return Promise.all(
    NUMBERS.map(async ({ fodselsnummer }) => {
      const found = await pipeline.youth(fodselsnummer);
      const { facts, registrations, alerts, due } = found?.youth ?? {};
      return { ref: found?.ref, facts, registrations, alerts, due, mergedInto: found?.mergedInto };
    }),
  );
}

/** Of each alert whether it was taken back in the end. */
function lastWords(pipeline: TestPipeline): Map<string, string> {
  return new Map(
    pipeline
      .out('alert')
      .map(({ kind, alertId, state }) => [`${kind} ${alertId}`, state === 'TRUKKET' ? 'TRUKKET' : 'OPEN']),
  );
}

/** No alert is raised while it is open, and under a reference that went none is left. */
async function expectNothingTwice(pipeline: TestPipeline): Promise<void> {
  const open = new Set<string>();
  for (const { ref, alertId, state } of pipeline.out('alert')) {
    const alert = String(alertId);
    expect(alert).toContain(String(ref));
    if (state === 'REIST') expect(open.has(alert)).toBe(false);
    if (state === 'TRUKKET') open.delete(alert);
    else open.add(alert);
  }
  const stored = new Set<string>();
  for (const { fodselsnummer } of NUMBERS) {
    const found = await pipeline.youth(fodselsnummer);
    for (const { id } of found?.youth.alerts ?? []) stored.add(`${id}-${found?.ref}`);
  }
  expect([...open].sort()).toEqual([...stored].sort());
}
