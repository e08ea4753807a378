import { setTimeout as sleep } from 'node:timers/promises';
import type { MachinePrincipal } from '../../src/core/access/principal.ts';
import type { Agreement } from '../../src/core/nav/agreement.ts';
import { countyNumber, type OrgId, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { askForList, type FetchParts, fetchRows, manifestOf } from '../../src/desk/nav/batches.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createVault } from '../../src/store/vault.ts';
import { agreementOf, NAV } from '../harness/agreement.ts';
import type { AppPlan } from './appPlan.ts';

// The county asks for a month's list and NAV fetches it, through the product's own desk. Who is in it, and that it is whole, is
// the doing of the app alone: its job makes the list, killed or not.

/** The same after each start of the app. */
export function faultAgreement(org: OrgId): Omit<Agreement, 'revoked'> {
  return { ...agreementOf(org), id: '0f4c7c8e-2f5b-4f0e-8a55-6d0c5f2b9a17' };
}

export interface NavSide {
  /** @returns match ids by identity number @param opened called when the list has been asked for */
  ask(list: string, opened: () => Promise<void>): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

const AS_NAV: MachinePrincipal = {
  ...{ kind: 'machine', name: `0192:${NAV}`, key: `0192:${NAV}`, consumer: NAV, supplier: null },
  ...{ clientId: null, tokenId: null, scopes: new Set(['ot/nav.read']), grants: [] },
};
const LIMIT = 100;
const AGAIN_MS = 200;
/** PostgreSQL and the app come back within seconds. */
const PATIENCE_MS = 120_000;

export function createNavSide(plan: AppPlan): NavSide {
  const pool = createPool({ databaseUrl: plan.databaseUrl, size: 2, onIdleError: () => undefined });
  const [ids, readers] = [organisationIds(pool), createReaders(pool)];
  const organisation = { id: orgId(plan.org), county: countyNumber(plan.county), virtualClock: false };
  const parts: FetchParts = {
    nav: createPostgresNav(ids, readers, readers),
    operations: createPostgresOperations(pool, ids),
    queries: createPostgresQueries(pool, ids),
    vault: createVault(Buffer.from(plan.vaultKey, 'hex')),
    environment: 'test',
    policyOf: () => defaultPolicy(organisation.county),
    now: Date.now,
  };
  return {
    async ask(list, opened) {
      const month = list.slice('B-'.length);
      await persistently(() => askForList(parts, organisation, { month, by: 'fault' }));
      await opened();
      await persistently(async () => {
        if ((await manifestOf(parts, organisation, list)).state === 'making') throw new Error('not made yet');
      });
      return persistently(async () => {
        const found = new Map<string, string>();
        for (let after: string | null = ''; after !== null; ) {
          const page = await fetchRows(parts, organisation, AS_NAV, { batch: list, after, limit: LIMIT });
          for (const { fodselsnummer, matchId } of page.rows) found.set(fodselsnummer, matchId);
          after = page.next;
        }
        return found;
      });
    },
    close: () => pool.end(),
  };
}

/** @throws what it failed with last */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ; ) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
