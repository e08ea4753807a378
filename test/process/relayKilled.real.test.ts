import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/local/sample/random.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { type RelayProcess, startRelayProcess } from '../harness/relayProcess.ts';
import { annulment, crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';
import {
  DELIVERY_ENDS,
  type DeliveryEnd,
  judgeCalls,
  startWhimsicalReceiver,
} from '../harness/whimsicalReceiver.ts';

// Two relays, killed one after the other while a receiver of whims is called: nothing is lost, what comes again comes under
// its first id, and no call about a youth overtakes another. `npm run fault:relay` is the long tier.

const KILLS = 6;
const YOUTHS = 75;
/** Status and alert, of the dropout and of its annulment. */
const DELIVERIES = 4 * YOUTHS;
const random = seededRandom(20);

let pipeline: RealPipeline;
const relays: RelayProcess[] = [];
beforeAll(async () => {
  pipeline = await startRealPipeline({ clock: null });
});
afterAll(async () => {
  for (const relay of relays) relay.process.kill('SIGKILL');
  await pipeline?.stop();
});

function startRelay(): RelayProcess {
  const relay = startRelayProcess({ ...pipeline.options, org: pipeline.org, stepMs: 50 });
  relays.push(relay);
  return relay;
}

test(`${DELIVERIES} deliveries under ${KILLS} kills of the relay`, async () => {
  const receiver = await startWhimsicalReceiver(() =>
    random.weighted({ takes: 15, '500': 1, '429': 1, '503': 1, redirects: 1, 'hangs up': 1 }),
  );
  const made = await pipeline.post('subscriptions', {
    ...{ name: 'Lunefull', url: receiver.url, kinds: ['status', 'alert'], begins: 'all' },
  });
  const { subscription } = JSON.parse(await made.text());
  expect((await pipeline.post(`subscriptions/${subscription.id}/verify`, {})).status).toBe(200);
  const people = crowd(77, YOUTHS);
  const today = new Date().toISOString().slice(0, 10);
  const left = people.map((person, at) => dropout(person, `killed-${at}`, { avbruddsdato: today }));
  await pipeline.submit('school-dropout', left);
  const annulled = people.map(({ fodselsnummer }, at) => annulment(fodselsnummer, `killed-${at}`));
  await pipeline.submit('school-dropout', annulled);

  const running = [startRelay(), startRelay()];
  for (let kills = 0; kills < KILLS; kills += 1) {
    const [relay] = running.splice(kills % 2, 1, startRelay());
    if (relay === undefined) throw new Error('there is no relay to kill');
    await relay.ready;
    await sleep(random.between(20, 400));
    relay.process.kill('SIGKILL');
  }
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
  const { rows } = await database.query<DeliveryEnd>(DELIVERY_ENDS, [subscription.id]);
  await database.end();
  receiver.stop();
  expect(rows).toHaveLength(DELIVERIES);
  const { exhausted, repeated, ...wrong } = judgeCalls(rows, receiver.seen);
  expect(wrong).toEqual({ lost: [], strangers: [], overtaken: [] });
  // A receiver of whims may refuse one ten times.
  expect(exhausted).toBeLessThan(YOUTHS / 20);
  // No more than were under way when a relay was killed.
  expect(repeated).toBeLessThanOrEqual(KILLS * 8);
}, 300_000);
