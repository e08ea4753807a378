import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Connect, createConnect, createLookUp } from '../../src/relay/connect.ts';
import { NotConnected } from '../../src/relay/firstConnected.ts';
import { proveReceiver } from '../../src/relay/handshake.ts';
import { openExchange } from '../../src/relay/send.ts';

const stops: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const LOCAL = { ports: [443], loopback: true, lookUp: async () => [] };

async function receiver(answer: RequestListener): Promise<URL> {
  const server: Server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=b`);
}

async function attempt(url: URL, wholeMs = 2_000, connect: Connect = createConnect(LOCAL)) {
  const exchange = await openExchange(connect, url, { wholeMs });
  await exchange.handOver({
    method: 'POST',
    url,
    headers: { 'webhook-id': 'msg_a' },
    body: Buffer.from('{"a":1}'),
  });
  const { kind, ...answer } = await exchange.answer();
  return 'outcome' in answer ? answer.outcome : 'status' in answer ? answer.status : kind;
}

describe('one attempt', () => {
  test('sends the bytes it was given, on a connection that ends with it', async () => {
    const seen: unknown[] = [];
    const url = await receiver((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push([
          request.method,
          request.url,
          request.headers['webhook-id'],
          request.headers.connection,
          body,
        ]);
        response.writeHead(204).end();
      });
    });
    expect(await attempt(url)).toBe(204);
    expect(seen).toEqual([['POST', '/hook?a=b', 'msg_a', 'close', '{"a":1}']]);
  });

  test.each([301, 302, 303, 307, 308])('follows no redirect: %s', async (status) => {
    let reached = 0;
    const canary = await receiver((_request, response) => {
      reached += 1;
      response.end();
    });
    const url = await receiver((_request, response) =>
      response.writeHead(status, { location: canary.href }).end(),
    );
    expect(await attempt(url)).toBe(status);
    expect(reached).toBe(0);
  });

  test('ends when the receiver hangs, drips, sends without end, or hangs up', async () => {
    expect(await attempt(await receiver(() => undefined), 300)).toBe('timeout');
    const dripping = await receiver((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await attempt(dripping, 400)).toBe(200);
    let sent = 0;
    const endless = await receiver((_request, response) => {
      response.writeHead(500);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000))) sent += 10_000;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await attempt(endless, 10_000)).toBe(500);
    expect(sent).toBeLessThan(50_000_000);
    expect(await attempt(await receiver((request) => request.socket.destroy()))).toBe('unreachable');
  });

  test.each([
    ['the head of its answer', 'HTTP/1.1 200 OK\r\nx: ', 'timeout'],
    ['the body of its answer', 'HTTP/1.1 200 OK\r\n\r\n', 200],
    ['a body whose length it gave', 'HTTP/1.1 500 Error\r\ncontent-length: 9000\r\n\r\n', 500],
  ])(
    'ends in time, and its connection with it, when byte by byte comes %s',
    async (_what, before, outcome) => {
      const closed = Promise.withResolvers<void>();
      const dripping = createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.write(before);
        const drip = setInterval(() => socket.write('H'), 20);
        socket.on('close', () => {
          clearInterval(drip);
          closed.resolve();
        });
      }).listen(0, '127.0.0.1');
      await once(dripping, 'listening');
      stops.push(() => dripping.close());
      const began = performance.now();
      const { port } = dripping.address() as AddressInfo;
      expect(await attempt(new URL(`http://127.0.0.1:${port}/`), 500)).toBe(outcome);
      await closed.promise;
      expect(performance.now() - began).toBeLessThan(1_500);
    },
  );

  test('tells what is not there from what speaks no TLS', async () => {
    const closed = await receiver(() => undefined);
    for (const stop of stops.splice(0)) await stop();
    expect(await attempt(closed)).toBe('unreachable');
    const plain = createTcpServer((socket) => socket.end('hello\r\n')).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    stops.push(() => plain.close());
    expect(await attempt(new URL(`https://127.0.0.1:${(plain.address() as AddressInfo).port}/`))).toBe('tls');
  });

  test('that was not begun sends nothing', async () => {
    let reached = 0;
    const url = await receiver((_request, response) => {
      reached += 1;
      response.end();
    });
    const exchange = await openExchange(createConnect(LOCAL), url);
    exchange.close();
    await exchange.handOver({ method: 'POST', url, headers: {}, body: null });
    expect(await exchange.answer()).toMatchObject({ kind: 'failed' });
    expect(reached).toBe(0);
  });
});

