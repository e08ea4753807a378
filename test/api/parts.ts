import { randomUUID } from 'node:crypto';
import { ADAPTERS } from '../../adapters/index.ts';
import { createApp } from '../../src/api/app.ts';
import type { ApiParts } from '../../src/api/parts.ts';
import { accessControlOf, OPEN } from '../../src/bridge/access.ts';
import { shownSettings } from '../../src/config/shownSettings.ts';
import { createConsole } from '../../src/console/console.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { createChecks } from '../../src/desk/operation/checks.ts';
import type { Installation } from '../../src/desk/operation/installation.ts';
import type { DeskEvent } from '../../src/desk/parts.ts';
import { SHRINKAGE_LIMIT } from '../../src/jobs/lists/shrinkage.ts';
import {
  createMemoryPublisher,
  type MemoryPublisher,
  type PublishedRecord,
} from '../../src/kafka/memoryPublisher.ts';
import { adapterContext } from '../../src/pipeline/adapterContext.ts';
import { createDryRun } from '../../src/pipeline/dryRun/dryRun.ts';
import type { AccessRecords } from '../../src/store/accessPort.ts';
import type { AuditTrail } from '../../src/store/auditPort.ts';
import type { BulkRecords } from '../../src/store/bulkPort.ts';
import type { FintProjection, FintReading } from '../../src/store/fintPort.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import type { NavRecords } from '../../src/store/navPort.ts';
import type { Operations } from '../../src/store/operationsPort.ts';
import type { Store } from '../../src/store/port.ts';
import type { Queries } from '../../src/store/queriesPort.ts';
import type { SheetRecords } from '../../src/store/sheetsPort.ts';
import type { UploadRecords } from '../../src/store/uploadPort.ts';
import { createVault, type Vault } from '../../src/store/vault.ts';
import type { VigoRecords } from '../../src/store/vigoPort.ts';
import type { WorkProjection } from '../../src/store/workPort.ts';
import { createSheetReader } from '../../src/upload/sheetReader.ts';
import { createDecoder } from '../../src/wire/decode.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { unpackRecord } from '../../src/wire/sealedRecord.ts';
import { createFakeRelay, type FakeRelay } from './fakeRelay.ts';
import { createFakeSubscriptions, type FakeSubscriptions } from './fakeSubscriptions.ts';

export const ORG = orgId('telemarkfylke-no');
export const SAMPLE = orgId('vestfoldogtelemark-no');
/** 7 October 2026, 09.12 in Oslo. */
export const NOW = Date.UTC(2026, 9, 7, 7, 12);
/** The bridge's own synthetic person P01 (month + 80); any answer that shows it is a leak. */
export const PERSON = '14830989960';
export const OTHER_PERSON = '21860876016';

const decode = createDecoder({
  schemas: loadSchemas(new URL('../../schemas/avro/in', import.meta.url).pathname),
});

/** On this machine, with nothing configured. */
const OPEN_ACCESS = accessControlOf(OPEN, {
  grantsOf: async () => [],
  sessionOf: null,
  now: () => NOW,
  onIssuerTrouble: () => undefined,
});

export interface TestParts extends ApiParts {
  subscriptions: FakeSubscriptions;
  relay: FakeRelay;
  memory: Store &
    Queries &
    Operations &
    AccessRecords &
    AuditTrail &
    FintReading &
    FintProjection &
    WorkProjection &
    NavRecords &
    UploadRecords &
    VigoRecords &
    BulkRecords &
    SheetRecords;
  publisher: MemoryPublisher;
  logged: DeskEvent[];
  problems: { id: string; error: unknown }[];
}

