import { randomUUID } from 'node:crypto';
import { createAccessStore } from '../access/accessStore.ts';
import { createApp } from '../api/app.ts';
import { type ApiServer, startServer } from '../api/server.ts';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import { createSchemaRegistry } from '../wire/schemaRegistry.ts';
import { unpackRecord } from '../wire/sealedRecord.ts';
import { accessControlOf, OPEN } from './access.ts';
import type { Consuming } from './consuming.ts';
import { dryRunOf } from './dryRun.ts';
import { createHealth } from './health.ts';
import type { LaneOverview } from './laneOverview.ts';
import { deskEvents } from './logging.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';

/** Serves the HTTP API. */
export async function startServing(
  options: BridgeOptions,
  parts: BridgeParts,
  services: {
    consuming: Consuming | null;
    overview: LaneOverview;
    moveClock(org: OrgId, to: IsoInstant): Promise<IsoInstant>;
  },
): Promise<ApiServer> {
  const { organisations, vault, publisher, adapters, environment, decode } = parts;
  const { queries, operations, store } = parts.requests;
  const { source, telemetry, log } = parts;
  const [first] = organisations.all;
  const health = createHealth({
    running: () => services.consuming?.running() ?? [],
    consuming: services.consuming !== null,
    unworked: () => services.overview.unworked(),
    kafkaAnswers: async () =>
      first !== undefined && (await source.partitionsOf(feedTopic(first.id, FEEDS[0]))) > 0,
    databaseAnswers: parts.databaseAnswers,
  });
  const logProblem = ({ id, error }: { id: string; error: unknown }) =>
    log.event('http.failed', { id, error });
  const { grantsOf } = createAccessStore(parts.accessRecords, Date.now);
  const access = accessControlOf(options.access ?? OPEN, {
    grantsOf,
    sessionOf: null,
    now: Date.now,
    onIssuerTrouble: (error) => log.event('part.waiting', { part: 'maskinporten', error }),
  });
  const app = createApp({
    access,
    readAs: parts.readAs,
    queries,
    operations,
    store,
    vault,
    publisher,
    adapters,
    environment,
    decode,
    organisations: organisations.all,
    policyOf: (org) => organisations.policyOf(org),
    now: Date.now,
    newId: randomUUID,
    health,
    async logOf(topic, partition) {
      const start = (await source.startOffsets(topic)).get(partition);
      const end = (await source.endOffsets(topic)).get(partition);
      return start === undefined || end === undefined ? undefined : { start, end };
    },
    metrics: () => telemetry.prometheus(),
    registry: createSchemaRegistry(parts.schemas),
    keptRecord: unpackRecord,
    dryRun: dryRunOf(options, parts),
    moveClock: services.moveClock,
    log: deskEvents(log),
    logProblem,
  });
  return startServer({
    fetch: (request, connection) => app.fetch(request, connection),
    tokensNeeded: access.tokensNeeded ?? false,
    ...options.http,
    logProblem,
    newId: randomUUID,
  });
}
