import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestCertificate } from './testCertificates.ts';

/** A reverse proxy as a county has one: ends TLS, and sends each request to the next instance in turn. */
export interface TlsProxy {
  port: number;
  /** Ports of the instances on this machine, from now on. */
  sendTo(ports: readonly number[]): void;
  close(): Promise<void>;
}

/** Header of each answer: index of the instance that gave it. */
export const SERVED_BY = 'x-served-by';

/**
 * @param own address the instances see it at; on Linux all of 127.0.0.0/8 is this machine
 */
export async function startTlsProxy({ certificate, key }: TestCertificate, own: string): Promise<TlsProxy> {
  let instances: readonly number[] = [];
  let turn = 0;
  const agent = new Agent({ keepAlive: true, localAddress: own });
  const server = createServer({ cert: certificate, key }, forward);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sendTo(ports) {
      instances = ports;
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  function forward(asked: IncomingMessage, answer: ServerResponse): void {
    const instance = turn % instances.length;
    turn += 1;
    const port = instances[instance];
    const { 'x-forwarded-for': before, host, ...headers } = asked.headers;
    const onward = request({
      ...{ host: '127.0.0.1', port, agent, method: asked.method, path: asked.url },
      headers: {
        ...headers,
        host: `127.0.0.1:${port}`,
        'x-forwarded-host': host,
        'x-forwarded-proto': 'https',
        // As nginx and Traefik write it: what the caller claims comes first, what is known last.
        'x-forwarded-for': [before ?? [], asked.socket.remoteAddress ?? []].flat().join(', '),
      },
    });
    onward.once('response', (given) => {
      answer.writeHead(given.statusCode ?? 502, { ...given.headers, [SERVED_BY]: String(instance) });
      given.pipe(answer);
    });
    onward.once('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    asked.pipe(onward);
  }
}
