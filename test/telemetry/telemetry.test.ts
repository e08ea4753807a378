import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { createAlarm } from '../../src/telemetry/alarm.ts';
import { ATTRIBUTES, METRICS } from '../../src/telemetry/names.ts';
import { createTelemetry } from '../../src/telemetry/telemetry.ts';
import { linksOf, MAX_LINKS, parseTraceparent } from '../../src/telemetry/traceContext.ts';
import { loggerWithLines } from './logLines.ts';

const ORG = orgId('telemarkfylke-no');
const LANE = { org: ORG, topic: `${ORG}.ot.event.consent`, partition: 0 };
const BATCH = { ...LANE, firstOffset: 12n, records: 2 };
const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

function telemetry(otlpEndpoint?: string) {
  const made = createTelemetry({ otlpEndpoint });
  open.push({ close: () => made.shutdown() });
  return made;
}

test('counts and times show in the Prometheus text with their labels', async () => {
  const { meters, prometheus } = telemetry();
  meters.decided(3, { org: ORG, feed: 'consent', outcome: 'applied' });
  meters.quarantined(2, { org: ORG, feed: 'consent', problem: 'UNKNOWN_CODE' });
  meters.fenceLost(LANE);
  meters.pollFailed({ org: ORG, list: 'ot', code: 'HTTP_STATUS' });
  meters.navWithdrawn(3, { org: ORG });
  meters.duplicates(4, { org: ORG, feed: 'consent' });
  meters.ruleFired(1, { org: ORG, rule: 'R05' });
  meters.batch(40, { org: ORG, feed: 'consent' });
  meters.phase(7, { org: ORG, feed: 'consent', phase: 'commit' });
  meters.dropoutToAlert(60, { org: ORG });
  const text = await prometheus();
  expect(text).toContain(`ot_bridge_records_total{org="${ORG}",feed="consent",outcome="applied"} 3`);
  expect(text).toContain(`ot_bridge_quarantined_total{org="${ORG}",feed="consent",problem="UNKNOWN_CODE"} 2`);
  expect(text).toContain(`ot_bridge_dropout_to_alert_seconds_bucket{org="${ORG}",le="0.075"} 1`);
  expect(text).toContain(`ot_bridge_dropout_to_alert_seconds_bucket{org="${ORG}",le="0.05"} 0`);
  expect(text).toContain(
    `ot_bridge_batch_phase_seconds_sum{org="${ORG}",feed="consent",phase="commit"} 0.007`,
  );
  for (const name of [
    'rules_fired',
    'duplicates_skipped',
    'fence_lost',
    'poll_failures',
    'nav_withdrawals',
  ]) {
    expect(text).toContain(`ot_bridge_${name}_total{`);
  }
});

test('gauges are asked at each scrape, and one that fails does not take the others along', async () => {
  const { observe, prometheus } = telemetry();
  let lag = 5;
  observe({
    lag: () => [{ value: lag, ...LANE }],
    unpublished: async () => [{ value: 1, org: ORG }],
    parked: () => Promise.reject(new Error('the database is away')),
  });
  expect(await prometheus()).toContain(
    `ot_bridge_lag_records{org="${ORG}",topic="${LANE.topic}",partition="0"} 5`,
  );
  lag = 0;
  const text = await prometheus();
  expect(text).toMatch(/ot_bridge_lag_records\{.*\} 0/);
  expect(text).toContain(`ot_bridge_unpublished_records{org="${ORG}"} 1`);
  expect(text).not.toContain('ot_bridge_parked_records{');
});

test('no label or attribute is named after a person', () => {
  expect(Object.values(ATTRIBUTES)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/ref|fnr|person|navn|name/)]),
  );
  expect(new Set(Object.values(METRICS)).size).toBe(Object.values(METRICS).length);
});

test('an operational alert is one log line and one count', async () => {
  const { log, events } = loggerWithLines();
  const { meters, prometheus } = telemetry();
  createAlarm({ log, meters })('LIST_SHRUNK', { org: ORG, list: 'ot', count: 171 });
  expect(events()).toMatchObject([{ event: 'operational.alert', code: 'LIST_SHRUNK', org: ORG, count: 171 }]);
  expect(await prometheus()).toContain(
    `ot_bridge_operational_alerts_total{org="${ORG}",code="LIST_SHRUNK"} 1`,
  );
});

test('without a collector a batch is not traced and its headers are not read', () => {
  const span = telemetry().startBatch(BATCH, () => {
    throw new Error('read');
  });
  expect(span.traceparent).toBeUndefined();
  expect(span.phase('load', () => 42)).toBe(42);
  span.end();
});

test('with a collector a batch is a span with its phases, linked to the traces of its records', async () => {
  const { url, bodies } = await collector();
  const { startBatch, shutdown } = createTelemetry({ otlpEndpoint: `${url}/` });
  const span = startBatch(BATCH, () => [PARENT, undefined, 'nonsense', PARENT]);
  expect(await span.phase('commit', async () => 'done')).toBe('done');
  await expect(
    span.phase('publish', async () => Promise.reject(new Error('Kari 01819012345'))),
  ).rejects.toThrow();
  expect(parseTraceparent(span.traceparent ?? '')).toBeDefined();
  span.end(Object.assign(new Error('Kari 01819012345'), { code: 'ECONNRESET' }));
  await shutdown();
  const sent = bodies.join('');
  const spans = JSON.parse(bodies[0] ?? '').resourceSpans[0].scopeSpans[0].spans;
  expect(spans.map((each: { name: string }) => each.name).sort()).toEqual(['batch', 'commit', 'publish']);
  const batch = spans.find((each: { name: string }) => each.name === 'batch');
  expect(batch.links).toHaveLength(1);
  expect(batch.links[0].traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  expect(batch.status.message).toBe('ECONNRESET');
  expect(sent).not.toMatch(/Kari|01819/);
});

test('a collector that is away costs no work', async () => {
  const { startBatch, shutdown } = createTelemetry({ otlpEndpoint: 'http://127.0.0.1:1' });
  const span = startBatch(BATCH, () => []);
  expect(span.phase('decide', () => 1)).toBe(1);
  span.end();
  await shutdown();
});

test.each([
  '',
  'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
  '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more',
])('«%s» is no traceparent', (text) => {
  expect(parseTraceparent(text)).toBeUndefined();
});

test('a batch links to a bounded number of traces', () => {
  const parents = Array.from(
    { length: 500 },
    (_, n) => `00-${(n + 1).toString(16).padStart(32, '0')}-00f067aa0ba902b7-00`,
  );
  expect(linksOf(parents)).toHaveLength(MAX_LINKS);
});

async function collector(): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close() });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, bodies };
}
