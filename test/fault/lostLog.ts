import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { type Bridge, startBridge } from '../../src/bridge/bridge.ts';
import type { BridgeOptions } from '../../src/bridge/options.ts';
import { feedTopic, outTopic } from '../../src/core/messages/topic.ts';
import { countyNumber, type OrgId, orgId } from '../../src/core/organisation.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createDecoder } from '../../src/wire/codec.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import type { OwnKafka } from '../harness/ownKafka.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { createSteps } from '../harness/steps.ts';
import { readTopics } from './kafkaLog.ts';

// Kafka's log loses its tail, or is put back from a copy and grows again with other records. However it happens, it
// is reported within ten seconds, an operator lets the lanes go on, and nothing is lost without a report.

export interface LostLog {
  seed: number;
  /** Submissions before the copy, all handled. */
  kept: number;
  /** After the copy, handled, and gone from Kafka with its tail. */
  lost: number;
  /** After those, acknowledged and not handled. Only where the bridge is stopped. */
  unheard: number;
  /** Other records in the log before the bridge sees it again. */
  regrown: number;
  /** The bridge runs while it happens, or starts afterwards. */
  running: boolean;
}

export interface LostLogResult {
  /** From the moment that Kafka answers again, or the bridge starts, to the last alert. */
  ms: number;
  codes: string[];
  /** What went wrong, a sentence each; none when all is well. */
  findings: string[];
  /** What was done, with its milliseconds, a line each. */
  steps: string;
}

const WITHIN_MS = 10_000;
/** Well under the limit of a test, which would not say what was waited for. */
const PATIENCE_MS = 30_000;
const REASON = 'Loggen er lagt tilbake fra en kopi.';

/** As the runbook says it, under «Gjenoppretting». */
const PUBLISH_AGAIN = `
  update lane l set epoch = epoch + 1, published_upto = least(published_upto,
    (select min(e.record_offset) from event e where e.lane_id = l.id and e.recorded >= $1))`;