/** The API on real adapters, decoder and vault; store and Kafka in memory. */
export function testParts(changes: Partial<ApiParts> = {}): TestParts {
  const memory = createMemoryStore();
  const publisher = createMemoryPublisher({ now: () => NOW });
  const logged: DeskEvent[] = [];
  const problems: TestParts['problems'] = [];
  const vault = createVault(Buffer.alloc(32, 7));
  const subscriptions = createFakeSubscriptions();
  const relay = createFakeRelay(changes.now ?? (() => NOW));
  const parts: ApiParts = {
    queries: memory,
    operations: memory,
    readAs: readsAll,
    vigoAs: () => memory,
    navAs: () => memory,
    uploadsAs: () => memory,
    bulkAs: () => memory,
    bulk: memory,
    sheetsAs: () => memory,
    sheets: memory,
    fint: { projection: memory, readAs: () => memory },
    work: memory,
    store: memory,
    accessRecords: memory,
    audit: memory,
    subscriptions,
    receivers: relay,
    baseUrl: () => 'https://ot.example.no',
    vault,
    publisher,
    adapters: ADAPTERS,
    organisations: [
      { id: ORG, county: countyNumber('40'), virtualClock: false },
      { id: SAMPLE, county: countyNumber('38'), virtualClock: true },
    ],
    policyOf: (org) => defaultPolicy(countyNumber(org === SAMPLE ? '38' : '40')),
    agreementsOf: (org) => memory.agreements(org),
    environment: 'test',
    now: () => NOW,
    newId: randomUUID,
    access: OPEN_ACCESS,
    consentTokens: null,
    login: { people: () => undefined },
    installation: installation(),
    health: { stuck: () => [], notReady: async () => [] },
    logOf: async () => undefined,
    laneLook: { loads: async () => [], unworked: () => [] },
    metrics: async () => 'ot_bridge_up 1\n',
    registry: (path) => ({ status: 200, body: { path } }),
    readSheet: createSheetReader(),
    decode,
    keptRecord: unpackRecord,
    dryRun: dryRunOn(memory, vault),
    moveClock: (org, now) => memory.moveClock(org, now),
    log: (event) => logged.push(event),
    logProblem: (problem) => problems.push(problem),
    stopping: new AbortController().signal,
    countPersons: async () => undefined,
    fences: {
      own: { origins: [], opensFromElsewhere: (path) => path === '/', framesFromElsewhere: () => false },
      trustedProxies: [],
      rates: { perCaller: 1_000_000, perAddress: 1_000_000 },
      internalPort: false,
    },
    ...changes,
  };
  return { ...parts, memory, publisher, logged, problems, subscriptions, relay };
}

/** A process that has one job and finds nothing wrong. */
export function installation(changes: Partial<Installation> = {}): Installation {
  const { checks, ...look } = {
    checks: createChecks(
      async () => [],
      () => NOW,
    ),
    ...changes,
  };
  return {
    settings: shownSettings({}),
    versions: [{ what: 'OT Bridge', version: '0.1.0' }],
    roles: ['consume', 'api'],
    started: instantOf(NOW - 3_600_000),
    jobs: () => [{ job: 'deadlines', everyMs: 1_000, ended: instantOf(NOW), failed: null }],
    signedEnds: () => [],
    ...look,
    checks,
  };
}

/** A dry run on a store, as of the default policy of county 40. */
export function dryRunOn(
  store: Store & Operations,
  vault: Vault,
  county = countyNumber('40'),
): ApiParts['dryRun'] {
  return createDryRun({
    store,
    operations: store,
    vault,
    decode,
    adapters: ADAPTERS,
    policyOf: () => defaultPolicy(county),
    agreementsOf: async () => [],
    limitFor: () => SHRINKAGE_LIMIT,
    contextOf: () => adapterContext({ org: ORG, environment: 'test', vault, policy: defaultPolicy(county) }),
  });
}

/** Replaced by the parts' own queries, also when a test exchanges them. */
const readsAll: ApiParts['readAs'] = () => {
  throw new Error('appOf puts the queries of the parts in its place');
};

export function appOf(parts: ApiParts) {
  const { queries, operations } = parts;
  const readAs = parts.readAs === readsAll ? () => ({ queries, operations }) : parts.readAs;
  const whole = { ...parts, readAs };
  const pages = createConsole(whole);
  const app = createApp(whole, pages);
  const send = (method: 'PATCH' | 'DELETE' | 'POST', path: string, body?: unknown) =>
    app.request(path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
  return {
    app,
    /** Pages and acts of the console, with what they need. */
    pages: pages.routes,
    get: (path: string) => app.request(path),
    send,
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** All records of the topic, partition by partition. */
export function sent(publisher: MemoryPublisher, feed: string, org = ORG): PublishedRecord[] {
  return publisher.read(`${org}.ot.event.${feed}`).flat();
}

let nextId = 0;

/** A dropout as a school reports it. */
export function dropout(fields: Record<string, unknown> = {}): Record<string, unknown> {
  nextId += 1;
  return {
    id: `e-${nextId}`,
    version: 1,
    type: 'avbrudd',
    fodselsnummer: PERSON,
    skolenummer: '40014',
    avbruddsdato: '2026-10-05',
    avbruddsarsak: 'AF',
    ...fields,
  };
}

/** A body that arrives in chunks, without a declared length. */
export function streamed(pieces: Iterable<Buffer>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
  });
}

export async function problemOf(
  response: Response,
): Promise<{ type: string; detail: string; problems: unknown[] }> {
  const text = await response.text();
  if (response.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`no problem: ${text}`);
  return JSON.parse(text);
}

/** The answer's JSON. */
export async function bodyOf(response: Response) {
  return JSON.parse(await response.text());
}
