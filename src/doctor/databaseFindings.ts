import { existsSync } from 'node:fs';
import { databaseSecurity } from '../bridge/connections.ts';
import type { Config } from '../config/config.ts';
import { loadVaultKey } from '../config/secret.ts';
import { embeddedDatabaseUrl } from '../local/postgres.ts';
import { databaseAddress, startupMessage } from '../local/startupMessage.ts';
import {
  type DatabaseExamination,
  examineDatabase,
  type Installation,
} from '../store/postgres/examination.ts';
import { createPool } from '../store/postgres/pool.ts';
import { createVault, type Vault } from '../store/vault.ts';
import { errorFields } from '../telemetry/errorFields.ts';
import { type Finding, fault, ok, warning } from '../text/findings.ts';
import { some } from './kafkaFindings.ts';

const OLDEST = 15;
/** The pools of one process, and one to spare for the operator. */
const CONNECTIONS = 32;
const CLOCK_MS = { wrong: 30_000, off: 2_000 };
const LIMITS = {
  statement: 30_000,
  lock: 5_000,
  idleInTransaction: 30_000,
  answer: 35_000,
  connection: 5_000,
};

/** @returns what was found, and the installation for what is compared with it; null when there is none to see */
export async function examineStore(
  config: Config,
): Promise<{ findings: Finding[]; installation: Installation | null }> {
  const { postgres } = config;
  const databaseUrl = postgres.embedded ? embeddedUrl(postgres) : postgres.url;
  if (databaseUrl === undefined) {
    const cure = 'Start broen («npm start»): den lager databasen første gang.';
    return {
      findings: [warning('Databasen svarer', 'innebygd database er ikke laget ennå', cure)],
      installation: null,
    };
  }
  const at = databaseAddress(databaseUrl);
  try {
    const pool = createPool({
      databaseUrl,
      ...(!postgres.embedded && { security: databaseSecurity(postgres.security, () => undefined) }),
      size: 1,
      limits: LIMITS,
      onIdleError: () => undefined,
    });
    try {
      const database = await examineDatabase(pool, vaultOf(config));
      return { findings: findingsOf(config, at, database), installation: database.installation };
    } finally {
      await pool.end();
    }
  } catch (error) {
    const { errorName, errorCode = errorName } = errorFields(error);
    const found = startupMessage(error, { database: at, brokers: [] }) ?? `feilet (${errorCode})`;
    const cure = postgres.embedded
      ? 'Start broen («npm start»): innebygd PostgreSQL går bare sammen med den.'
      : 'Rett det som står over. Meldingene venter i Kafka til databasen svarer.';
    return { findings: [fault('Databasen svarer', found, cure)], installation: null };
  }
}

/** Undefined before the first start. */
function embeddedUrl({ dir, port }: { dir: string; port: number }): string | undefined {
  try {
    return embeddedDatabaseUrl(dir, port);
  } catch {
    return undefined;
  }
}

/** Null: it cannot be read, which is a finding of its own. */
function vaultOf({ vaultKey }: Config): Vault | null {
  const missing = vaultKey.from === 'embedded' && !existsSync(vaultKey.path);
  const read = missing ? null : loadVaultKey(vaultKey, false);
  return read?.ok ? createVault(read.value) : null;
}

function findingsOf(config: Config, at: string, database: DatabaseExamination): Finding[] {
  const { version, tls, clockMs, unbound, durable, freeConnections, migrations, installation } = database;
  const here = config.postgres.embedded;
  const seconds = (Math.abs(clockMs) / 1000).toFixed(1).replace('.', ',');
  const clock = `${seconds} s fra denne maskinens`;
  const sync = 'Synkroniser klokkene (NTP) på begge maskinene: frister og token følger dem.';
  return [
    ok('Databasen svarer', `${at}, ${tls ?? 'uten TLS på samme maskin'}`),
    version >= OLDEST
      ? ok('PostgreSQL', String(version))
      : fault('PostgreSQL', String(version), `Oppgrader til ${OLDEST} eller nyere.`),
    Math.abs(clockMs) > CLOCK_MS.wrong
      ? fault('Databasens klokke', clock, sync)
      : Math.abs(clockMs) > CLOCK_MS.off
        ? warning('Databasens klokke', clock, sync)
        : ok('Databasens klokke', clock),
    durable
      ? ok('Varig lagring', 'det som er bekreftet, er på disk')
      : fault(
          'Varig lagring',
          'fsync eller synchronous_commit er av',
          'Slå på begge: ellers kan bekreftede data gå tapt.',
        ),
    freeConnections >= CONNECTIONS
      ? ok('Ledige forbindelser', String(freeConnections))
      : warning(
          'Ledige forbindelser',
          String(freeConnections),
          `Sett opp max_connections: hver prosess bruker opptil ${CONNECTIONS}.`,
        ),
    unbound && !here
      ? fault(
          'Databasebrukeren',
          'er superbruker eller har BYPASSRLS',
          'Gi broen en bruker uten (deploy/compose/database.sql viser hvordan): radsikkerheten gjelder ellers ikke.',
        )
      : ok('Databasebrukeren', here ? 'innebygd' : 'er bundet av radsikkerheten'),
    migrated(migrations),
    ...(installation ? installed(installation) : []),
  ];
}

function migrated({ applied, known }: DatabaseExamination['migrations']): Finding {
  const found = `${applied} av ${known} skjemafiler`;
  if (applied === known) return ok('Skjema', found);
  return applied < known
    ? warning('Skjema', found, 'Start broen: den legger til resten. Ta sikkerhetskopi først.')
    : fault('Skjema', found, 'Bruk et nyere program, eller legg tilbake kopien fra før oppgraderingen.');
}

function installed({ missingRoles, openTables, vaultKey }: Installation): Finding[] {
  return [
    missingRoles.length === 0
      ? ok('Roller i databasen', 'de broen trenger')
      : fault(
          'Roller i databasen',
          `${some(missingRoles)} mangler, eller er ikke gitt`,
          'Lag dem, og gi dem til broens bruker, slik deploy/compose/database.sql viser.',
        ),
    openTables.length === 0
      ? ok('Radsikkerhet', 'på i alle tabeller som har den')
      : fault(
          'Radsikkerhet',
          `av i ${some(openTables)}`,
          'Slå den på igjen som i schemas/sql, og finn ut hvem som slo den av.',
        ),
    vaultKey === 'wrong'
      ? fault(
          'Hvelvnøkkelen hører til databasen',
          'nei',
          'Legg tilbake den riktige fra sikkerhetskopien: med en annen blir ingen gjenkjent.',
        )
      : ok(
          'Hvelvnøkkelen hører til databasen',
          vaultKey === 'right' ? 'ja' : 'ingen er brukt ennå, eller den kan ikke leses',
        ),
  ];
}
