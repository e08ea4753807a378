import { randomUUID } from 'node:crypto';
import { createApp } from '../api/app.ts';
import { createInternalApp } from '../api/internalApp.ts';
import { framesFromElsewhere, opensFromElsewhere } from '../api/openedFromElsewhere.ts';
import type { ApiParts, Fences, HealthProbe } from '../api/parts.ts';
import { type ApiServer, startServer } from '../api/server.ts';
import { type LimitsConfig, limitsOf } from '../config/limits.ts';
import { createConsole } from '../console/console.ts';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import type { GivenNow } from '../desk/bulk/maker.ts';
import { createPersonCap } from '../desk/identity/personCap.ts';
import type { Logger } from '../telemetry/logger.ts';
import { mergeMetrics } from '../telemetry/mergeMetrics.ts';
import { ATTRIBUTES } from '../telemetry/names.ts';
import { createSheetReader } from '../upload/sheetReader.ts';
import { createSchemaRegistry } from '../wire/schemaRegistry.ts';
import { unpackRecord } from '../wire/sealedRecord.ts';
import { accessControlOf, consentTokensOf, OPEN } from './access.ts';
import { startBulkRuns } from './bulkRuns.ts';
import type { Consuming } from './consuming.ts';
import { dryRunOf } from './dryRun.ts';
import { createHealth } from './health.ts';
import { installationOf } from './installation.ts';
import type { LaneOverview } from './laneOverview.ts';
import { deskEvents } from './logging.ts';
import { createLogin, type Login } from './login.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';
import { createReceivers } from './receivers.ts';
import { startSheetRuns } from './sheetRuns.ts';

interface Services {
  consuming: Consuming | null;
  overview: LaneOverview;
  moveClock(org: OrgId, to: IsoInstant): Promise<IsoInstant>;
}

/** Serves liveness, readiness and metrics on a port of their own, in every role; null without one. */
export async function startInternal(
  { http }: BridgeOptions,
  parts: BridgeParts,
  services: Services,
): Promise<ApiServer | null> {
  const { internalPort = null } = http;
  if (internalPort === null) return null;
  const { log } = parts;
  const shared = { newId: randomUUID, logProblem: problemLog(log) };
  const app = createInternalApp({
    health: healthOf(parts, services),
    metrics: () => metricsOf(parts, services),
    ...shared,
  });
  return startServer({
    fetch: (request) => app.fetch(request),
    // No personal data here, and the configuration has judged the address.
    loopbackOnly: false,
    host: http.host,
    port: internalPort,
    ...shared,
  });
}

/** As logins are: a local issuer gives roles that are in no record. */
function givenNow({ given }: Pick<Login, 'given'>): GivenNow {
  return { grantsOf: (orgnr) => given().grantsOf(orgnr), rolesOf: (who) => given().rolesOf(who) };
}

