import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { databaseSecurity } from '../bridge/connections.ts';
import { type Config, type Environment, readConfig } from '../config/config.ts';
import { readAuditKey } from '../config/secret.ts';
import type { DatabaseSecurityConfig } from '../config/transport.ts';
import type { Checkpoint } from '../core/audit/chain.ts';
import { parseDate } from '../core/time/date.ts';
import { embeddedDatabaseUrl } from '../local/postgres.ts';
import { databaseAddress, startupMessage } from '../local/startupMessage.ts';
import { type ReadCheckpoints, readCheckpoints } from '../store/auditSeal.ts';
import { checkpointLines } from '../store/checkpointFiles.ts';
import { inSnapshot, storedChains, verifyStored } from '../store/postgres/auditChain.ts';
import type { DatabaseSecurity } from '../store/postgres/clientConfig.ts';
import { createPool, type PoolOptions } from '../store/postgres/pool.ts';
import { type TrailVerdict, trailLines } from '../text/auditLines.ts';
import { CommandFailed, EXIT } from './ask.ts';

interface Asked {
  /** Only what has been added since the last checkpoint before this day. */
  since: string | null;
  checkpoints: string;
  publicKeys: KeyObject[];
}

/** Reads every chain of the database and says which are whole. Resolves when all are; a broken one, or one without a
 *  witness, is exit code 1. @throws CommandFailed */
export async function verifyTrail(env: Environment, args: readonly string[]): Promise<string> {
  const read = readConfig(env);
  if (!read.ok) throw new CommandFailed(read.message, EXIT.usage);
  const asked = askedFor(read.config, args);
  const signed = readCheckpoints(checkpointLines(asked.checkpoints), asked.publicKeys);
  const chains = await verdicts(databaseOf(read.config), asked, signed);
  const { text, whole } = trailLines(chains, signed.invalid);
  if (whole) return text;
  throw new CommandFailed(text, EXIT.refused);
}

async function verdicts(
  database: Pick<PoolOptions, 'databaseUrl' | 'security'>,
  { since }: Asked,
  { checkpoints }: ReadCheckpoints,
): Promise<TrailVerdict[]> {
  const pool = createPool({ ...database, size: 1, onIdleError: () => undefined });
  try {
    return await inSnapshot(pool, async (client) => {
      const stored = await storedChains(client);
      const gone = new Set(checkpoints.map(({ chain }) => chain));
      const verified: TrailVerdict[] = [];
      for (const chain of stored) {
        gone.delete(chain.chain);
        const own = checkpoints.filter((each) => each.chain === chain.chain);
        verified.push(await verifyStored(client, chain, startOf(own, since), own));
      }
      const lost = [...gone].map((chain) => ({
        chain,
        broken: { seq: 1, kind: 'CUT' as const },
        rows: 0,
        last: { seq: 0, hash: '' },
        lastAt: null,
        witnessed: null,
      }));
      return [...verified, ...lost];
    });
  } catch (error) {
    const text = startupMessage(error, { database: databaseAddress(database.databaseUrl), brokers: [] });
    if (text === undefined) throw error;
    throw new CommandFailed(text, EXIT.usage);
  } finally {
    await pool.end();
  }
}

function startOf(checkpoints: readonly Checkpoint[], since: string | null): Checkpoint | null {
  if (since === null) return null;
  const before = checkpoints.filter(({ at }) => at < since).toSorted((a, b) => a.seq - b.seq);
  return before.at(-1) ?? null;
}

function askedFor(config: Config, args: readonly string[]): Asked {
  const { fra, sjekkpunkt, nokkel } = optionsOf(args);
  const since = fra === undefined ? null : parseDate(fra);
  if (since === undefined)
    throw new CommandFailed('--fra skal være en dato, for eksempel 2026-11-01.', EXIT.usage);
  return {
    since,
    checkpoints: sjekkpunkt ?? config.audit.folder,
    publicKeys: nokkel === undefined ? [ownKey(config)] : keysIn(nokkel),
  };
}

function optionsOf(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ args: [...args], options: { fra: text, sjekkpunkt: text, nokkel: text } }).values;
  } catch {
    throw new CommandFailed(
      'Bruk: npm run ot -- revisjon verifiser [--fra dato] [--sjekkpunkt fil] [--nokkel fil]',
      EXIT.usage,
    );
  }
}

function ownKey(config: Config): KeyObject {
  const key = readAuditKey(config.audit.key);
  if (!key.ok) throw new CommandFailed(key.message, EXIT.usage);
  return createPublicKey(key.value);
}

/** One or several: of keys used before too. */
function keysIn(path: string): KeyObject[] {
  try {
    const blocks = readFileSync(path, 'utf8').match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
    const keys = blocks.map((pem) => createPublicKey(pem));
    if (keys.length > 0 && keys.every(({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519'))
      return keys;
  } catch {
    // said below
  }
  throw new CommandFailed(
    'Filen etter --nokkel kan ikke leses som offentlige Ed25519-nøkler i PEM (lag den med «openssl pkey -in nøkkelen -pubout»).',
    EXIT.usage,
  );
}

function databaseOf({ postgres }: Config): Pick<PoolOptions, 'databaseUrl' | 'security'> {
  if (!postgres.embedded) return { databaseUrl: postgres.url, security: securityOf(postgres.security) };
  try {
    return { databaseUrl: embeddedDatabaseUrl(postgres.dir, postgres.port) };
  } catch {
    throw new CommandFailed(
      'Her er ingen innebygd database. Start broen med «npm start», eller sett DATABASE_URL.',
      EXIT.usage,
    );
  }
}

/** As the program itself reaches the database. @throws CommandFailed */
function securityOf(security: DatabaseSecurityConfig): DatabaseSecurity {
  try {
    return databaseSecurity(security, () => undefined);
  } catch (error) {
    const text = startupMessage(error, { database: '', brokers: [] });
    if (text === undefined) throw error;
    throw new CommandFailed(text, EXIT.usage);
  }
}
