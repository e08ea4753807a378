import type { ShownSetting } from '../../config/shownSettings.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { SignedEnd } from '../../store/auditSeal.ts';
import type { JobRun } from '../../telemetry/jobBook.ts';
import type { Checks } from './checks.ts';

/** What this process runs with. No secret is in it. */
export interface Installation {
  settings: readonly ShownSetting[];
  versions: readonly { what: string; version: string }[];
  /** Of this process, e.g. `consume`. */
  roles: readonly string[];
  started: IsoInstant;
  jobs(): readonly JobRun[];
  /** Null where the chains are not signed. */
  signedEnds(): readonly SignedEnd[] | null;
  checks: Checks;
}
