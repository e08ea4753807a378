import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { type BridgeProcess, startBridgeProcess } from './bridgeProcess.ts';
import { createTestDatabase, testBrokers } from './sharedParts.ts';

/** A county of its own on real Kafka and PostgreSQL, worked on by a process that can be killed and started again. */
export async function startJobStage() {
  const org = orgId(`test-${randomBytes(4).toString('hex')}`);
  const database = await createTestDatabase();
  const start = async (): Promise<BridgeProcess> =>
    startBridgeProcess({ brokers: await testBrokers(), databaseUrl: database.url, org });
  let bridge = await start();
  const rows = new Client({ connectionString: database.url });
  await rows.connect();
  return {
    org,
    database,
    rows,
    async ask<T>(path: string, body?: unknown): Promise<T> {
      const response = await fetch(`${bridge.url}/organisations/${org}/${path}`, {
        ...(body !== undefined && {
          ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
          body: JSON.stringify(body),
        }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    },
    /** Records of a feed that had an effect. */
    async applied(feed: Feed): Promise<number> {
      const found = await rows.query<{ applied: string }>(
        'select coalesce(sum(applied), 0) as applied from lane where topic = $1',
        [feedTopic(org, feed)],
      );
      return Number(found.rows[0]?.applied);
    },
    kill: () => bridge.kill(),
    async startAgain(): Promise<void> {
      bridge = await start();
    },
    async stop(): Promise<void> {
      await bridge.stop();
      await rows.end();
      await database.drop();
    },
  };
}

export type JobStage = Awaited<ReturnType<typeof startJobStage>>;