export async function playLostLog(
  kafka: OwnKafka,
  databaseUrl: string,
  plan: LostLog,
): Promise<LostLogResult> {
  const org = orgId(`tapt-${randomBytes(4).toString('hex')}`);
  const topic = feedTopic(org, 'school-dropout');
  const lines: string[] = [];
  const options = (roles: BridgeOptions['roles']): BridgeOptions => ({
    brokers: kafka.brokers,
    databaseUrl,
    vaultKey: Buffer.alloc(32, plan.seed + 1),
    organisations: [{ id: org, county: countyNumber('40'), virtualClock: false }],
    environment: 'test',
    roles,
    topics: { partitions: 2, replication: 1, retentionDays: 1 },
    http: { host: '127.0.0.1', port: 0 },
    log: createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } }),
  });
  const whole = options({ consume: true, api: true });
  const people = crowd(plan.seed, plan.kept + plan.lost + plan.unheard + plan.regrown + 2);
  const today = new Date().toISOString().slice(0, 10);
  const taken: (typeof people)[number][] = [];
  const next = () => {
    const person = people.shift();
    if (!person) throw new Error('the crowd was too small');
    taken.push(person);
    return dropout(person, randomUUID(), { avbruddsdato: today });
  };
  const { step, report } = createSteps();
  let bridge: Bridge = await step('start the bridge', () => startBridge(whole));
  const ask = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${bridge.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const submitOne = async (): Promise<string> => {
    const rows = [next()];
    const key = { 'idempotency-key': randomUUID() };
    for (;;) {
      const answer = await ask(`/organisations/${org}/feeds/school-dropout`, rows, key);
      const text = await answer.text();
      if (answer.status === 202) return JSON.parse(text).receiptId;
      // Kafka has not acknowledged it in time: sent again, as the answer says.
      if (answer.status !== 503) throw new Error(`a submission was answered by ${answer.status}: ${text}`);
    }
  };
  const submit = (count: number): Promise<string[]> =>
    step(`submit ${count}`, async () => {
      const receipts: string[] = [];
      for (let i = 0; i < count; i += 1) receipts.push(await submitOne());
      return receipts;
    });
  const idle = () => step('everything is handled', () => bridge.awaitIdle(org));
  const findings: string[] = [];
  try {
    await submit(plan.kept);
    await idle();
    await step('copy the log', () => kafka.keepCopy());
    const copied = new Date().toISOString();
    const before = await cursors(bridge, topic);
    await submit(plan.lost);
    await idle();
    const known = [...taken];
    const after = await cursors(bridge, topic);
    const cut = [...after].flatMap(([partition, next]) =>
      next > (before.get(partition) ?? 0n) ? [partition] : [],
    );
    let unheard: string[] = [];
    if (!plan.running) {
      await step('stop the bridge', () => bridge.stop());
      bridge = await step('start the API alone', () => startBridge(options({ consume: false, api: true })));
      unheard = await submit(plan.unheard);
      await step('stop the API', () => bridge.stop());
      taken.splice(known.length);
    }
    lines.length = 0;
    // Kafka starts twice when it grows in between.
    await step(
      'put the log back',
      () =>
        kafka.putBack(plan.regrown === 0 ? undefined : (brokers) => grow(brokers, topic, plan.regrown, next)),
      2 * PATIENCE_MS,
    );
    const back = performance.now();
    if (!plan.running) bridge = await step('start the bridge again', () => startBridge(whole));

    const alerts = () =>
      lines
        .map((line) => JSON.parse(line))
        .filter((line) => line.event === 'operational.alert' && line.topic === topic);
    const stopped = () => new Set(alerts().map(({ partition }) => partition));
    await step('every lane that lost its tail reports it', () =>
      until(
        () => cut.every((partition) => stopped().has(partition)),
        findings,
        'not every lane that lost its tail reported it',
      ),
    );
    const ms = performance.now() - back;
    if (ms > WITHIN_MS) findings.push(`it was reported after ${Math.round(ms)} ms`);
    const perLane = Map.groupBy(alerts(), ({ partition }) => partition);
    for (const [partition, all] of perLane)
      if (all.length > 1) findings.push(`partition ${partition} was reported ${all.length} times`);

    for (const partition of stopped()) {
      const answer = await step(`let partition ${partition} go on`, () =>
        ask(`/internal/lanes/${topic}/${partition}/go-on`, { reason: REASON, confirm: true }),
      );
      // The rest would wait for it in vain.
      if (answer.status !== 200)
        throw new Error(`partition ${partition} was not let go on: ${await answer.text()}`);
    }
    await step('publish again what the log lost', async () => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query(PUBLISH_AGAIN, [copied]);
      await client.end();
    });
    await submit(1);
    await idle();

    await step('look up every youth', async () => {
      for (const { fodselsnummer } of taken) {
        const found = await ask(`/organisations/${org}/youths/search`, { fodselsnummer });
        if (found.status !== 200) findings.push('a youth that is in the log, or was known, is not known');
      }
    });
    // Its last reading may begin just before the patience ends.
    await step(
      'every alert is in Kafka',
      () =>
        until(
          async () => (await alertedYouths(kafka.brokers, org)) >= taken.length,
          findings,
          'an alert is not in Kafka',
        ),
      2 * PATIENCE_MS,
    );
    const waiting = await bridge.operations.waitingReceipts(org, {
      from: '2000-01-01T00:00:00.000Z',
      to: '2100-01-01T00:00:00.000Z',
    });
    const reported = waiting.map(({ id }) => id).sort();
    if (JSON.stringify(reported) !== JSON.stringify(unheard.sort()))
      findings.push(`${unheard.length} submissions are gone, ${reported.length} are reported`);
    return {
      ms,
      codes: [...new Set(alerts().map(({ code, detail }) => `${code} ${detail}`))].sort(),
      findings,
      steps: report(),
    };
  } finally {
    await step('stop the bridge at the end', () => bridge.stop());
  }
}

/** Records that the bridge has not sent, in both partitions. */
async function grow(brokers: string[], topic: string, count: number, next: () => unknown): Promise<void> {
  const producer = new Kafka({ brokers, clientId: 'outsider', logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  const messages = Array.from({ length: count }, (_, i) => ({
    partition: i % 2,
    value: JSON.stringify(next()),
  }));
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** How far each partition is handled. */
async function cursors(bridge: Bridge, topic: string): Promise<Map<number, bigint>> {
  const lanes = (await bridge.queries.lanes()).filter((lane) => lane.topic === topic);
  return new Map(lanes.map(({ partition, nextOffset }) => [partition, nextOffset]));
}

const decode = createDecoder({ schemas: loadSchemas('schemas/avro/out') });

async function alertedYouths(brokers: string[], org: OrgId): Promise<number> {
  const kafka = new Kafka({ brokers, clientId: 'outsider', logLevel: logLevel.NOTHING });
  const records = await readTopics(kafka, [outTopic(org, 'alert')]);
  const raised = records.filter(({ value }) => {
    const alert = decode(value ?? Buffer.alloc(0)).value as Record<string, unknown>;
    return alert.kind === 'NY_TILMELDING';
  });
  return new Set(raised.map(({ key }) => key)).size;
}

async function until(
  holds: () => boolean | Promise<boolean>,
  findings: string[],
  otherwise: string,
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > end) {
      findings.push(otherwise);
      return;
    }
    await sleep(50);
  }
}
