import type pg from 'pg';
import type { PersonRef } from '../../core/person/reference.ts';
import type { LoadedYouth, Store } from '../port.ts';
import { lockAgreements } from './agreementLock.ts';
import { commit, refuses } from './commit.ts';
import { find, inOrderGiven, loaded, resolve, YOUTH, type YouthRow } from './find.ts';
import { claim, found, published, publishedUpto, raiseFence, stopped, unpublished } from './lane.ts';
import { migrate } from './migrate.ts';
import { type OrganisationIds, organisationIds } from './organisation.ts';
import type { Readers, Session } from './readers.ts';
import { keyed } from './sourceKeys.ts';

/** The store on PostgreSQL (15 and later). `close` ends the pool. */
export function createPostgresStore(pool: pg.Pool, orgs: OrganisationIds = organisationIds(pool)): Store {
  return {
    migrate: () => migrate(pool),
    claim: async (key) => claim(pool, await orgs.idOf(key.org), key),
    raiseFence: (lane, by) => raiseFence(pool, lane, by),
    resolve: (people) => resolve(pool, people),
    inOrderGiven: (refs) => inOrderGiven(pool, refs),
    load: async (org, refs) => (await find(pool, await orgs.idOf(org), [], refs)).youths,
    find: async (org, hmacs, refs, kept) => find(pool, await orgs.idOf(org), hmacs, refs, kept),
    keyed: async (org, keys) => keyed(pool, await orgs.idOf(org), keys),
    commit: (batch) => commit(pool, batch),
    refuses,
    stopped: (lane, note) => stopped(pool, lane, note),
    found: (lane, log) => found(pool, lane, log),
    published: (lane, upto) => published(pool, lane, upto),
    publishedUpto: (laneId) => publishedUpto(pool, laneId),
    unpublished: (lane, from, limit) => unpublished(pool, lane, from, limit),
    withCurrent: async (org, refs, publish) => withCurrent(pool, await orgs.idOf(org), refs, publish),
    close: () => pool.end(),
  };
}

/** What requests use: of the vault, and what a dry run reads. @param session of what writes */
export function createStoreOfRequests(
  session: Session,
  readers: Readers,
  orgs: OrganisationIds,
): Pick<Store, 'find' | 'inOrderGiven' | 'load' | 'resolve'> {
  return {
    resolve: (people) => resolve(session, people),
    inOrderGiven: (refs) => readers.use(null, (session) => inOrderGiven(session, refs)),
    async load(org, refs) {
      const orgId = await orgs.idOf(org);
      return (await readers.use(org, (session) => find(session, orgId, [], refs))).youths;
    },
    async find(org, hmacs, refs) {
      const orgId = await orgs.idOf(org);
      return readers.use(org, (session) => find(session, orgId, hmacs, refs));
    },
  };
}

const SIGN_OF_LIFE_MS = 2_000;
const HANGS_MS = 10_000;

async function withCurrent(
  pool: pg.Pool,
  orgId: number,
  refs: readonly PersonRef[],
  publish: (youths: LoadedYouth[]) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  // A hung session would hold the row locks without a deadline: the server ends an idle one, and the heartbeat keeps
  // this one alive.
  const alive = setInterval(() => void client.query('select 1').catch(() => undefined), SIGN_OF_LIFE_MS);
  try {
    await client.query('begin');
    await client.query(`set local idle_in_transaction_session_timeout = '${HANGS_MS}ms'`);
    await lockAgreements(client, orgId);
    const { rows } = await client.query<Omit<YouthRow, 'n'>>(
      // Ordered by ref: two recoveries would otherwise deadlock.
      `select ${YOUTH}, false as parked
       from youth y where org_id = $1 and ref = any ($2::uuid[]) order by ref for update`,
      [orgId, refs],
    );
    await publish(rows.map(loaded));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    clearInterval(alive);
    client.release();
  }
}
