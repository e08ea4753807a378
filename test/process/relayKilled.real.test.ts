import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/local/sample/random.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

// Two relays, killed one after the other while a receiver of whims is called: nothing is lost, what comes again comes under
// its first id, and no call about a youth overtakes another.

const APP = fileURLToPath(new URL('../harness/relayApp.ts', import.meta.url));
const KILLS = 20;
const YOUTHS = 400;
const random = seededRandom(20);

let pipeline: RealPipeline;
const relays: ChildProcess[] = [];
const readied = new Map<ChildProcess, Promise<unknown>>();
beforeAll(async () => {
  pipeline = await startRealPipeline({ clock: null });
});
afterAll(async () => {
  for (const relay of relays) relay.kill('SIGKILL');
  await pipeline?.stop();
});

function startRelay(): ChildProcess {
  const { brokers, databaseUrl, vaultKey } = pipeline.options;
  const relay = spawn(process.execPath, [APP], {
    env: {
      PATH: process.env.PATH,
      APP_BROKERS: brokers.join(),
      APP_DATABASE: databaseUrl,
      APP_ORG: pipeline.org,
      APP_VAULT_KEY: vaultKey.toString('hex'),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  relays.push(relay);
  readied.set(relay, once(relay.stdout, 'data'));
  return relay;
}

interface Seen {
  id: string;
  ref: string;
  version: number;
  taken: boolean;
}

test(`${2 * YOUTHS} deliveries under ${KILLS} kills of the relay`, async () => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') {
      const origin = request.headers['webhook-request-origin'] ?? '';
      response.writeHead(200, { 'webhook-allowed-origin': origin }).end();
      return;
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { data } = JSON.parse(text);
      const whim = random.between(0, 19);
      seen.push({ id: data.id, ref: data.ref, version: data.version, taken: whim > 4 });
      if (whim === 0) response.writeHead(500).end();
      else if (whim === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else if (whim === 2) response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      else if (whim === 3) request.socket.destroy();
      else if (whim === 4) response.writeHead(503).end();
      else setTimeout(() => response.writeHead(204).end(), random.between(0, 30));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const made = await pipeline.post('subscriptions', {
    ...{ name: 'Lunefull', url: `http://127.0.0.1:${port}/`, kinds: ['status', 'alert'], begins: 'all' },
  });
  const { subscription } = JSON.parse(await made.text());
  expect((await pipeline.post(`subscriptions/${subscription.id}/verify`, {})).status).toBe(200);
  const today = new Date().toISOString().slice(0, 10);
  await pipeline.submit(
    'school-dropout',
    crowd(77, YOUTHS).map((person, at) => dropout(person, `killed-${at}`, { avbruddsdato: today })),
  );

  const running = [startRelay(), startRelay()];
  let kills = 0;
  while (kills < KILLS) {
    const at = kills % 2;
    const [relay] = running.splice(at, 1, startRelay());
    if (relay === undefined) throw new Error('there is no relay to kill');
    await readied.get(relay);
    await sleep(random.between(20, 400));
    relay.kill('SIGKILL');
    kills += 1;
  }
  const isTaken = ({ id }: { id: string }) => seen.some((each) => each.id === id && each.taken);
  await until(
    'all has ended',
    async () => {
      const { health, backlog } = await pipeline.json(`subscriptions/${subscription.id}`);
      return health.waiting === 0 && backlog.all === 0;
    },
    120_000,
  );
  const database = new Client({ connectionString: pipeline.options.databaseUrl });
  await database.connect();
  const { rows } = await database.query<{ webhook_id: string; state: string }>(
    'select webhook_id, state from delivery order by id',
  );
  await database.end();
  expect(rows).toHaveLength(2 * YOUTHS);
  // A receiver of whims may refuse one ten times: then it is listed, and not lost.
  const exhausted = rows.filter(({ state }) => state === 'exhausted').length;
  expect(rows.filter(({ state }) => state !== 'delivered' && state !== 'exhausted')).toEqual([]);
  expect(
    rows.filter(({ webhook_id, state }) => state === 'delivered' && !isTaken({ id: webhook_id })),
  ).toEqual([]);
  expect(exhausted).toBeLessThan(YOUTHS / 20);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(2 * YOUTHS);
  const newest = new Map<string, number>();
  const overtaken = seen.filter(({ ref, version }) => {
    const before = newest.get(ref) ?? 0;
    newest.set(ref, Math.max(before, version));
    return version < before;
  });
  expect(overtaken).toEqual([]);
  server.closeAllConnections();
  server.close();
}, 300_000);
