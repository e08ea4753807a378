import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { type ConnectOptions, createConnect } from '../../src/relay/connect.ts';
import { NotConnected } from '../../src/relay/firstConnected.ts';
import { createTestAuthority } from '../harness/testCertificates.ts';

const stops: (() => unknown)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const FOUR = '93.184.215.14';
const OTHER_FOUR = '93.184.215.15';
const SIX = '2606:2800:21f:cb07:6820:80da:af6b:8b2c';

/** What is at a public address. `accepts`: and then says nothing. `speaks no TLS`: it is there, and is no receiver. */
type There = 'silent' | 'accepts' | 'refuses' | 'speaks no TLS' | 'no route' | 'no such family';
const NO_SUCH = { 'no route': 'ENETUNREACH', 'no such family': 'EAFNOSUPPORT' };

/** A network in which those addresses are as they are said to be. */
async function network(at: Record<string, There>) {
  const plain = createTcpServer((socket) => socket.end('hello\r\n')).listen(0, '127.0.0.1');
  const closed = createTcpServer().listen(0, '127.0.0.1');
  await Promise.all([once(plain, 'listening'), once(closed, 'listening')]);
  const silent = createTcpServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  stops.push(() => silent.close());
  const ports: Partial<Record<There, number>> = {
    ...{ 'speaks no TLS': portOf(plain), refuses: portOf(closed), accepts: portOf(silent) },
  };
  closed.close();
  stops.push(() => plain.close());
  const begun: { host: string; ms: number }[] = [];
  const began = performance.now();
  const sockets: Socket[] = [];
  const dial = ({ host }: { host: string }): Socket => {
    begun.push({ host, ms: performance.now() - began });
    const there = at[host] ?? 'silent';
    const port = ports[there];
    const socket = port === undefined ? new Socket() : connectTcp({ host: '127.0.0.1', port });
    if (there === 'no route' || there === 'no such family')
      process.nextTick(() => socket.destroy(Object.assign(new Error(), { code: NO_SUCH[there] })));
    sockets.push(socket);
    return socket;
  };
  return { dial, begun, sockets, addresses: Object.keys(at) };
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  return (server.address() as AddressInfo).port;
}

async function faultOf(options: Partial<ConnectOptions>, ms = 1_500) {
  const connect = createConnect({ ports: [443], loopback: false, lookUp: async () => [], ...options });
  const fault = await connect(new URL('https://mottak.fylke.no/'), AbortSignal.timeout(ms)).catch(
    (error: unknown) => error,
  );
  return fault instanceof NotConnected ? fault.outcome : fault;
}

