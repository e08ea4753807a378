import pg from 'pg';
import type { LaneKey } from '../../core/lane.ts';
import { deal, laneName } from '../deal.ts';
import { clientConfig, type DatabaseSecurity } from './clientConfig.ts';
import { hearChanges, join, leave, membership, releaseLane, takeLane, tellChange } from './members.ts';

// Lane ownership by advisory locks of one session: the database releases them when the session's connection ends, so
// a worker killed with -9 is replaced within a second, without a lease to run out. The lane's epoch is the fencing
// token against a worker that only lost its connection. Each member publishes which lanes it can work and takes those
// assigned to it: one that works another county has no share in this one's.

/** For what no member can announce: that it is dead. */
const EVERY_MS = 1_000;
const LEASE_MS = 10_000;
const SIGN_OF_LIFE_MS = 2_000;
const CONNECT_MS = 5_000;
/** Longer than the lease: a session without an answer for this long no longer holds the locks. */
const ANSWER_MS = 15_000;

export interface Ownership {
  /** Resolves after the first round: every free lane of this worker's share has been gained. */
  start(): Promise<void>;
  /** Gives up all lanes in parallel; `lost` drains each first. */
  stop(): Promise<void>;
  /** Releases a lane; it may be gained again in the next round. */
  giveUp(lane: LaneKey): void;
  /** Lanes this worker owns, stopped ones included. */
  owned(): LaneKey[];
}

export function createOwnership(parts: {
  databaseUrl: string;
  security?: DatabaseSecurity;
  lanes: readonly LaneKey[];
  gained(lanes: LaneKey[]): Promise<void>;
  lost(lane: LaneKey): Promise<void>;
  onTrouble(error: unknown): void;
  /** Milliseconds between rounds that nothing calls for. */
  everyMs?: number;
}): Ownership {
  const able = new Map(parts.lanes.map((lane) => [name(lane), lane]));
  const owned = new Map<string, LaneKey>();
  let member = 0;
  const surrendered: LaneKey[] = [];
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let inRound = false;
  let changed = false;
  let stopped = false;

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      ...clientConfig(parts.databaseUrl, parts.security),
      application_name: 'ot-bridge-ownership',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
    });
    next.on('error', () => {
      if (client === next) client = undefined;
    });
    await next.connect();
    // The lease: the database ends the session of a worker that hangs for longer than this.
    await next.query(`set idle_session_timeout = '${LEASE_MS}ms'`);
    await hearChanges(next, soon);
    member = await join(next, partitionsByTopic(parts.lanes));
    await tellChange(next);
    // A round can take long (recovery waits for Kafka): the heartbeat keeps the lease meanwhile.
    const alive = setInterval(() => void next.query('select 1').catch(() => undefined), SIGN_OF_LIFE_MS);
    next.once('end', () => clearInterval(alive));
    return next;
  }

  async function once(): Promise<void> {
    if (!client) {
      // The session that held the locks is gone, and other workers may hold them by now. In parallel: draining a lane
      // can wait for Kafka or for another lane.
      await Promise.all([...owned.values()].map(drop));
      client = await connect();
    }
    for (const lane of surrendered.splice(0)) await release(client, lane);
    const { members, held } = await membership(client);
    const dealt = deal(members, held);
    const mine = [...able].filter(([lane]) => dealt.get(lane) === member);
    const kept = new Set(mine.map(([lane]) => lane));
    const given = [...owned.values()].filter((lane) => !kept.has(name(lane)));
    await Promise.all(given.map((lane) => parts.lost(lane)));
    for (const lane of given) await release(client, lane);
    if (given.length > 0) await tellChange(client);
    const gained: LaneKey[] = [];
    for (const [lane, key] of mine) {
      // Fails while the previous owner drains the lane.
      if (owned.has(lane) || !(await takeLane(client, lane))) continue;
      owned.set(lane, key);
      gained.push(key);
    }
    if (gained.length > 0) await parts.gained(gained);
  }

  async function release(from: pg.Client, lane: LaneKey): Promise<void> {
    owned.delete(name(lane));
    await releaseLane(from, name(lane));
  }

  async function drop(lane: LaneKey): Promise<void> {
    owned.delete(name(lane));
    await parts.lost(lane);
  }

  const tick = async () => {
    clearTimeout(timer);
    changed = false;
    inRound = true;
    round = once().catch((error: unknown) => {
      parts.onTrouble(error);
      void client?.end().catch(() => undefined);
      client = undefined;
    });
    await round;
    inRound = false;
    if (!stopped) timer = setTimeout(tick, changed ? 0 : (parts.everyMs ?? EVERY_MS));
  };

  /** Another has joined, or has let lanes go. */
  function soon(): void {
    changed = true;
    if (stopped || inRound) return;
    clearTimeout(timer);
    timer = setTimeout(tick, 0);
  }

  return {
    start: tick,
    owned: () => [...owned.values()],
    giveUp: (lane) => {
      surrendered.push(lane);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
      await Promise.all([...owned.values()].map((lane) => parts.lost(lane)));
      owned.clear();
      if (client) await leave(client).catch(() => undefined);
    },
  };
}

function name(lane: LaneKey): string {
  return laneName(lane.topic, lane.partition);
}

function partitionsByTopic(lanes: readonly LaneKey[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { topic, partition } of lanes) counts[topic] = Math.max(counts[topic] ?? 0, partition + 1);
  return counts;
}
