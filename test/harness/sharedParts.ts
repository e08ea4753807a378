import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { Client } from 'pg';
import { inject } from 'vitest';
import * as z from 'zod';
import { hasPostgres15, type PostgresVersion } from './realParts.ts';

// The Kafka and the PostgreSQL that all test files share (globalSetup.ts). Each file keeps apart by names of
// its own: a database it makes, topics and groups with a random part.

const answer = z.object({ brokers: z.array(z.string()), databaseUrl: z.string() });

/** Brokers of the shared Kafka; the first one to ask waits for its start. */
export async function testBrokers(): Promise<string[]> {
  return (await sharedPart('kafka')).brokers;
}

export interface TestDatabase {
  url: string;
  /** Drops it, also with connections open. */
  drop(): Promise<void>;
}

/** A new empty database in the shared PostgreSQL of that version. */
export async function createTestDatabase(version: PostgresVersion = '18'): Promise<TestDatabase> {
  const { databaseUrl } = await sharedPart(`postgres-${version}`);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runSql(databaseUrl, `create database ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runSql(databaseUrl, `drop database ${name} with (force)`) };
}

/** The versions a store suite runs on here. In CI both: there a missing one fails instead of being left out. */
export function testedVersions(): PostgresVersion[] {
  return hasPostgres15() || process.env.CI === 'true' ? ['18', '15'] : ['18'];
}

function sharedPart(name: string): Promise<z.infer<typeof answer>> {
  const port: number | undefined = inject('sharedPartsPort');
  if (port === undefined)
    throw new Error('vitest has no configuration at the top: run it by npm run unit -- <files>');
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(name));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.once('error', reject);
    socket.once('end', () => {
      const read = answer.safeParse(JSON.parse(text));
      if (read.success) resolve(read.data);
      else reject(new Error(`the shared ${name} did not start: ${text}`));
    });
  });
}

async function runSql(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
