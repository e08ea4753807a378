import type { LaneKey } from '../core/lane.ts';
import type { OrgId } from '../core/organisation.ts';
import { type IsoInstant, instantOf } from '../core/time/date.ts';
import type { FetchParts } from '../desk/nav/batches.ts';
import { createTimekeeper } from '../jobs/clock/timekeeper.ts';
import type { Publisher } from '../kafka/publisher.ts';
import { stoppedLanes } from '../pipeline/stoppedLanes.ts';
import type { AuditTrail } from '../store/auditPort.ts';
import type { Operations } from '../store/operationsPort.ts';
import type { Store } from '../store/port.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { Vault } from '../store/vault.ts';
import type { GaugeReading } from '../telemetry/metrics.ts';
import { awaitIdle } from './awaitIdle.ts';
import { startCheckpoints } from './checkpoints.ts';
import { startChores } from './chores.ts';
import { type Consuming, laneProcessesOf, startConsuming } from './consuming.ts';
import { stuckLanes } from './health.ts';
import { type LaneOverview, nameOf, startLaneOverview } from './laneOverview.ts';
import type { LaneProcessReport } from './laneProcesses.ts';
import type { BridgeOptions, Wrappers } from './options.ts';
import { type BridgeParts, openParts } from './parts.ts';

// What a role needs is loaded with the role: a process of lanes alone is up without pages, reports and receivers.

// The bridge, wired to a running Kafka and PostgreSQL. `main.ts` starts the embedded ones; tests, benchmarks and
// fault runs bring their own.

export interface Bridge {
  /** Base URL of the API; null without the role. */
  url: string | null;
  store: Store;
  queries: Queries;
  operations: Operations;
  publisher: Publisher;
  vault: Vault;
  /** The exchange with NAV as the desk works with it. */
  nav: FetchParts;
  /** Where what is disclosed outside the API is put on record. */
  audit: AuditTrail;
  awaitIdle(org: OrgId): Promise<void>;
  moveClock(org: OrgId, to: IsoInstant): Promise<IsoInstant>;
  /** What the command that started this as one of its processes asks of it. */
  report(): Promise<LaneProcessReport>;
  /** Process ids of those that share the lanes with this one. */
  laneProcesses(): number[];
  /** Drains and stops everything it started, in reverse order. */
  stop(): Promise<void>;
}

