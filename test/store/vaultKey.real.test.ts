import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { proveVaultKey, WrongVaultKey } from '../../src/store/postgres/vaultKey.ts';
import { createVault } from '../../src/store/vault.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { batch, claimed, NONE } from './commits.ts';

const right = createVault(Buffer.alloc(32, 1));
const wrong = createVault(Buffer.alloc(32, 2));

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 4, onIdleError: () => undefined });
const store = createPostgresStore(pool);
await store.migrate();
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(() => pool.query('truncate vault_check, identity, quarantine, parked'));

async function meet(vault: typeof right, number: string): Promise<void> {
  const fodselsnummer = new Fodselsnummer(number);
  await store.resolve([{ hmac: vault.hmac(fodselsnummer), sealedNumber: () => vault.seal(fodselsnummer) }]);
}

describe('case E3: a database knows the vault key it was made with', () => {
  test('the first start decides on an empty one, and another key is refused from then on', async () => {
    await proveVaultKey(pool, right);
    await proveVaultKey(pool, right);
    await expect(proveVaultKey(pool, wrong)).rejects.toBeInstanceOf(WrongVaultKey);
    await proveVaultKey(pool, right);
  });

  test('one from before there was a check takes only the key that opens what is there', async () => {
    await meet(right, '14830989960');
    await expect(proveVaultKey(pool, wrong)).rejects.toBeInstanceOf(WrongVaultKey);
    await proveVaultKey(pool, right);
    await expect(proveVaultKey(pool, wrong)).rejects.toBeInstanceOf(WrongVaultKey);
  });

  test('one that a wrong key has been at already belongs to the first', async () => {
    await meet(right, '14830989960');
    await meet(wrong, '14830989960');
    await expect(proveVaultKey(pool, wrong)).rejects.toBeInstanceOf(WrongVaultKey);
    await proveVaultKey(pool, right);
  });

  test('what lies in quarantine counts where no person is known', async () => {
    const anyStore = { ...createPostgresQueries(pool), ...createPostgresOperations(pool), ...store };
    const lane = await claimed(anyStore);
    const item = {
      id: randomUUID(),
      offset: 0n,
      received: '2026-10-07T07:12:00.000Z',
      problems: [],
      sealed: right.seal(Buffer.from('a record')),
      receipt: null,
      row: null,
    };
    await store.commit(batch(lane, 1n, { quarantined: [item], counts: { ...NONE, quarantined: 1 } }));
    await expect(proveVaultKey(pool, wrong)).rejects.toBeInstanceOf(WrongVaultKey);
    await proveVaultKey(pool, right);
  });

  test('of two that start at the same time with different keys, one is refused', async () => {
    const ends = await Promise.allSettled([proveVaultKey(pool, right), proveVaultKey(pool, wrong)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
