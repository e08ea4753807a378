import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ProjectionName } from '../core/messages/topic.ts';
import type { Organisation } from '../core/organisation.ts';
import { type AccessConfig, accessOf } from './access.ts';
import { conflicts } from './conflicts.ts';
import { KEPT_YOUTHS_MB, laneProcessesOf, organisationsOf, partitionsOf, portsOf } from './defaults.ts';
import { environment, type Settings } from './environment.ts';
import { type LimitsConfig, limitsOf } from './limits.ts';
import { type RelayConfig, relayOf } from './relay.ts';
import type { SecretSource } from './secretSource.ts';
import {
  type DatabaseSecurityConfig,
  databaseSecurityOf,
  type KafkaSecurityConfig,
  kafkaSecurityOf,
} from './transport.ts';

// The program's configuration, checked once and as a whole. No other file reads the environment.

export type PolicySource = { from: 'file'; path: string } | { from: 'value'; text: string };
export type VaultKeySource =
  /** Created at the first start. */
  { from: 'embedded'; path: string } | { from: 'file'; path: string } | { from: 'value'; key: Buffer };

export type AuditKeySource = Exclude<VaultKeySource, { from: 'value' }>;

/** Wall clock in Europe/Oslo. */
export interface ClockTime {
  hour: number;
  minute: number;
}

export interface VigoConfig {
  url: string;
  apiKey: SecretSource;
  /** Organisations whose lists are polled. */
  organisations: Organisation[];
  otAt: ClockTime;
  laktivAt: ClockTime;
  /** Share of the last list's rows that may be missing before a list is refused, e.g. 0.1. */
  shrinkageLimit: number;
}

export interface Config {
  environment: 'test' | 'production';
  kafka:
    | { embedded: true; port: number; dir: string }
    | { embedded: false; brokers: string[]; security: KafkaSecurityConfig };
  postgres:
    | { embedded: true; port: number; dir: string }
    | { embedded: false; url: string; security: DatabaseSecurityConfig };
  /** Absolute. */
  dataDir: string;
  cacheDir: string;
  audit: { key: AuditKeySource; folder: string };
  vaultKey: VaultKeySource;
  /** `internalPort`: of `/internal/*`; null when they are answered on `port`. */
  http: { host: string; port: number; internalPort: number | null };
  organisations: Organisation[];
  roles: { consume: boolean; api: boolean; relay: boolean };
  /** Processes that work lanes, this one counted. */
  laneProcesses: number;
  /** MB of youths kept in the memory of each process. */
  keptYouths: number;
  /** Calls to receivers. */
  relay: RelayConfig;
  topics: { partitions: number; replication: number; retentionDays: number };
  /** Topics in the form of other systems. */
  projections: ProjectionName[];
  logLevel: NonNullable<Settings['LOG_LEVEL']>;
  otlpEndpoint?: string;
  vigo?: VigoConfig;
  /** The counties' own policy; absent when all use the defaults. */
  policy?: PolicySource;
  /** First grants and roles. */
  accessFile?: string;
  access: AccessConfig;
  limits: LimitsConfig;
}

export type Environment = Record<string, string | undefined>;

/** Each problem is one line of `message` (bokmål); none repeats a value. */
export function readConfig(env: Environment): { ok: true; config: Config } | { ok: false; message: string } {
  const faults = faultsOf(env);
  const faulty = new Set(faults.map(({ name }) => name));
  const readable = Object.fromEntries(Object.entries(env).filter(([name]) => !faulty.has(name)));
  const settings = environment.parse(readable);
  const problems = [
    ...faults,
    ...conflicts(settings, (name) => Boolean(env[name]?.trim())).filter(({ name }) => !faulty.has(name)),
  ];
  if (problems.length === 0) return { ok: true, config: configOf(settings, env) };
  const lines = [...new Set(problems.map(({ name, text }) => `${name} ${text}`))];
  const list = lines.length === 1 ? ` ${lines[0]}` : lines.map((line) => `\n  ${line}`).join('');
  return { ok: false, message: `Oppsettet kan ikke brukes:${list}` };
}

function faultsOf(env: Environment): { name: string; text: string }[] {
  const read = environment.safeParse(env);
  if (read.success) return [];
  return read.error.issues.map((issue) => ({ name: String(issue.path[0]), text: issue.message }));
}