export async function startBridge(options: BridgeOptions, wrappers: Wrappers = {}): Promise<Bridge> {
  const { log } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) {
      await each().catch((error: unknown) => log.event('work.failed', { part: 'stop', error }));
    }
  };
  try {
    return { ...(await start(options, wrappers, (each) => stops.push(each))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: BridgeOptions,
  wrappers: Wrappers,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Omit<Bridge, 'stop'>> {
  const processes = options.roles.consume ? laneProcessesOf(options) : null;
  onStop(async () => processes?.stop());
  const parts = await openParts(options, wrappers, onStop);
  const { organisations, store, queries, operations, vault, publisher, source, log, alarm } = parts;
  if (options.signing) {
    const checkpoints = startCheckpoints(options.signing, parts);
    onStop(() => checkpoints.stop());
  }
  const idle = (org: OrgId) => awaitIdle(parts, org);
  const timekeeper = createTimekeeper({
    operations,
    publisher,
    log,
    alarm,
    organisations: organisations.all.map(({ id }) => id),
    now: () => instantOf(Date.now()),
    awaitIdle: idle,
    jobs: parts.jobs,
  });
  const moveClock = async (org: OrgId, to: IsoInstant) => {
    // A virtual clock that has never been set has nothing due: it is set, not moved.
    const unset = organisations.get(org).virtualClock && (await operations.virtualNow(org)) === null;
    return unset ? operations.moveClock(org, to) : (await timekeeper.moveClock(org, to)).now;
  };

  let consuming: Consuming | null = null;
  if (options.roles.consume) {
    consuming = await startConsuming(options, parts, processes, onStop);
    await startChores(options, parts, { timekeeper, consuming }, onStop);
  }
  const relaying = options.roles.relay ? await loadRelaying() : null;
  relaying?.startProjecting(options, parts, onStop);
  const overview = startLaneOverview({
    queries,
    source,
    log,
    alarm,
    organisations: organisations.all,
    held: (names) => parts.heldLanes(names),
    owned: () => consuming?.owned() ?? [],
    running: () => consuming?.running() ?? [],
    jobs: parts.jobs,
  });
  onStop(() => overview.stop());
  observe(parts, options.ownLanesOnly === true, overview, consuming);
  const { internalPort = null } = options.http;
  const serving = options.roles.api || internalPort !== null ? await import('./serving.ts') : null;
  const internal = await serving?.startInternal(options, parts, { consuming, overview, moveClock });
  onStop(async () => internal?.close());
  let url: string | null = null;
  if (serving !== null && options.roles.api) {
    const server = await serving.startServing(options, parts, { consuming, overview, moveClock });
    onStop(() => server.close());
    url = server.url;
    (await import('./keepingWork.ts')).startKeepingWork(parts, onStop);
  }
  const { port } = options.http;
  const base = options.access?.publicUrl?.replace(/\/$/, '') ?? url ?? `http://127.0.0.1:${port}`;
  relaying?.startRelaying(options, parts, () => base, onStop);
  const nav = { nav: parts.nav, queries, operations, vault, environment: parts.environment, now: Date.now };
  const policyOf = (org: OrgId) => organisations.policyOf(org);
  return {
    ...{ url, store, queries, operations, vault, publisher, awaitIdle: idle, moveClock },
    nav: { ...nav, policyOf },
    report: async () => ({
      metrics: await parts.telemetry.prometheus(),
      stuck: stuckLanes(consuming?.running() ?? []),
    }),
    laneProcesses: () => consuming?.processes?.pids() ?? [],
    audit: parts.requests.audit,
  };
}

async function loadRelaying() {
  return { ...(await import('./projecting.ts')), ...(await import('./relaying.ts')) };
}

function readingOf({ org, topic, partition }: LaneKey, value: number): GaugeReading {
  return { org, topic, partition, value };
}

/** A log shorter than what was read of it has no lag. */
const atLeastNone = (lag: bigint) => (lag > 0n ? lag : 0n);

/** Gauges, read at each scrape. */
function observe(
  { telemetry, queries, organisations }: BridgeParts,
  ownOnly: boolean,
  overview: LaneOverview,
  consuming: Consuming | null,
): void {
  const running = () => consuming?.running() ?? [];
  telemetry.observe({
    async lag() {
      const workers = running();
      const own = workers.map(({ lane, highWatermark }) =>
        readingOf(lane, Number(atLeastNone(highWatermark() - lane.nextOffset))),
      );
      if (ownOnly) return own;
      const named = new Set(workers.map(({ lane }) => nameOf(lane)));
      const others = (await overview.loads()).filter((lane) => !named.has(nameOf(lane)));
      return [...own, ...others.flatMap((lane) => (lane.lag === null ? [] : [readingOf(lane, lane.lag)]))];
    },
    async unpublished() {
      if (ownOnly) return [];
      return (await overview.loads()).map((lane) => readingOf(lane, lane.unpublished));
    },
    worked: () => running().map(({ lane }) => readingOf(lane, 1)),
    stopped: () => {
      const standing = stoppedLanes(running(), Date.now());
      return running().map(({ lane }) => {
        const stands = standing.find((each) => nameOf(each) === nameOf(lane));
        return readingOf(lane, stands?.seconds ?? 0);
      });
    },
    parked: async () =>
      Promise.all(
        (ownOnly ? [] : organisations.all).map(async ({ id }) => ({
          org: id,
          value: await queries.parkedCount(id),
        })),
      ),
  });
}
