import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { proven } from '../../src/desk/subscriptions/subscriptions.ts';
import { type Connect, createConnect } from '../../src/relay/connect.ts';
import { proveReceiver } from '../../src/relay/handshake.ts';
import { createFakeRelay } from '../api/fakeRelay.ts';
import {
  createTestAuthority,
  selfSigned,
  type TestAuthority,
  type TestCertificate,
} from '../harness/testCertificates.ts';
import { until } from '../harness/until.ts';
import { relayWorld } from './workerWorld.ts';

// A real receiver with TLS, whose certificate is right or wrong.

let world: ReturnType<typeof relayWorld>;
beforeEach(() => {
  world = relayWorld();
});
afterEach(() => world.stop());

const HOSTS = ['localhost'];

/** One call to a receiver with that certificate. `read`: what it could read of it. */
async function called(certificateOf: (trusted: TestAuthority) => Promise<TestCertificate>) {
  const trusted = await createTestAuthority();
  const { certificate: cert, key } = await certificateOf(trusted);
  let [read, connections] = ['', 0];
  const server = createServer({ cert, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      read += chunk;
      if (read.includes('}}')) socket.end('HTTP/1.1 204 No Content\r\n\r\n');
    });
  }).listen(0, '127.0.0.1');
  server.on('connection', () => {
    connections += 1;
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const subscription = await world.subscribed(`https://localhost:${port}/`);
  await world.raised(1);
  const connect = createConnect({ ports: [443], loopback: true, lookUp: async () => [], ca: trusted.ca });
  world.start({ connect });
  await until('the attempt has ended', async () => world.ended.length === 1);
  const receiver = { connections, ...(await ownerSees(subscription, connect)) };
  server.close();
  const [delivery] = await world.records.deliveries(world.org, subscription.id, {
    ...{ state: null, after: null, limit: 1 },
  });
  const { failingSince } = (await world.records.subscription(world.org, subscription.id)) ?? {};
  return { read, ...receiver, delivery, failingSince };
}

/** What the owner is answered who asks for the address to be proven. */
async function ownerSees(subscription: Subscription, connect: Connect) {
  const { fault } = await proveReceiver(connect, {
    ...{ subscription: subscription.id, url: new URL(subscription.url), origin: 'ot.fylke.no', keys: [] },
    ...{ userAgent: 'OT-Bridge/0.1', now: instantOf(Date.now()) },
  });
  const receivers = createFakeRelay(Date.now);
  receivers.outcome = fault === 'tls' ? fault : 'delivered';
  return proven({ receivers }, subscription).then(
    () => ({ shown: null }),
    (error: Error) => ({ shown: error.message }),
  );
}

test('a receiver with a good certificate is sent the call', async () => {
  const { read, delivery, failingSince } = await called((trusted) =>
    trusted.issue({ name: 'mottak', hosts: HOSTS }),
  );
  expect(read).toMatch(/^POST \/ HTTP\/1\.1\r\n/);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 1 });
  expect(failingSince).toBeNull();
});

test.each<[string, (trusted: TestAuthority) => Promise<TestCertificate>]>([
  ['that it has signed itself', () => selfSigned('mottak', HOSTS)],
  ['that has expired', (trusted) => trusted.issue({ name: 'mottak', hosts: HOSTS, expired: true })],
  ['of another name', (trusted) => trusted.issue({ name: 'mottak', hosts: ['mottak.fylke.no'] })],
  [
    'of an authority that is unknown',
    async () => (await createTestAuthority('Ukjent')).issue({ name: 'mottak', hosts: HOSTS }),
  ],
])('a receiver with a certificate %s is sent nothing, and it is the receiver’s fault', async (_what, of) => {
  const { read, connections, delivery, failingSince, shown } = await called(of);
  expect({ read, connections }).toEqual({ read: '', connections: 1 });
  expect(delivery).toMatchObject({ state: 'waiting', attempts: 1, lastOutcome: 'tls' });
  expect(failingSince).not.toBeNull();
  expect(shown).toContain('sertifikatet kan ikke brukes');
});