/** Serves the HTTP API. */
export async function startServing(
  options: BridgeOptions,
  parts: BridgeParts,
  services: Services,
): Promise<ApiServer> {
  const { organisations, vault, publisher, adapters, environment, decode } = parts;
  const { queries, operations, audit, store } = parts.requests;
  const { source, log } = parts;
  const logProblem = problemLog(log);
  const limits = options.limits ?? OPEN_LIMITS;
  const events = deskEvents(log, parts.alarm);
  const login = createLogin(options, parts, parts.access);
  const issuer = {
    now: Date.now,
    onIssuerTrouble: (error: unknown) => log.event('part.waiting', { part: 'maskinporten', error }),
  };
  const access = accessControlOf(options.access ?? OPEN, {
    grantsOf: (orgnr) => parts.access.grantsOf(orgnr),
    sessionOf: login.sessionOf,
    localIssuer: login.localIssuer,
    ...issuer,
  });
  const stopping = new AbortController();
  let listening = '';
  const baseUrl = () => options.access?.publicUrl?.replace(/\/$/, '') ?? listening;
  const apiParts: ApiParts = {
    access,
    consentTokens: consentTokensOf(options.access ?? OPEN, issuer),
    readAs: parts.readAs,
    vigoAs: parts.vigoAs,
    navAs: parts.navAs,
    uploadsAs: parts.uploadsAs,
    bulkAs: parts.bulkAs,
    bulk: parts.requests.bulk,
    sheets: parts.requests.sheets,
    sheetsAs: parts.sheetsAs,
    fint: { projection: parts.requests.fint, readAs: parts.fintAs },
    work: parts.requests.work,
    accessRecords: parts.requests.accessRecords,
    login: login.port,
    installation: installationOf(options, parts),
    queries,
    operations,
    audit,
    store,
    vault,
    publisher,
    adapters,
    environment,
    decode,
    organisations: organisations.all,
    policyOf: (org) => organisations.policyOf(org),
    agreementsOf: (org) => parts.requests.nav.agreements(org),
    now: Date.now,
    newId: randomUUID,
    health: healthOf(parts, services),
    async logOf(topic, partition) {
      const start = (await source.startOffsets(topic)).get(partition);
      const end = (await source.endOffsets(topic)).get(partition);
      return start === undefined || end === undefined ? undefined : { start, end };
    },
    laneLook: services.overview,
    metrics: () => metricsOf(parts, services),
    registry: createSchemaRegistry(parts.schemas),
    readSheet: createSheetReader(),
    keptRecord: unpackRecord,
    dryRun: dryRunOf(options, parts),
    moveClock: services.moveClock,
    log: events,
    logProblem,
    countPersons: createPersonCap({ operations, vault, now: Date.now, log: events }, limits.personsPerHour),
    fences: fencesOf(options, limits),
    stopping: stopping.signal,
    subscriptions: parts.relay.records,
    receivers: createReceivers({ ...parts.relay, vault, base: baseUrl }),
    baseUrl,
  };
  const app = createApp(apiParts, createConsole(apiParts));
  const { host, port } = options.http;
  const server = await startServer({
    fetch: (request, connection) => app.fetch(request, connection),
    loopbackOnly: !access.tokensNeeded,
    host,
    port,
    logProblem,
    newId: randomUUID,
  });
  listening = server.url;
  login.open(server.url);
  const bulkRuns = startBulkRuns({ ...apiParts, accessRecords: givenNow(login) }, log);
  const sheetRuns = startSheetRuns(apiParts, parts);
  return {
    ...server,
    async close(graceMs) {
      // Who waits for changes would hold the server open.
      stopping.abort();
      await server.close(graceMs);
      await bulkRuns.stop();
      await sheetRuns.stop();
      await login.stop();
    },
  };
}

const OPEN_LIMITS = limitsOf({}, true);

function fencesOf({ access, http, localIssuer }: BridgeOptions, limits: LimitsConfig): Fences {
  return {
    own: {
      origins: access?.publicUrl ? [new URL(access.publicUrl).origin] : [],
      opensFromElsewhere: opensFromElsewhere(localIssuer !== undefined),
      framesFromElsewhere,
    },
    trustedProxies: access?.trustedProxies ?? [],
    rates: { perCaller: limits.requestsPerMinute, perAddress: limits.addressPerMinute },
    internalPort: (http.internalPort ?? null) !== null,
  };
}

function healthOf({ organisations, source, databaseAnswers }: BridgeParts, services: Services): HealthProbe {
  const [first] = organisations.all;
  return createHealth({
    running: () => services.consuming?.running() ?? [],
    consuming: services.consuming !== null,
    unworked: () => services.overview.unworked(),
    kafkaAnswers: async () =>
      first !== undefined && (await source.partitionsOf(feedTopic(first.id, FEEDS[0]))) > 0,
    databaseAnswers,
  });
}

/** Of this process and of those that share the lanes with it. */
async function metricsOf(
  { telemetry }: Pick<BridgeParts, 'telemetry'>,
  { consuming }: Pick<Services, 'consuming'>,
): Promise<string> {
  const others = consuming?.processes?.metrics() ?? [];
  const [own, theirs] = await Promise.all([telemetry.prometheus(), others]);
  return mergeMetrics(own, theirs, ATTRIBUTES.process);
}

function problemLog(log: Logger) {
  return ({ id, error }: { id: string; error: unknown }) => log.event('http.failed', { id, error });
}
