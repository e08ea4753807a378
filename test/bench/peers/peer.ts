import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Admin } from 'kafkajs';
import pg from 'pg';
import { findJava } from '../../../src/local/java.ts';
import { walPosition } from '../appRun.ts';
import type { BenchParts } from '../benchParts.ts';
import type { Run } from '../cost.ts';
import { dropDatabase, newDatabase } from '../cursors.ts';
import { end, startProcess } from '../programs.ts';
import { PARTITIONS } from '../send.ts';
import { JAVA_FOLDER, javaPeers } from './javaPeers.ts';
import { newestInDatabase, newestOnTopic } from './readPeer.ts';
import type { NewestStatus } from './simpleJob.ts';

/** A program of the simple job, running. Its `done` counts what is committed and published. */
export interface RunningPeer extends Run {
  topics: PeerTopics;
  newest(): Promise<Map<string, NewestStatus>>;
  /** Ends it and removes what it kept. */
  stop(): Promise<void>;
}

export interface PeerTopics {
  input: string;
  output: string;
}

export interface Peer {
  name: string;
  start(parts: BenchParts, admin: Admin, topics: PeerTopics): Promise<RunningPeer>;
}

const THREADS = '2';
/** As the bridge's own processes have no more than they need, but warm ones have room. */
const HEAP = ['-Xms512m', '-Xmx1g'];

export const HAND_WRITTEN: Peer = {
  name: 'hand-written Java',
  async start(parts, _admin, topics) {
    const database = await newDatabase(parts.databaseUrl);
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    await client.query(readFileSync(join(JAVA_FOLDER, 'newestStatus.sql'), 'utf8'));
    await client.query(
      `insert into partition_place (partition) select generate_series(0, ${PARTITIONS - 1})`,
    );
    const child = await startJava('handwritten.HandWritten', {
      ...environment(parts, topics),
      JDBC_URL: jdbc(database),
    });
    return {
      child,
      topics,
      async done() {
        const { rows } = await client.query<{ n: string }>(
          'select sum(least(next_offset, published_upto)) as n from partition_place',
        );
        return Number(rows[0]?.n ?? 0);
      },
      walPosition: () => walPosition(client),
      newest: () => newestInDatabase(client),
      async stop() {
        await end(child);
        await client.end();
        await dropDatabase(parts.databaseUrl, database);
      },
    };
  },
};

export const STREAMS: Peer = {
  name: 'Kafka Streams',
  async start(parts, admin, topics) {
    const folder = mkdtempSync(join(tmpdir(), 'ot-bench-streams-'));
    const application = `${topics.output}-streams`;
    const child = await startJava('streams.StreamsJob', {
      ...environment(parts, topics),
      APPLICATION: application,
      STATE_FOLDER: folder,
    });
    return {
      child,
      topics,
      async done() {
        const [committed] = await admin.fetchOffsets({ groupId: application, topics: [topics.input] });
        const offsets = committed?.partitions.map(({ offset }) => Math.max(0, Number(offset))) ?? [];
        return offsets.reduce((sum, each) => sum + each, 0);
      },
      newest: () => newestOnTopic(parts.brokers, `${application}-newest-changelog`),
      async stop() {
        await end(child);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

export const PEERS: readonly Peer[] = [HAND_WRITTEN, STREAMS];

async function startJava(name: string, env: Record<string, string>) {
  const flags = [
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
    '-Dorg.apache.avro.SERIALIZABLE_PACKAGES=otbridge.peers.avro',
  ];
  const classes = await javaPeers();
  return startProcess(await findJava(), [...HEAP, ...flags, '-cp', classes, `otbridge.peers.${name}`], env);
}

function environment(parts: BenchParts, { input, output }: PeerTopics): Record<string, string> {
  return {
    BROKERS: parts.brokers.join(),
    TOPIC_IN: input,
    TOPIC_OUT: output,
    THREADS,
    PARTITIONS: String(PARTITIONS),
  };
}

/** As JDBC wants it: prepared from the first use, arrays in binary. */
function jdbc(database: string): string {
  const { hostname, port, pathname, username, password } = new URL(database);
  const query = new URLSearchParams({ user: username, prepareThreshold: '1', binaryTransfer: 'true' });
  if (password !== '') query.set('password', decodeURIComponent(password));
  return `jdbc:postgresql://${hostname}:${port}${pathname}?${query}`;
}
