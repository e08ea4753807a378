import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopKafkaOrphan } from '../../src/local/kafka.ts';
import { livingOwner } from '../../src/local/owner.ts';
import { stopPostgresOrphan } from '../../src/local/postgres.ts';
import { type RealParts, RUN_FOLDER, startRealParts } from './realParts.ts';

// One Kafka and one PostgreSQL for the whole run, each started when a test first asks, so a run of pure
// tests starts nothing. Test files live in other processes: they ask over a socket (sharedParts.ts).

declare module 'vitest' {
  interface ProvidedContext {
    sharedPartsPort: number;
  }
}

/** Speed is all: the data are thrown away, and no test of the shared server kills it. */
const FAST = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };

const starts: Record<string, () => Promise<RealParts>> = {
  kafka: () => startRealParts({ postgres: false }),
  'postgres-18': () => startRealParts({ kafka: false, postgres: '18', settings: FAST }),
  'postgres-15': () => startRealParts({ kafka: false, postgres: '15', settings: FAST }),
};

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const started = new Map<string, Promise<RealParts>>();
  const startOnce = (name: string): Promise<RealParts> => {
    const start = starts[name];
    if (!start) throw new Error(`no shared part is called ${name}`);
    const parts = started.get(name) ?? start();
    started.set(name, parts);
    return parts;
  };

  const server = createServer((socket) => {
    socket.on('error', () => undefined); // a test process that was ended while it waited
    socket.once('data', (name) => {
      startOnce(name.toString()).then(
        ({ brokers, databaseUrl }) => socket.end(JSON.stringify({ brokers, databaseUrl })),
        (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  project.provide('sharedPartsPort', address.port);

  return async () => {
    server.close();
    const parts = await Promise.allSettled(started.values());
    await Promise.all(parts.map((part) => (part.status === 'fulfilled' ? part.value.stop() : undefined)));
  };
}

/** Ends what a run that was killed left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(RUN_FOLDER))) {
    const dir = join(tmpdir(), name);
    const owner = join(dir, 'owner.json');
    if (!existsSync(owner) || livingOwner(owner) !== undefined) continue;
    if (existsSync(join(dir, 'kafka'))) await stopKafkaOrphan(join(dir, 'kafka'));
    if (existsSync(join(dir, 'postgres'))) await stopPostgresOrphan(join(dir, 'postgres'));
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