/** A name server with the answers it is given, one after the other, and then the last. */
async function nameServer(answers: readonly (readonly string[])[]): Promise<string> {
  const socket = createSocket('udp4');
  let at = 0;
  socket.on('message', (query, from) => {
    // The question ends after its name, type and class.
    const end = query.indexOf(0, 12) + 5;
    const wanted =
      query.readUInt16BE(end - 4) === 1 ? (answers[Math.min(at++, answers.length - 1)] ?? []) : [];
    const head = Buffer.from(query.subarray(0, end));
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(wanted.length, 6);
    head.writeUInt16BE(0, 8);
    head.writeUInt16BE(0, 10);
    const records = wanted.map((address) =>
      Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
    );
    socket.send(Buffer.concat([head, ...records]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  stops.push(() => socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

describe('a name', () => {
  test.each([
    ['this machine', [['127.0.0.1']]],
    ['the cloud’s metadata', [['169.254.169.254']]],
    ['a public address and this machine', [['93.184.215.14', '127.0.0.1']]],
    ['this machine after a public address', [['127.0.0.1', '93.184.215.14']]],
  ])('that leads to %s is not connected to', async (_what, answers) => {
    const server = await nameServer(answers);
    const connect = createConnect({ ports: [443], loopback: false, lookUp: createLookUp([server]) });
    await expect(
      connect(new URL('https://mottak.fylke.no/'), AbortSignal.timeout(5_000)),
    ).rejects.toMatchObject({
      outcome: 'forbidden-address',
    });
  });

  test('is asked for once for each connection: what it leads to the next time is not connected to', async () => {
    const canary = createTcpServer().listen(0, '127.0.0.1');
    await once(canary, 'listening');
    let reached = 0;
    canary.on('connection', () => {
      reached += 1;
    });
    stops.push(() => canary.close());
    // A public address at which no one answers.
    const server = await nameServer([['203.0.114.1'], ['127.0.0.1']]);
    const port = (canary.address() as AddressInfo).port;
    const connect = createConnect({ ports: [port], loopback: false, lookUp: createLookUp([server]) });
    const error = await connect(new URL(`https://mottak.fylke.no:${port}/`), AbortSignal.timeout(700)).catch(
      (failed: unknown) => failed,
    );
    expect(error).toBeInstanceOf(NotConnected);
    expect(reached).toBe(0);
    await expect(
      connect(new URL(`https://mottak.fylke.no:${port}/`), AbortSignal.timeout(700)),
    ).rejects.toMatchObject({ outcome: 'forbidden-address' });
    expect(reached).toBe(0);
  });

  test('that no name server answers for is our own network’s fault', async () => {
    const gone = await nameServer([]);
    for (const stop of stops.splice(0)) await stop();
    const connect = createConnect({ ports: [443], loopback: false, lookUp: createLookUp([gone]) });
    await expect(
      connect(new URL('https://mottak.fylke.no/'), AbortSignal.timeout(9_000)),
    ).rejects.toMatchObject({
      outcome: 'egress',
    });
  });
});

describe('a receiver shows that the address is its own', () => {
  const prove = (url: URL) =>
    proveReceiver(createConnect(LOCAL), {
      ...{ subscription: '7b1c2d3e-0000-4000-8000-000000000001', url, origin: 'ot.fylke.no', keys: [] },
      ...{ userAgent: 'OT-Bridge/0.1', now: '2026-11-29T07:00:00.000Z' },
    });
  const allowing = (origin: string | null, status = 200) =>
    receiver((request, response) => {
      expect(request.headers['webhook-request-origin']).toBe('ot.fylke.no');
      response.writeHead(status, origin === null ? {} : { 'webhook-allowed-origin': origin }).end();
    });

  test.each([
    ['ot.fylke.no', null],
    ['*', null],
    ['OT.fylke.no', null],
    ['evil.no', 'not-proven'],
    [null, 'not-proven'],
  ])('by allowing the origin %s: %s', async (origin, fault) => {
    expect((await prove(await allowing(origin))).fault).toBe(fault);
  });

  test('and not with an error that allows it', async () => {
    expect((await prove(await allowing('*', 500))).fault).toBe('not-proven');
  });

  const challenged = (answer: (challenge: string) => string, status = 200) =>
    receiver((request, response) => {
      if (request.method === 'OPTIONS') return void response.writeHead(405).end();
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => response.writeHead(status).end(answer(JSON.parse(text).data.challenge)));
    });

  test('by repeating a challenge where it knows no OPTIONS', async () => {
    expect((await prove(await challenged((challenge) => challenge))).fault).toBeNull();
    expect((await prove(await challenged((challenge) => JSON.stringify({ challenge })))).fault).toBeNull();
    expect((await prove(await challenged(() => 'ok'))).fault).toBe('not-proven');
    expect((await prove(await challenged((challenge) => `ok ${challenge}`))).fault).toBe('not-proven');
    expect((await prove(await challenged((challenge) => challenge, 500))).fault).toBe('not-proven');
  });
});
