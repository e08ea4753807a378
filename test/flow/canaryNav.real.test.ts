import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { canariesIn } from '../harness/canary.ts';
import { dropout } from '../harness/feedRecords.ts';
import { answer, bothSides, consent, delivery } from '../harness/navMonth.ts';
import type { RealPipeline } from '../harness/realPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { startTracedPipeline } from '../harness/tracedPipeline.ts';
import { until } from '../harness/until.ts';

// D03 for an answer of NAV that is used: what it says of a youth is shown to the adviser, and is nowhere else.

const NAMES = ['HEMMELIG HEGGEBÆR', 'FORTROLIG FJELLFIOL', 'STILLFERDIG STARR'] as const;
/** An office of no county, in an answer that is used, one that lacks a consent, and one that is changed. */
const [USED, UNREAD, CHANGED] = ['7391', '7392', '7393'] as const;
const GIVEN = '2026-10-07T06:00:00.000Z';
/** By itself, in whatever form a value is written; four digits inside a longer number are another number. */
const asValue = (office: string) => new RegExp(`(?<![0-9a-z.])${office}(?![0-9a-z])`, 'i');
const OFFICES = [USED, UNREAD, CHANGED].map(asValue);

describe('D03: after NAV’s answers have been used, on Kafka and PostgreSQL', () => {
  let traced: Awaited<ReturnType<typeof startTracedPipeline>>;
  let pipeline: RealPipeline;
  let matchIds: string[];
  const [known, withoutB, changed] = crowd(77, 3).map((who, at) => ({ ...who, navn: NAMES[at]! }));
  const cast = [known!, withoutB!, changed!];
  const secrets = () => [
    ...cast.flatMap(({ fodselsnummer, navn }) => [fodselsnummer, navn, ...navn.split(' ')]),
    ...matchIds,
  ];

  beforeAll(async () => {
    traced = await startTracedPipeline('2026-10-08T07:00:00.000Z');
    pipeline = traced.pipeline;
    const left = cast.map(({ navn, ...who }) => dropout(who, '2026-10-05', { skolenummer: '40014', navn }));
    await pipeline.submit('school-dropout', left);
    const said = cast.flatMap(({ navn: _navn, ...who }) =>
      who.fodselsnummer === withoutB!.fodselsnummer
        ? [consent(who, 'A', 'SAMTYKKET', GIVEN)]
        : bothSides(who, GIVEN),
    );
    await pipeline.submit('consent', said);
    await pipeline.moveClock('2026-11-03T09:00:00.000Z');
    const list = await pipeline.extract('2026-11');
    // The one answer that shows who they are is NAV's: it is looked at, and not kept.
    const { rows } = await pipeline.json(`nav/batches/${list}/rows`);
    const byNumber = new Map(
      rows.map(({ fodselsnummer, matchId }: Record<string, string>) => [fodselsnummer, matchId]),
    );
    matchIds = [...byNumber.values()] as string[];
    expect(matchIds).toHaveLength(cast.length);
    const about = (offices: readonly string[], letter: string) =>
      cast.map(({ navn: _navn, ...who }, at) => {
        const matchId = String(byNumber.get(who.fodselsnummer));
        return answer('2026-11', who, { kontor: offices[at]!, letter, matchId });
      });
    for (const [offices, letter] of [
      [[USED, UNREAD, USED], ''],
      [[USED, UNREAD, CHANGED], 'b'],
    ] as const) {
      const rows = delivery('2026-11', about(offices, letter), letter);
      await traced.keep(await pipeline.post('feeds/nav-match', rows));
      await pipeline.listsSettled();
    }
    // Wrong ones too, with what they would disclose.
    const [right] = about([USED, UNREAD, USED], 'c');
    await traced.keep(await pipeline.post('feeds/nav-match', [{ ...right, ytelse: NAMES[0], kontor: USED }]));
    await pipeline.settle();
    for (const path of ['lists?list=nav', 'nav/batches', 'quarantine?limit=100', 'parked', 'worklists'])
      await traced.keep(await pipeline.get(path));
    await until('the spans are sent', async () => Buffer.concat(traced.spans).includes('batch'));
  });
  afterAll(() => traced?.stop());

  test('the answers are used: the adviser sees the alert and the office, of those with both consents', async () => {
    for (const [who, office] of [
      [known, USED],
      [changed, CHANGED],
    ] as const) {
      expect(await pipeline.openAlerts(who!.fodselsnummer)).toContain('KJENT_HOS_NAV');
      expect((await pipeline.youth(who!.fodselsnummer)).navOffice).toBe(office);
    }
    expect(await pipeline.openAlerts(withoutB!.fodselsnummer)).not.toContain('KJENT_HOS_NAV');
    const offices = (await pipeline.out('alert')).map(({ decoded }) => decoded.office);
    expect(offices).toEqual(expect.arrayContaining([USED, CHANGED]));
    expect(offices).not.toContain(UNREAD);
  });

  test('no log line, metric or span has a number, a name, a match id or an office', async () => {
    const metrics = await (await pipeline.get('/internal/metrics')).text();
    const spans = Buffer.concat(traced.spans).toString('latin1');
    for (const text of [pipeline.logLines.join('\n'), metrics, spans]) {
      expect(text.length).toBeGreaterThan(1_000);
      expect(canariesIn(text, secrets())).toEqual([]);
      expect(OFFICES.filter((office) => office.test(text))).toEqual([]);
    }
    expect(pipeline.logLines.join('\n')).toContain('B-2026-11b');
  });

  test('nor a key or header of any topic, and an answer that may not be used is in nothing the bridge has written', async () => {
    const records = await pipeline.everything();
    const heads = JSON.stringify(records.map(({ key, headers }) => [key, headers]));
    expect(records.length).toBeGreaterThan(20);
    expect(canariesIn(heads, secrets())).toEqual([]);
    expect(OFFICES.filter((office) => office.test(heads))).toEqual([]);
    const sent = ['nav-match', 'school-dropout', 'consent'].map((feed) =>
      feedTopic(pipeline.org, feed as 'consent'),
    );
    const own = records.filter(({ topic }) => !sent.includes(topic));
    const written = own.map(({ value }) => value?.toString('latin1') ?? '').join('\n');
    expect(canariesIn(written, secrets())).toEqual([]);
    expect(asValue(UNREAD).test(written)).toBe(false);
  });

  test('nor an answer over HTTP about lists, deliveries or what has to be put right', () => {
    const text = traced.answers.join('\n');
    expect(traced.answers.length).toBeGreaterThan(10);
    expect(canariesIn(text, secrets())).toEqual([]);
    expect(OFFICES.filter((office) => office.test(text))).toEqual([]);
  });

  test('the search finds an office that is planted, and no longer number that holds it', () => {
    for (const text of ['{"kontor":"7391"}', 'kontor=7391 ', '\\"7391\\"', 'x{office="7391"} 1'])
      expect(asValue(USED).test(text)).toBe(true);
    for (const text of ['127.0.0.1:17391', '1073912', 'a7391f']) expect(asValue(USED).test(text)).toBe(false);
  });
});