describe('of several addresses', () => {
  test.each<[string, Record<string, There>]>([
    ['unreachable', { [FOUR]: 'refuses', [SIX]: 'no route' }],
    ['unreachable', { [SIX]: 'no such family', [FOUR]: 'refuses' }],
    ['timeout', { [FOUR]: 'silent', [SIX]: 'no route' }],
    ['tls', { [FOUR]: 'speaks no TLS', [SIX]: 'no route' }],
    ['tls', { [FOUR]: 'speaks no TLS', [OTHER_FOUR]: 'refuses' }],
    ['egress', { [FOUR]: 'no route', [SIX]: 'no such family' }],
    ['egress', { [FOUR]: 'no route' }],
  ])('the receiver is charged with what came furthest: %s of %j', async (fault, at) => {
    const { dial, addresses } = await network(at);
    expect(await faultOf({ dial, lookUp: async () => addresses })).toBe(fault);
  });

  test('a silent one uses up no time of the next, and is given up when that connects', async () => {
    const authority = await createTestAuthority();
    const { certificate: cert, key } = await authority.issue({ name: 'mottak', hosts: ['mottak.fylke.no'] });
    const receiver = createTlsServer({ cert, key }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    stops.push(() => receiver.close());
    const silent = new Socket();
    const connect = createConnect({
      ...{ ports: [443], loopback: false, lookUp: async () => [FOUR, OTHER_FOUR], ca: authority.ca },
      dial: ({ host }) =>
        host === FOUR ? silent : connectTcp({ host: '127.0.0.1', port: portOf(receiver) }),
    });
    const began = performance.now();
    const socket = await connect(new URL('https://mottak.fylke.no/'), AbortSignal.timeout(15_000));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect([socket.destroyed, silent.destroyed]).toEqual([false, true]);
    socket.destroy();
  });

  test('each has a moment before the next is tried with it, and one that fails none', async () => {
    const { dial, begun, sockets } = await network({
      [FOUR]: 'refuses',
      [SIX]: 'silent',
      [OTHER_FOUR]: 'silent',
    });
    const addresses = [FOUR, OTHER_FOUR, SIX];
    expect(await faultOf({ dial, lookUp: async () => addresses }, 1_000)).toBe('unreachable');
    // One of each family after the other.
    expect(begun.map(({ host }) => host)).toEqual([FOUR, SIX, OTHER_FOUR]);
    const [, second = 0, third = 0] = begun.map(({ ms }) => ms);
    expect(second).toBeLessThan(200);
    expect(third - second).toBeGreaterThan(200);
    expect(third - second).toBeLessThan(700);
    expect(sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  test('one that is reached has longer, for TLS, than one that is not', async () => {
    const { dial, begun, addresses } = await network({ [FOUR]: 'accepts', [SIX]: 'refuses' });
    expect(await faultOf({ dial, lookUp: async () => addresses }, 3_000)).toBe('unreachable');
    const [, second = 0] = begun.map(({ ms }) => ms);
    expect(begun).toHaveLength(2);
    expect(second).toBeGreaterThan(1_800);
    expect(second).toBeLessThan(2_900);
  });

  test('no more than eight are tried', async () => {
    const at = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`93.184.215.${n}`, 'refuses' as There]),
    );
    const { dial, begun, addresses } = await network(at);
    expect(await faultOf({ dial, lookUp: async () => addresses })).toBe('unreachable');
    expect(begun).toHaveLength(8);
  });

  test('one that is not public forbids all, before any is connected to', async () => {
    const { dial, begun } = await network({ [FOUR]: 'refuses' });
    expect(await faultOf({ dial, lookUp: async () => [FOUR, '10.0.0.1'] })).toBe('forbidden-address');
    expect(begun).toEqual([]);
  });
});

describe('behind a proxy', () => {
  /** @param answer `silent`: it takes the request and waits for the receiver. `absent`: there is none */
  async function through(answer: number | 'silent' | 'hangs up' | 'absent' | 'accepts for a silent one') {
    const proxy = createServer();
    proxy.on('connect', (_request, socket) => {
      stops.push(() => socket.destroy());
      if (answer === 'hangs up') socket.destroy();
      else if (answer === 'accepts for a silent one') socket.write('HTTP/1.1 200 OK\r\n\r\n');
      else if (answer !== 'silent') socket.end(`HTTP/1.1 ${answer} x\r\n\r\n`);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const port = portOf(proxy);
    if (answer === 'absent') await new Promise((closed) => proxy.close(closed));
    else stops.push(() => proxy.close());
    return faultOf({ lookUp: async () => [FOUR, SIX], proxy: new URL(`http://127.0.0.1:${port}`) }, 900);
  }

  test.each([
    ['absent', 'egress'],
    [407, 'egress'],
    [403, 'egress'],
    ['hangs up', 'egress'],
    [502, 'unreachable'],
    [503, 'unreachable'],
    [504, 'timeout'],
    ['silent', 'timeout'],
    ['accepts for a silent one', 'timeout'],
  ] as const)('that is or answers %s the fault is %s', async (answer, fault) => {
    expect(await through(answer)).toBe(fault);
  });

  test('that takes no connection in time it is our own', async () => {
    const dial = () => new Socket();
    const proxy = new URL('http://127.0.0.1:3128');
    expect(await faultOf({ dial, proxy, lookUp: async () => [FOUR] }, 400)).toBe('egress');
  });
});
