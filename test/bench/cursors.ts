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
  for (const offsets of await admin.fetchTopicOffsets(topic)) {
    const lane = await store.claim({ org: ORG, topic, partition: offsets.partition });
    await pool.query('update lane set next_offset = $2, published_upto = $2 where id = $1', [
      lane.id,
      offsets[at],
    ]);
  }
  await store.close();
}

/** A new database on the server of the URL, next to the one that it names. */
export async function newDatabase(databaseUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Everything written so far goes to the data files; what is touched from now on goes whole into the log once. */
export async function checkpoint(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('checkpoint');
  await client.end();
}
