import type pg from 'pg';
import type { Vault } from '../vault.ts';

/** Another key would match no known person and create everyone again. */
export class WrongVaultKey extends Error {
  override readonly name = 'WrongVaultKey';

  constructor() {
    super(
      'Hvelvnøkkelen er ikke den som databasen ble laget med: sett VAULT_KEY_FILE eller VAULT_KEY til den nøkkelen (den ligger i sikkerhetskopien), for med en annen blir ingen gjenkjent.',
    );
  }
}

/**
 * Checks the key against the database's check value. The first start writes one: immediately in an empty database,
 * otherwise only with the key that opens what is stored.
 * @throws WrongVaultKey
 */
export async function proveVaultKey(
  pool: pg.Pool,
  vault: Pick<Vault, 'checkValue' | 'hmac' | 'open' | 'openNumber'>,
): Promise<void> {
  if ((await stored(pool)) === undefined) {
    if (!(await opensWhatIsThere(pool, vault))) throw new WrongVaultKey();
    await pool.query('insert into vault_check (value) values ($1) on conflict do nothing', [
      vault.checkValue,
    ]);
  }
  // Read again: of two concurrent first starts with different keys, one has won.
  if (!(await stored(pool))?.equals(vault.checkValue)) throw new WrongVaultKey();
}

async function stored(pool: pg.Pool): Promise<Buffer | undefined> {
  const { rows } = await pool.query<{ value: Buffer }>('select value from vault_check');
  return rows[0]?.value;
}

/** The oldest rows: a database that a wrong key wrote to before the check existed holds that key's rows too. */
async function opensWhatIsThere(
  pool: pg.Pool,
  vault: Pick<Vault, 'hmac' | 'open' | 'openNumber'>,
): Promise<boolean> {
  const { rows: people } = await pool.query<{ hmac: Buffer; sealed_number: Buffer }>(
    'select hmac, sealed_number from identity order by met limit 1',
  );
  // A quarantined record may belong to no known person.
  const { rows: records } = await pool.query<{ sealed: Buffer }>(
    '(select sealed from quarantine order by received limit 1) union all (select sealed from parked order by received limit 1)',
  );
  try {
    for (const { hmac, sealed_number } of people) {
      if (!vault.hmac(vault.openNumber(sealed_number)).equals(hmac)) return false;
    }
    if (people.length === 0) for (const { sealed } of records) vault.open(sealed);
    return true;
  } catch {
    return false;
  }
}
