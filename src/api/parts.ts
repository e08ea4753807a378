import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ConsentTokens } from '../access/machine/consentTokens.ts';
import type { People } from '../access/people/people.ts';
import type { Permission } from '../core/access/permission.ts';
import type { CountPersons } from '../desk/identity/personCap.ts';
import type { Installation } from '../desk/operation/installation.ts';
import type { DeskParts } from '../desk/parts.ts';
import type { BulkReading } from '../store/bulkPort.ts';
import type { FintProjection, FintReading } from '../store/fintPort.ts';
import type { NavRecords } from '../store/navPort.ts';
import type { SheetReading } from '../store/sheetsPort.ts';
import type { UploadRecords } from '../store/uploadPort.ts';
import type { VigoRecords } from '../store/vigoPort.ts';
import type { ReadSheetFile } from '../upload/sheetReader.ts';
import type { AccessControl } from './access.ts';
import type { RateLimits } from './limits/rateLimit.ts';
import type { OwnOrigins } from './originGuard.ts';

/** Names of the unhealthy components; empty when all is well. */
export interface HealthProbe {
  /** Components that no longer make progress: a restart is the cure. */
  stuck(): readonly string[];
  /** Components that cannot work just now: no traffic. */
  notReady(): Promise<readonly string[]>;
}

/** The schema registry's read endpoint as the API sees it: path below `/schema-registry` in, Confluent's JSON out.
 *  Errors are Confluent's own bodies, because its clients read them. */
export type SchemaRegistryPort = (path: string) => { status: number; body: unknown };

/** Who may reach what, and how much. */
export interface Fences {
  own: OwnOrigins;
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  rates: RateLimits;
  /** `/internal/*` has a port of its own. */
  internalPort: boolean;
}

/** Login of people. */
export interface LoginPort {
  /** Undefined where no one can log in, and until the server listens: a local issuer has its address. */
  people(): People | undefined;
  /** An issuer of this very process, to try with: below `/lokal-innlogging`. */
  local?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Everything the API needs; it opens nothing itself. */
export interface ApiParts extends DeskParts {
  access: AccessControl;
  /** Consents of Altinn as evidence; null without an issuer of tokens. */
  consentTokens: ConsentTokens | null;
  /** What reads for a caller with the permission: the database lets nothing else through. `deskFor` asks it. */
  readAs(permission: Permission): Pick<DeskParts, 'queries' | 'operations'>;
  /** FINT's view: brought up to date by each request, and read within the permission. */
  fint: {
    projection: Pick<FintProjection, 'projectFint' | 'wantFullFint'>;
    readAs(permission: Permission): FintReading;
  };
  /** What was reported to VIGO, read within the permission. */
  vigoAs(permission: Permission): VigoRecords;
  /** Agreements and lists of the exchange with NAV, read within the permission. */
  navAs(permission: Permission): NavRecords;
  /** Jobs on many youths, read within the permission. */
  bulkAs(permission: Permission): BulkReading;
  /** Reports as they were last counted, read within the permission. */
  sheetsAs(permission: Permission): SheetReading;
  /** What is remembered of uploaded lists, read within the permission. */
  uploadsAs(permission: Permission): UploadRecords;
  /** Reads a list out of a spreadsheet, in a thread of its own. */
  readSheet: ReadSheetFile;
  login: LoginPort;
  /** What this process runs with, and what its checks find. */
  installation: Installation;
  health: HealthProbe;
  /** Prometheus text. */
  metrics(): Promise<string>;
  registry: SchemaRegistryPort;
  fences: Fences;
  /** Aborted when the program stops: answers that last end. */
  stopping: AbortSignal;
  countPersons: CountPersons;
  /** An unexpected error: `id` is the one in the answer. */
  logProblem(problem: { id: string; error: unknown }): void;
}
