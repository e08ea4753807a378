import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { canariesIn } from '../harness/canary.ts';
import { renumbered } from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import type { RealPipeline } from '../harness/realPipeline.ts';
import {
  everyAnswer,
  NAMED,
  REMARK,
  SECRETS,
  SENSITIVE,
  sensitiveRows,
} from '../harness/sensitiveRecords.ts';
import { startTracedPipeline } from '../harness/tracedPipeline.ts';
import { until } from '../harness/until.ts';

describe('D03: after every feed has reported the whole cast, on Kafka and PostgreSQL', () => {
  let traced: Awaited<ReturnType<typeof startTracedPipeline>>;
  let pipeline: RealPipeline;
  const keep = (answer: Response) => traced.keep(answer);

  beforeAll(async () => {
    traced = await startTracedPipeline('2026-10-08T07:00:00.000Z');
    pipeline = traced.pipeline;
    await play();
    await until('the spans are sent', async () => Buffer.concat(traced.spans).includes('batch'));
  });
  afterAll(() => traced?.stop());

  async function play(): Promise<void> {
    for (const { feed, rows } of sensitiveRows()) {
      await keep(await pipeline.post(`feeds/${feed}/dry-run`, rows));
      const { receiptId } = JSON.parse(await keep(await pipeline.post(`feeds/${feed}`, rows)));
      await pipeline.settle();
      await keep(await pipeline.get(`receipts/${receiptId}`));
    }
    const poison = NAMED.map(
      ([id, navn]) =>
        `{"fodselsnummer":"${person(id).fodselsnummer}" "navn":"${navn}", "merknad":"${REMARK}"`,
    );
    for (const feed of FEEDS) if (feed !== 'bridge') await pipeline.send(feed, poison);
    await pipeline.submit('folkeregister', renumbered(person('P06f'), person('P06'), '2026-10-08'));
    await pipeline.moveClock('2026-11-03T09:00:00.000Z');
    const list = await pipeline.extract('2026-11');
    expect((await pipeline.json(`nav/batches/${list}/rows`)).rows).toEqual([]);
    await pipeline.submit('nav-match', everyAnswer());
    await pipeline.listsSettled();
    await pipeline.moveClock('2027-08-02T00:00:00.000Z');
    for (const path of [
      'alerts?limit=500',
      'quarantine?limit=500',
      'parked',
      'worklists',
      'wheel?schoolYear=2026-27',
    ])
      await keep(await pipeline.get(path));
    for (const list of ['deadlines', 'open-questions', 'unanswered'])
      await keep(await pipeline.get(`worklists/${list}`));
    await keep(await pipeline.get('letters/W24?schoolYear=2026-27'));
    for (const [id] of NAMED) {
      const ref = await pipeline.refOf(person(id).fodselsnummer);
      await keep(await pipeline.get(`youths/${ref}`));
      await keep(await pipeline.get(`youths/${ref}/history`));
    }
    expect(JSON.parse(await keep(await pipeline.get('parked'))).items).toEqual([]);
  }

  test('no log line, metric or span has a number, a name, an address, a remark or a sensitive code', async () => {
    const metrics = await (await pipeline.get('/internal/metrics')).text();
    const outputs = [pipeline.logLines.join('\n'), metrics, Buffer.concat(traced.spans).toString('latin1')];
    for (const text of outputs) {
      expect(text.length).toBeGreaterThan(1_000);
      expect(canariesIn(text, SECRETS)).toEqual([]);
      expect(SENSITIVE.filter((code) => text.includes(code))).toEqual([]);
    }
  });

  test('nor a key or header of any topic, nor anything the bridge has written to one', async () => {
    const feedTopics = new Set(
      FEEDS.filter((feed) => feed !== 'bridge').map((feed) => feedTopic(pipeline.org, feed)),
    );
    const records = await pipeline.everything();
    expect(records.filter(({ topic }) => topic.includes('.error.')).length).toBeGreaterThan(
      15 * NAMED.length,
    );
    const shown = records.map(({ topic, key, headers, value }) =>
      JSON.stringify([key, headers, feedTopics.has(topic) ? null : value?.toString('latin1')]),
    );
    expect(canariesIn(shown.join('\n'), SECRETS)).toEqual([]);
    const keys = JSON.stringify(records.map(({ key, headers }) => [key, headers]));
    expect(SENSITIVE.filter((code) => keys.includes(code))).toEqual([]);
  });

  test('nor an answer over HTTP, of whatever was asked', () => {
    expect(traced.answers.length).toBeGreaterThan(4 * NAMED.length);
    expect(canariesIn(traced.answers.join('\n'), SECRETS)).toEqual([]);
  });
});
