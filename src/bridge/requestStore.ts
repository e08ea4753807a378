import type { Organisation } from '../core/organisation.ts';
import type { AccessRecords } from '../store/accessPort.ts';
import type { AuditTrail } from '../store/auditPort.ts';
import type { BulkReading, BulkRecords } from '../store/bulkPort.ts';
import type { FintProjection, FintReading } from '../store/fintPort.ts';
import type { NavRecords } from '../store/navPort.ts';
import type { Operations } from '../store/operationsPort.ts';
import type { Store } from '../store/port.ts';
import { createPostgresAccess } from '../store/postgres/access.ts';
import { createPostgresAudit } from '../store/postgres/audit.ts';
import { createPostgresBulk, createPostgresBulkReading } from '../store/postgres/bulk.ts';
import type { DatabaseSecurity } from '../store/postgres/clientConfig.ts';
import { createPostgresFintProjection } from '../store/postgres/fintProjection.ts';
import { createPostgresFintReading } from '../store/postgres/fintReading.ts';
import { createPostgresNav } from '../store/postgres/nav.ts';
import { createPostgresOperations } from '../store/postgres/operations.ts';
import type { OrganisationIds } from '../store/postgres/organisation.ts';
import { createPool, type Pool } from '../store/postgres/pool.ts';
import type { Pulse } from '../store/postgres/pulse.ts';
import { createPostgresQueries } from '../store/postgres/queries.ts';
import { createReaders, type Readers, sessionOf } from '../store/postgres/readers.ts';
import { type ReadingScope, scopedReaders } from '../store/postgres/scopedReaders.ts';
import { createPostgresSheetReading, createPostgresSheets } from '../store/postgres/sheets.ts';
import { createStoreOfRequests } from '../store/postgres/store.ts';
import { createPostgresUploads } from '../store/postgres/uploads.ts';
import { createPostgresVigo } from '../store/postgres/vigo.ts';
import { createPostgresWork } from '../store/postgres/workProjection.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { SheetReading, SheetRecords } from '../store/sheetsPort.ts';
import type { UploadRecords } from '../store/uploadPort.ts';
import type { VigoRecords } from '../store/vigoPort.ts';
import type { WorkProjection } from '../store/workPort.ts';
import type { Logger } from '../telemetry/logger.ts';

/** The store as requests use it. */
export interface RequestStore {
  queries: Queries;
  operations: Operations;
  audit: AuditTrail;
  store: Pick<Store, 'find' | 'inOrderGiven' | 'load' | 'resolve'>;
  accessRecords: AccessRecords;
  fint: FintProjection;
  work: WorkProjection;
  bulk: BulkRecords;
  sheets: SheetRecords;
  nav: NavRecords;
  /** Of all, for the relay. */
  vigo: VigoRecords;
  /** What is read for one caller: the database lets nothing out of the scope through. */
  readAs(scope: ReadingScope): Pick<RequestStore, 'queries' | 'operations'>;
  fintAs(scope: ReadingScope): FintReading;
  vigoAs(scope: ReadingScope): VigoRecords;
  navAs(scope: ReadingScope): NavRecords;
  uploadsAs(scope: ReadingScope): UploadRecords;
  bulkAs(scope: ReadingScope): BulkReading;
  sheetsAs(scope: ReadingScope): SheetReading;
}

/** Few connections each: lists and reports leave the pipeline a free processor in the database, and a submission does
 *  not wait behind them. Milliseconds. */
const READING = {
  size: 6,
  mostWaiting: 200,
  limits: { statement: 30_000, lock: 2_000, idleInTransaction: 60_000, answer: 35_000, connection: 5_000 },
};
const WRITING = {
  size: 4,
  mostWaiting: 400,
  limits: { statement: 10_000, lock: 5_000, idleInTransaction: 10_000, answer: 12_000, connection: 5_000 },
};

/** One call at a time; the other connection replaces one that breaks. */
const RECORDING = { ...WRITING, size: 2 };

/** @param pool of the pipeline; not used by requests */
export function openRequestStore(
  {
    databaseUrl,
    security,
    organisations,
    log,
    pool,
    ids,
    pulse,
  }: {
    databaseUrl: string;
    security: DatabaseSecurity;
    organisations: readonly Pick<Organisation, 'id' | 'virtualClock'>[];
    log: Logger;
    pool: Pool;
    ids: OrganisationIds;
    pulse: Pulse;
  },
  onStop: (stop: () => Promise<unknown>) => void,
): RequestStore {
  const lent = ({ mostWaiting, ...options }: typeof READING) => {
    const own = createPool({
      databaseUrl,
      security,
      ...options,
      onIdleError: (error) => log.event('part.waiting', { part: 'postgres', error }),
    });
    onStop(() => own.end());
    return createReaders(own, { mostWaiting, pulse });
  };
  const readers = lent(READING);
  const writers = lent(WRITING);
  const session = sessionOf(writers);
  const virtual = new Set(organisations.flatMap(({ id, virtualClock }) => (virtualClock ? [id] : [])));
  const operationsOn = (lender: Readers): Operations => {
    const operations = createPostgresOperations(pool, ids, lender, session);
    return {
      ...operations,
      // A real clock is not asked for: a submission would wait for it behind every report and list.
      virtualNow: async (org) => (virtual.has(org) ? operations.virtualNow(org) : null),
    };
  };
  return {
    queries: createPostgresQueries(pool, ids, readers),
    operations: operationsOn(readers),
    audit: createPostgresAudit(lent(RECORDING), ids),
    store: createStoreOfRequests(session, readers, ids),
    accessRecords: createPostgresAccess(session, ids),
    fint: createPostgresFintProjection(ids, writers),
    work: createPostgresWork(ids, writers),
    bulk: createPostgresBulk(ids, readers, writers),
    bulkAs: (scope) => createPostgresBulkReading(ids, scopedReaders(readers, ids, scope)),
    sheets: createPostgresSheets(ids, readers, writers),
    sheetsAs: (scope) => createPostgresSheetReading(ids, scopedReaders(readers, ids, scope)),
    nav: createPostgresNav(ids, readers, writers),
    navAs: (scope) => createPostgresNav(ids, scopedReaders(readers, ids, scope), writers),
    vigo: createPostgresVigo(ids, readers, writers),
    vigoAs: (scope) => createPostgresVigo(ids, scopedReaders(readers, ids, scope), writers),
    uploadsAs: (scope) => createPostgresUploads(ids, scopedReaders(readers, ids, scope), writers),
    fintAs: (scope) => createPostgresFintReading(ids, scopedReaders(readers, ids, scope)),
    readAs(scope) {
      const scoped = scopedReaders(readers, ids, scope);
      return {
        queries: createPostgresQueries(pool, ids, scoped),
        operations: operationsOn(scoped),
      };
    },
  };
}
