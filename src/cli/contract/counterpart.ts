import { createServer } from 'node:http';
import { open } from '../receiver/loopback.ts';

// What the receiver under test reaches: the bridge's public keys, and the addresses that calls point at.

export interface Counterpart {
  /** Of the bridge that is played. */
  base: string;
  /** An address that is not the bridge's: no token may come here. */
  elsewhere: string;
  /** Paths that were asked for, in order. */
  asked(): readonly string[];
  askedElsewhere(): number;
  /** From now on the path answers 404. */
  withdraw(path: string): void;
  close(): void;
}

export interface CounterpartSettings {
  /** 0: any that is free. */
  port: number;
  /** Of the public key that it gives out. */
  jwk: unknown;
}

/** @throws CommandFailed when the port is taken */
export async function createCounterpart({ port, jwk }: CounterpartSettings): Promise<Counterpart> {
  const asked: string[] = [];
  const withdrawn = new Set<string>();
  let strays = 0;
  const bridge = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bridge');
    if (pathname === '/.well-known/webhook-keys') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: [jwk] }));
      return;
    }
    asked.push(pathname);
    response.writeHead(withdrawn.has(pathname) ? 404 : 200, { 'content-type': 'application/json' });
    response.end(withdrawn.has(pathname) ? '{"title":"Finnes ikke"}' : '{"alert":{"kind":"OT-Tilmelding"}}');
  });
  const other = createServer((_request, response) => {
    strays += 1;
    response.writeHead(404);
    response.end();
  });
  const base = `http://127.0.0.1:${await open(bridge, port)}`;
  const elsewhere = `http://127.0.0.1:${await open(other, 0)}`;
  return {
    base,
    elsewhere,
    asked: () => asked,
    askedElsewhere: () => strays,
    withdraw: (path) => withdrawn.add(path),
    close() {
      for (const server of [bridge, other]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
