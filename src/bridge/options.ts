import type { LoginSettings } from '../access/people/loginSettings.ts';
import type { AccessConfig } from '../config/access.ts';
import type { FileAccesses } from '../config/accessFile.ts';
import type { VigoConfig } from '../config/config.ts';
import type { LimitsConfig } from '../config/limits.ts';
import type { RelayConfig } from '../config/relay.ts';
import type { ShownSetting } from '../config/shownSettings.ts';
import type { DatabaseSecurityConfig, KafkaSecurityConfig } from '../config/transport.ts';
import type { FeedAdapter } from '../core/feedAdapter.ts';
import type { ProjectionName } from '../core/messages/topic.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import type { Publisher } from '../kafka/publisher.ts';
import type { Store } from '../store/port.ts';
import type { LogDestination } from '../telemetry/logFile.ts';
import type { Logger, LogLevel } from '../telemetry/logger.ts';
import type { Section } from '../text/findings.ts';
import type { Signing } from './checkpoints.ts';
import type { LocalIssuer, LocalIssuerParts } from './localIssuer.ts';
import type { BridgeOrganisation } from './organisations.ts';

export interface BridgeOptions {
  brokers: readonly string[];
  /** TLS and login; none by default. */
  kafkaSecurity?: KafkaSecurityConfig;
  databaseUrl: string;
  databaseSecurity?: DatabaseSecurityConfig;
  vaultKey: Buffer;
  organisations: readonly BridgeOrganisation[];
  environment: 'test' | 'production';
  roles: { consume: boolean; api: boolean; relay?: boolean };
  /** How receivers are called. `timetable`: milliseconds before each attempt, in place of the standard's. */
  relay?: Partial<RelayConfig> & { timetable?: readonly number[] };
  topics: { partitions: number; replication: number; retentionDays: number };
  /** `internalPort`: of `/internal/*`, in every role; null or absent: answered on `port`, on this machine. */
  http: { host: string; port: number; internalPort?: number | null };
  /** Topics in the form of other systems; none by default. */
  projections?: readonly ProjectionName[];
  vigo?: VigoConfig & { key: string };
  /** Absent: open, on loopback alone. */
  access?: AccessConfig;
  /** Absent: as much as one's own machine asks for. */
  limits?: LimitsConfig;
  /** Of ACCESS_FILE. */
  accesses?: FileAccesses;
  /** Where people log in. */
  login?: LoginSettings | undefined;
  /** In its place, in an installation that is open on its own machine only. */
  localIssuer?: ((parts: LocalIssuerParts) => LocalIssuer) | undefined;
  otlpEndpoint?: string | undefined;
  /** Further processes that share the lanes with this one, and where their log lines go. Absent: none. */
  laneProcesses?: { count: number; level: LogLevel; lines: LogDestination };
  /** This is one of those processes: its metrics are of its own lanes alone, the first process sees to the rest. */
  ownLanesOnly?: boolean;
  /** Left out: the ends of the audit chains are not signed. */
  signing?: Signing;
  /** What the operator sees of it; left out: no settings, and no checks but that there are none. */
  look?: InstallationLook;
  /** Megabytes of youths that a process keeps in memory; 0: none. Absent: as the configuration's default. */
  keptYouths?: number;
  log: Logger;
}

export interface InstallationLook {
  settings: readonly ShownSetting[];
  /** The checks of `ot doctor`. */
  examine(): Promise<Section[]>;
}

/** What tests put around the real parts: planted bugs, brokers that freeze. */
export interface Wrappers {
  store?(store: Store): Store;
  publisher?(publisher: Publisher): Publisher;
  source?(source: FeedSource): FeedSource;
  adapters?(adapters: readonly FeedAdapter[]): readonly FeedAdapter[];
}