/** Folder for downloads, outside the checkout. */
export function cacheFolder(env: Environment): string {
  return resolve(env.OT_BRIDGE_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ot-bridge'));
}

export type Arguments = { ok: true; sample: boolean } | { ok: false; message: string };

/** @param argv the arguments after the script's name */
export function readArguments(argv: readonly string[]): Arguments {
  const unknown = argv.find((argument) => argument !== '--no-sample');
  if (unknown === undefined) return { ok: true, sample: argv.length === 0 };
  return {
    ok: false,
    message: `Ukjent valg ${unknown}: det eneste som finnes er --no-sample (ikke spill eksempelfylket).`,
  };
}

function configOf(set: Settings, env: Environment): Config {
  const dataDir = resolve(set.DATA_DIR ?? './.data');
  const ports = portsOf(set);
  const access = accessOf(set);
  const roles = set.ROLES ?? ['consume', 'api', 'relay'];
  const vigo = vigoOf(set);
  return {
    environment: set.OT_ENVIRONMENT ?? 'test',
    kafka: set.KAFKA_BROKERS
      ? { embedded: false, brokers: set.KAFKA_BROKERS, security: kafkaSecurityOf(set) }
      : { embedded: true, port: ports.kafka, dir: join(dataDir, 'kafka') },
    postgres: set.DATABASE_URL
      ? { embedded: false, url: set.DATABASE_URL, security: databaseSecurityOf(set) }
      : { embedded: true, port: ports.postgres, dir: join(dataDir, 'postgres') },
    dataDir,
    cacheDir: cacheFolder(env),
    audit: {
      key: set.AUDIT_KEY_FILE
        ? { from: 'file', path: resolve(set.AUDIT_KEY_FILE) }
        : { from: 'embedded', path: join(dataDir, 'audit.key') },
      folder: resolve(set.AUDIT_CHECKPOINT_DIR ?? join(dataDir, 'audit')),
    },
    vaultKey: vaultKeyOf(set, dataDir),
    http: {
      host: set.HTTP_HOST ?? '127.0.0.1',
      port: ports.http,
      internalPort: set.INTERNAL_PORT ?? null,
    },
    organisations: organisationsOf(set),
    roles: {
      consume: roles.includes('consume'),
      api: roles.includes('api'),
      relay: roles.includes('relay'),
    },
    keptYouths: set.KEPT_YOUTHS_MB ?? KEPT_YOUTHS_MB,
    laneProcesses: roles.includes('consume') ? laneProcessesOf(set) : 1,
    relay: relayOf(set),
    topics: {
      partitions: partitionsOf(set),
      replication: set.TOPIC_REPLICATION ?? (set.KAFKA_BROKERS ? 3 : 1),
      retentionDays: set.FEED_RETENTION_DAYS ?? 28,
    },
    projections: [
      ...(set.FINT_TOPIC === 'on' ? (['fint'] as const) : []),
      ...(set.VIGO_OT_TOPIC === 'on' ? (['vigo'] as const) : []),
    ],
    logLevel: set.LOG_LEVEL ?? 'info',
    ...(set.OTEL_EXPORTER_OTLP_ENDPOINT && { otlpEndpoint: set.OTEL_EXPORTER_OTLP_ENDPOINT }),
    ...(vigo && { vigo }),
    ...(set.POLICY_FILE && { policy: { from: 'file', path: resolve(set.POLICY_FILE) } }),
    ...(set.ACCESS_FILE && { accessFile: resolve(set.ACCESS_FILE) }),
    ...(set.POLICY && { policy: { from: 'value', text: set.POLICY } }),
    access,
    limits: limitsOf(set, access.maskinporten === null && access.login === null),
  };
}

function vaultKeyOf(set: Settings, dataDir: string): VaultKeySource {
  if (set.VAULT_KEY) return { from: 'value', key: set.VAULT_KEY };
  if (set.VAULT_KEY_FILE) return { from: 'file', path: resolve(set.VAULT_KEY_FILE) };
  return { from: 'embedded', path: join(dataDir, 'vault.key') };
}

function vigoOf(set: Settings): VigoConfig | undefined {
  if (!set.VIGO_URL) return undefined;
  const { VIGO_API_KEY: value, VIGO_API_KEY_FILE: path = '' } = set;
  return {
    url: set.VIGO_URL,
    apiKey: value ? { from: 'value', value } : { from: 'file', path: resolve(path) },
    organisations: organisationsOf(set).filter(({ county }) => set.VIGO_COUNTIES?.includes(county) ?? true),
    otAt: set.VIGO_OT_AT ?? { hour: 2, minute: 0 },
    laktivAt: set.VIGO_LAKTIV_AT ?? { hour: 1, minute: 0 },
    shrinkageLimit: set.VIGO_SHRINKAGE_LIMIT ?? 0.1,
  };
}
