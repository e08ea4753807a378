import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bridge, startBridge } from '../../src/bridge/bridge.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout, P10 } from '../harness/schoolDropouts.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { until } from '../harness/until.ts';

/** Seven feeds of two partitions. */
const LANES = 2 * FEEDS.length;

describe.each(testedVersions())('the pipeline goes on, on Kafka and PostgreSQL %s', (version) => {
  let pipeline: RealPipeline;
  beforeAll(async () => {
    pipeline = await startRealPipeline({ version, clock: '2026-10-02T08:00:00.000Z' });
  });
  afterAll(() => pipeline?.stop());

  const [stays, moves, ...others] = crowd(50, 62);
  const ended = (person: { fodselsnummer: string }, id: string) => ({
    id,
    type: 'heving',
    ...person,
    bedriftsnummer: '987654321',
    sluttdato: '2026-10-01',
    sluttaarsak: 'FV',
  });
  const raised = async (kind: string) =>
    (await pipeline.out('alert')).filter(({ decoded }) => decoded.kind === kind && decoded.state === 'REIST');

  test('F02: a contract ended alerts once, when the days of grace are over, and not one who has a new contract', async () => {
    await pipeline.submit('apprenticeship', [ended(P10, 'k-1'), ended(stays!, 'k-2'), ended(moves!, 'k-3')]);
    await pipeline.submit('apprenticeship', {
      id: 'ny-3',
      type: 'kontrakt',
      ...moves,
      bedriftsnummer: '912345678',
      startdato: '2026-10-01',
    });
    await pipeline.moveClock('2026-10-07T07:59:59.000Z');
    expect(await raised('NY_TILMELDING')).toEqual([]);
    expect(await pipeline.registrations(P10.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
    await pipeline.moveClock('2026-10-07T08:00:00.000Z');
    await pipeline.moveClock('2026-10-20T08:00:00.000Z');
    const alerts = await raised('NY_TILMELDING');
    const expected = [await pipeline.refOf(P10.fodselsnummer), await pipeline.refOf(stays!.fodselsnummer)];
    expect(alerts.map(({ key }) => key).sort()).toEqual(expected.sort());
    // Decided at the moment it fell due, not when the clock was moved past it.
    expect(alerts.map(({ headers }) => headers.ce_time)).toEqual(Array(2).fill('2026-10-07T08:00:00.000Z'));
    expect(await pipeline.registrations(moves!.fodselsnummer)).toEqual([]);
  });

  test('a bridge that is stopped and started goes on where it was, also with what came meanwhile', async () => {
    const first = others.slice(0, 20).map((person, at) => dropout(person, `d-${at}`));
    await pipeline.submit('school-dropout', first);
    const before = await counts(pipeline);
    await pipeline.restart();
    await pipeline.settle();
    expect(await counts(pipeline)).toEqual(before);
    const again = await pipeline.submit('school-dropout', first);
    expect(again.counts).toMatchObject({ applied: 0, duplicate: 20 });
    expect(await counts(pipeline)).toEqual(before);
  });

  test('two bridges share the lanes, and the one that stops hands over without loss', async () => {
    const second = await startBridge(pipeline.options);
    try {
      await until('both have their share', async () => {
        const shares = [await lanesOf(pipeline.current()), await lanesOf(second)];
        return shares.every((share) => share === LANES / 2);
      });
      const receipts: string[] = [];
      const posting = (async () => {
        for (const [at, person] of others.slice(20, 60).entries()) {
          const answer = await pipeline.post('feeds/school-dropout', [
            dropout(person, `to-${at}`),
            dropout(person, `to-${at}`, { version: 2, avbruddsdato: '2026-09-28' }),
          ]);
          receipts.push(JSON.parse(await answer.text()).receiptId);
        }
      })();
      await until('half is posted', async () => receipts.length >= 20);
      await second.stop();
      await posting;
      await until('the first has all lanes', async () => (await lanesOf(pipeline.current())) === LANES);
      await pipeline.settle();
      for (const id of receipts)
        expect((await pipeline.receipt(id)).counts).toMatchObject({ applied: 2, duplicate: 0 });
    } finally {
      await second.stop();
    }
    const alerts = await raised('NY_TILMELDING');
    expect(new Set(alerts.map(({ headers }) => headers.ce_id)).size).toBe(62);
    expect(new Set(alerts.map(({ key }) => key)).size).toBe(62);
    const versions = new Map<string, number>();
    for (const { key, decoded } of await pipeline.out('status')) {
      expect(decoded.version).toBeGreaterThan(versions.get(key ?? '') ?? 0);
      versions.set(key ?? '', Number(decoded.version));
    }
  });

  test('E01: all topics read again from the first offset have no second effect', async () => {
    const before = await counts(pipeline);
    const ids = await cloudEventIds(pipeline);
    await pipeline.current().stop();
    await sql(pipeline.options.databaseUrl, 'update lane set next_offset = 0, published_upto = 0');
    await pipeline.restart();
    await pipeline.settle();
    expect(await counts(pipeline)).toEqual(before);
    expect(await cloudEventIds(pipeline)).toEqual(ids);
  });

  test('E01: replayed into an empty store, every registration and alert is the same, and no alert is a new one', async () => {
    const numbers = [P10, stays!, moves!, ...others].map(({ fodselsnummer }) => fodselsnummer);
    const before = await stateOf(pipeline, numbers);
    const ids = await alertIds(pipeline);
    const database = await createTestDatabase(version);
    try {
      await carryOver(pipeline, database.url);
      await pipeline.restart({ databaseUrl: database.url });
      await pipeline.settle();
      // A deadline read before the contract it belongs to is sent once more.
      const { operations } = pipeline.current();
      const now = (await operations.virtualNow(pipeline.org)) ?? '';
      await until('nothing is due', async () => (await operations.due(pipeline.org, now, 1)).length === 0);
      await pipeline.settle();
      expect(await stateOf(pipeline, numbers)).toEqual(before);
      expect(await alertIds(pipeline)).toEqual(ids);
    } finally {
      await pipeline.restart();
      await database.drop();
    }
  });
});

/** What is not derived from the topics: which person a reference means, and the time of the clock. */
async function carryOver(pipeline: RealPipeline, url: string): Promise<void> {
  const empty = await startBridge({
    ...pipeline.options,
    databaseUrl: url,
    roles: { consume: false, api: false },
  });
  const clock = await pipeline.current().operations.virtualNow(pipeline.org);
  await empty.moveClock(pipeline.org, clock ?? '');
  await empty.stop();
  const people = await sql(
    pipeline.options.databaseUrl,
    `select json_agg(json_build_object('h', encode(hmac, 'hex'), 'r', ref, 's', encode(sealed_number, 'hex'))) as all
     from identity`,
  );
  await sql(
    url,
    `insert into identity (hmac, ref, sealed_number)
     select decode(h, 'hex'), r, decode(s, 'hex') from json_to_recordset($1) as x(h text, r uuid, s text)`,
    [JSON.stringify(people[0]?.all)],
  );
}

async function stateOf(pipeline: RealPipeline, numbers: readonly string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const number of numbers) {
    const { ref, registrations, alerts } = await pipeline.youth(number);
    found.push({ ref, registrations, alerts });
  }
  return found;
}

async function alertIds(pipeline: RealPipeline): Promise<string[]> {
  const alerts = await pipeline.out('alert');
  return [...new Set(alerts.map(({ decoded }) => `${decoded.alertId} ${decoded.state}`))].sort();
}

async function cloudEventIds(pipeline: RealPipeline): Promise<string[]> {
  const all = [
    await pipeline.out('alert'),
    await pipeline.out('status'),
    await pipeline.out('ot-ungdom'),
  ].flat();
  return all.map(({ headers }) => headers.ce_id ?? '').sort();
}

async function counts(pipeline: RealPipeline): Promise<number[]> {
  const topics = ['status', 'alert', 'status-group', 'ot-ungdom'] as const;
  return Promise.all(topics.map(async (topic) => (await pipeline.out(topic)).length));
}

/** Lanes that a bridge works, by its metrics. */
async function lanesOf(bridge: Bridge): Promise<number> {
  const text = await (await fetch(`${bridge.url}/internal/metrics`)).text();
  return text.match(/^ot_bridge_lane_worked\{/gm)?.length ?? 0;
}

async function sql(url: string, statement: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, values)).rows;
  } finally {
    await client.end();
  }
}
