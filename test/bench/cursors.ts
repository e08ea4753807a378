import { randomBytes } from 'node:crypto';
import type { Admin } from 'kafkajs';
import pg from 'pg';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { ORG } from './load.ts';

/** Puts the cursors of a topic at its beginning or its end, so that a run reads just what it shall. */
export async function placeCursors(
  admin: Admin,
  databaseUrl: string,
  topic: string,
  at: 'low' | 'high',
): Promise<void> {
  const pool = createPool({ databaseUrl, size: 2, onIdleError: () => undefined });
  const store = createPostgresStore(pool);
  await store.migrate();
  for (const { partition } of await admin.fetchTopicOffsets(topic))
    await store.claim({ org: ORG, topic, partition });
  await store.close();
  await moveCursors(admin, databaseUrl, topic, at);
}

/** The same in a database of any build, whose lanes are there already. */
export async function moveCursors(
  admin: Admin,
  databaseUrl: string,
  topic: string,
  at: 'low' | 'high',
): Promise<void> {
  const offsets = await admin.fetchTopicOffsets(topic);
  await withClient(databaseUrl, async (client) => {
    for (const each of offsets)
      await client.query(
        'update lane set next_offset = $3, published_upto = $3 where topic = $1 and partition = $2',
        [topic, each.partition, each[at]],
      );
  });
}

/** A new database on the server of the URL, next to the one that it names. */
export async function newDatabase(databaseUrl: string, name = freshName()): Promise<string> {
  await withClient(databaseUrl, (client) => client.query(`create database ${name}`));
  return besideOf(databaseUrl, name);
}

/** A copy of a database that no program has open, with lanes of its own in Kafka: under the same producer ids the broker
 *  would take what the copy sends for repeats of what the original sent. */
export async function copyDatabase(databaseUrl: string, from: string): Promise<string> {
  const name = freshName();
  await withClient(databaseUrl, (client) =>
    client.query(`create database ${name} template ${new URL(from).pathname.slice(1)}`),
  );
  const copy = besideOf(databaseUrl, name);
  await withClient(copy, async (client) => {
    const { rows } = await client.query(
      "select from information_schema.columns where table_name = 'lane' and column_name = 'producer_id'",
    );
    if (rows.length > 0) await client.query('update lane set producer_id = default');
  });
  return copy;
}

export async function dropDatabase(databaseUrl: string, which: string): Promise<void> {
  await withClient(databaseUrl, (client) =>
    client.query(`drop database if exists ${new URL(which).pathname.slice(1)} with (force)`),
  );
}

/** Everything written so far goes to the data files; what is touched from now on goes whole into the log once. */
export async function checkpoint(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, (client) => client.query('checkpoint'));
}

export async function withClient<T>(databaseUrl: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

const freshName = () => `bench_${randomBytes(6).toString('hex')}`;

function besideOf(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}
