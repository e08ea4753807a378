import dns from 'node:dns';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiServer, startServer } from '../../src/api/server.ts';
import { appOf, bodyOf, dropout, ORG, sent, testParts } from './parts.ts';

const MB = 1024 * 1024;
const parts = testParts();
let server: ApiServer;

function start(changes: Partial<Parameters<typeof startServer>[0]> = {}): Promise<ApiServer> {
  return startServer({
    fetch: (asked) => appOf(parts).app.fetch(asked),
    loopbackOnly: true,
    host: '127.0.0.1',
    port: 0,
    newId: parts.newId,
    logProblem: parts.logProblem,
    ...changes,
  });
}

beforeAll(async () => {
  server = await start();
});
afterAll(() => server.close());

/** Posts without Content-Length and goes on until it is answered; what was answered and how much was sent. */
function postChunked(
  path: string,
  piece: Buffer,
  most: number,
): Promise<{ status: number; body: string; bytes: number }> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let answered = false;
    const posted = request(
      {
        port: server.port,
        host: '127.0.0.1',
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        answered = true;
        let body = '';
        answer.on('data', (chunk) => {
          body += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body, bytes }));
      },
    );
    // Cut off after the answer is what a sender who goes on must expect.
    posted.on('error', (error) => (answered ? undefined : reject(error)));
    posted.write('[');
    const more = () => {
      while (!answered && bytes < most) {
        bytes += piece.length;
        if (!posted.write(piece)) {
          posted.once('drain', more);
          return;
        }
      }
      posted.end('{}]');
    };
    more();
  });
}

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

describe('the server', () => {
  test('is not started on a name of loopback that leads elsewhere', async () => {
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((...asked: unknown[]) => {
      const answer = asked.at(-1) as (error: null, addresses: unknown, family: number) => void;
      const { all = false } = asked[1] as { all?: boolean };
      answer(null, all ? [{ address: '0.0.0.0', family: 4 }] : '0.0.0.0', 4);
    }) as never);
    try {
      await expect(start({ host: 'localhost' })).rejects.toThrow('bare lytte på denne maskinen');
      expect(lookup).toHaveBeenCalled();
    } finally {
      lookup.mockRestore();
    }
  });

  test('answers on loopback', async () => {
    const response = await fetch(`${server.url}/feeds/school-dropout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(dropout()),
    });
    expect(response.status).toBe(202);
    expect((await bodyOf(response)).rows).toBe(1);
  });

  test.each(['0.0.0.0', '::', '10.0.0.7', 'ot-bridge.no', ''])('refuses to start on «%s»', async (host) => {
    await expect(start({ host })).rejects.toThrow(/127\.0\.0\.1/);
  });

  test('says in one sentence that the port is taken', async () => {
    await expect(start({ port: server.port })).rejects.toThrow(
      /^Port \d+ på 127\.0\.0\.1 er opptatt\. Stopp/,
    );
  });

  test('answers a chunked body over the limit with 413 although the sender goes on, and lives', async () => {
    const row = Buffer.from(`${JSON.stringify(dropout({ merknad: 'x'.repeat(60_000) }))},`);
    const answer = await postChunked(`/organisations/${ORG}/feeds/school-dropout`, row, 120 * MB);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body).type).toBe('urn:ot-bridge:TOO_LARGE');
    expect((await fetch(`${server.url}/internal/isAlive`)).status).toBe(200);
  });

  test('keeps the connection of a refused sender for the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (method: string, body?: string) =>
      new Promise<[number, number]>((resolve, reject) => {
        const path = method === 'POST' ? '/feeds/school-dropout' : '/internal/isAlive';
        const asked = request(
          {
            agent,
            port: server.port,
            host: '127.0.0.1',
            path,
            method,
            headers: { 'content-type': 'application/json' },
          },
          (answer) => {
            const port = answer.socket.localPort ?? 0;
            answer.resume().on('end', () => resolve([answer.statusCode ?? 0, port]));
          },
        );
        asked.on('error', reject).end(body);
      });
    const [refused, first] = await ask('POST', `[${'{},'.repeat(1_000_000)}{}]`);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const [alive, second] = await ask('GET');
    agent.destroy();
    expect([refused, alive]).toEqual([413, 200]);
    expect(second).toBe(first);
  });

  test('answers a million tiny rows with 413', async () => {
    const answer = await postChunked('/feeds/school-dropout', Buffer.from('{},'.repeat(1_000)), 3_000_000);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body).type).toBe('urn:ot-bridge:TOO_MANY_ROWS');
  });

  test('answers what is no HTTP, and a Host that is no name, with a problem document', async () => {
    for (const text of ['GARBAGE\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n']) {
      const answer = await raw(text);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('application/problem+json');
    }
  });

  test('answers an address that is too long with 431, and says how much is kept', async () => {
    const answer = await raw(`GET /?after=${'x'.repeat(17_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('urn:ot-bridge:HEADERS_TOO_LARGE');
    expect(answer).toContain('mest 16384 byte');
  });

  test('answers heads that do not come to an end with 408', { timeout: 30_000 }, async () => {
    const answer = await raw('GET / HTTP/1.1\r\nHost: loc');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('urn:ot-bridge:REQUEST_SLOW');
  });

  test('lives on when the sender hangs up in the middle of a body', async () => {
    const before = sent(parts.publisher, 'school-dropout').length;
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write(
          'POST /feeds/school-dropout HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":',
        );
        setTimeout(() => socket.destroy(), 50);
      });
      socket.on('close', () => resolve());
    });
    expect((await fetch(`${server.url}/internal/isAlive`)).status).toBe(200);
    expect(sent(parts.publisher, 'school-dropout')).toHaveLength(before);
    expect(parts.problems).toEqual([]);
  });

  test('closes gracefully: what is under way is answered, nothing new is taken', async () => {
    let answer: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const closing = await start({
      fetch: async () => {
        await gate;
        return new Response('ferdig');
      },
    });
    const underWay = fetch(closing.url);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = closing.close();
    await expect(fetch(closing.url)).rejects.toThrow();
    answer();
    expect(await (await underWay).text()).toBe('ferdig');
    await closed;
  });

  test('cuts what does not end in time', async () => {
    const closing = await start({ fetch: () => new Promise<Response>(() => undefined) });
    const hanging = fetch(closing.url).catch(() => 'brutt');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await closing.close(100);
    expect(await hanging).toBe('brutt');
  });
});
