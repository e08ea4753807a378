import pg from 'pg';
import type { LaneKey } from '../port.ts';

// Who works which lane is settled by advisory locks of one session: the database frees them the moment that
// session's connection ends, so a worker killed with -9 is replaced within a second, without a lease to run out.
// The epoch of the lane still fences a worker that only lost its connection.

const MEMBER = 7_067_002;
const LANE = 7_067_003;
const EVERY_MS = 1_000;
const LEASE_MS = 10_000;
const SIGN_OF_LIFE_MS = 2_000;

export interface Ownership {
  /** Resolves after the first round: every free lane of this worker's share has been gained. */
  start(): Promise<void>;
  /** Gives up all lanes, one after the other, each after `lost` has drained it. */
  stop(): Promise<void>;
  /** This worker lets go of a lane; it may be gained again in the next round. */
  giveUp(lane: LaneKey): void;
}

export function createOwnership(parts: {
  databaseUrl: string;
  lanes: readonly LaneKey[];
  gained(lanes: LaneKey[]): Promise<void>;
  lost(lane: LaneKey): Promise<void>;
  onTrouble(error: unknown): void;
}): Ownership {
  const owned = new Map<string, LaneKey>();
  const surrendered: LaneKey[] = [];
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let stopped = false;

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: parts.databaseUrl,
      application_name: 'ot-bridge-ownership',
      keepAlive: true,
    });
    next.on('error', () => {
      if (client === next) client = undefined;
    });
    await next.connect();
    // The lease: a worker that hangs without dying is silent for longer than this, and the database ends its session.
    await next.query(`set idle_session_timeout = '${LEASE_MS}ms'`);
    await next.query('select pg_advisory_lock_shared($1, 0)', [MEMBER]);
    // A round can take long (recovery waits for Kafka): this worker is alive meanwhile.
    const alive = setInterval(() => void next.query('select 1').catch(() => undefined), SIGN_OF_LIFE_MS);
    next.once('end', () => clearInterval(alive));
    return next;
  }

  async function once(): Promise<void> {
    if (!client) {
      // The session that held the locks is gone, and others may hold them by now.
      for (const lane of [...owned.values()]) await drop(lane);
      client = await connect();
    }
    for (const lane of surrendered.splice(0)) await release(client, lane);
    const share = Math.ceil(parts.lanes.length / (await members(client)));
    for (const lane of [...owned.values()].slice(share)) {
      await parts.lost(lane);
      await release(client, lane);
    }
    const gained = await take(client, share - owned.size);
    for (const lane of gained) owned.set(name(lane), lane);
    if (gained.length > 0) await parts.gained(gained);
  }

  async function take(from: pg.Client, wanted: number): Promise<LaneKey[]> {
    const gained: LaneKey[] = [];
    for (const lane of parts.lanes) {
      if (gained.length >= wanted) break;
      if (owned.has(name(lane))) continue;
      const { rows } = await from.query<{ got: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as got',
        [LANE, name(lane)],
      );
      if (rows[0]?.got) gained.push(lane);
    }
    return gained;
  }

  async function release(from: pg.Client, lane: LaneKey): Promise<void> {
    owned.delete(name(lane));
    await from.query('select pg_advisory_unlock($1, hashtext($2))', [LANE, name(lane)]);
  }

  async function drop(lane: LaneKey): Promise<void> {
    owned.delete(name(lane));
    await parts.lost(lane);
  }

  const tick = async () => {
    round = once().catch((error: unknown) => {
      parts.onTrouble(error);
      void client?.end().catch(() => undefined);
      client = undefined;
    });
    await round;
    if (!stopped) timer = setTimeout(tick, EVERY_MS);
  };

  return {
    start: tick,
    giveUp: (lane) => {
      surrendered.push(lane);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
      await Promise.all([...owned.values()].map((lane) => parts.lost(lane)));
      owned.clear();
      await client?.end().catch(() => undefined);
    },
  };
}

async function members(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>(
    `select count(distinct pid) as n from pg_locks
     where locktype = 'advisory' and classid = $1 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [MEMBER],
  );
  return Math.max(1, Number(rows[0]?.n ?? 1));
}

function name(lane: LaneKey): string {
  return `${lane.topic}/${lane.partition}`;
}
