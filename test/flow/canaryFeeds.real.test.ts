import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { canariesIn } from '../harness/canary.ts';
import { renumbered } from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import type { RealRiver } from '../harness/realRiver.ts';
import {
  everyAnswer,
  NAMED,
  REMARK,
  SECRETS,
  SENSITIVE,
  sensitiveRows,
} from '../harness/sensitiveRecords.ts';
import { startTracedRiver } from '../harness/tracedRiver.ts';
import { until } from '../harness/until.ts';

describe('D03: after every feed has reported the whole cast, on Kafka and PostgreSQL', () => {
  let traced: Awaited<ReturnType<typeof startTracedRiver>>;
  let river: RealRiver;
  const keep = (answer: Response) => traced.keep(answer);

  beforeAll(async () => {
    traced = await startTracedRiver('2026-10-08T07:00:00.000Z');
    river = traced.river;
    await play();
    await until('the spans are sent', async () => Buffer.concat(traced.spans).includes('batch'));
  });
  afterAll(() => traced?.stop());

  async function play(): Promise<void> {
    for (const { feed, rows } of sensitiveRows()) {
      await keep(await river.post(`feeds/${feed}/dry-run`, rows));
      const { receiptId } = JSON.parse(await keep(await river.post(`feeds/${feed}`, rows)));
      await river.settle();
      await keep(await river.get(`receipts/${receiptId}`));
    }
    const poison = NAMED.map(
      ([id, navn]) =>
        `{"fodselsnummer":"${person(id).fodselsnummer}" "navn":"${navn}", "merknad":"${REMARK}"`,
    );
    for (const feed of FEEDS) if (feed !== 'bridge') await river.send(feed, poison);
    await river.submit('folkeregister', renumbered(person('P06f'), person('P06'), '2026-10-08'));
    await river.moveClock('2026-11-03T09:00:00.000Z');
    await river.submit('nav-match', everyAnswer());
    await river.listsSettled();
    await river.moveClock('2027-08-02T00:00:00.000Z');
    for (const path of [
      'alerts?limit=500',
      'quarantine?limit=500',
      'parked',
      'worklists',
      'wheel?schoolYear=2026-27',
    ])
      await keep(await river.get(path));
    for (const list of ['deadlines', 'open-questions', 'unanswered'])
      await keep(await river.get(`worklists/${list}`));
    await keep(await river.get('letters/W24?schoolYear=2026-27'));
    for (const [id] of NAMED) {
      const ref = await river.refOf(person(id).fodselsnummer);
      await keep(await river.get(`youths/${ref}`));
      await keep(await river.get(`youths/${ref}/history`));
    }
    expect(JSON.parse(await keep(await river.get('parked'))).items).toEqual([]);
  }

  test('no log line, metric or span has a number, a name, an address, a remark or a sensitive code', async () => {
    const metrics = await (await river.get('/internal/metrics')).text();
    const outputs = [river.logLines.join('\n'), metrics, Buffer.concat(traced.spans).toString('latin1')];
    for (const text of outputs) {
      expect(text.length).toBeGreaterThan(1_000);
      expect(canariesIn(text, SECRETS)).toEqual([]);
      expect(SENSITIVE.filter((code) => text.includes(code))).toEqual([]);
    }
  });

  test('nor a key or header of any topic, nor anything the bridge has written to one', async () => {
    const feedTopics = new Set(
      FEEDS.filter((feed) => feed !== 'bridge').map((feed) => feedTopic(river.org, feed)),
    );
    const records = await river.everything();
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
