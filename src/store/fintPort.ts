import type { FintStanding } from '../core/fint/standing.ts';
import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { SchoolYear } from '../core/time/schoolYear.ts';
import type { LoadedYouth } from './port.ts';

// FINT's view of an organisation's youths, kept next to the events and brought up to date from them. Nothing of it is written
// by the pipeline's commit. Two implementations, one contract suite (test/store/fintContract.ts).

/** A youth as FINT has it now. */
export interface FintEntry {
  ref: PersonRef;
  standing: FintStanding;
  /** Epoch milliseconds; rises with each change, and with each full sync. */
  modified: number;
}

/** What of an entry is not known to be on the topic. */
export interface UnsentEntry {
  ref: PersonRef;
  /** Null: it has left. */
  standing: FintStanding | null;
  modified: number;
}

export interface FintSummary {
  total: number;
  /** Of the newest change, departures too; 0 before the first. */
  lastModified: number;
}

/** The right to send on the topic. `epoch` rises with each claim. */
export interface FintTurn {
  org: OrgId;
  epoch: number;
  /** As in `Lane`: Kafka refuses a lower fence. */
  producerId: bigint;
  fence: number;
}

/** A full sync that is being sent. */
export interface FullSync {
  id: string;
  total: number;
}

export interface FintReading {
  /** By reference; of those changed at or after `since`. */
  fintPage(
    org: OrgId,
    page: { since: number; offset: number; size: number | null },
  ): Promise<{ entries: FintEntry[]; total: number }>;
  fintEntry(org: OrgId, ref: PersonRef): Promise<FintEntry | undefined>;
  fintSummary(org: OrgId): Promise<FintSummary>;
  /** Units that an entry names. */
  fintUnits(org: OrgId): Promise<string[]>;
}

export interface FintProjection {
  /**
   * Brings the view some steps up to date, in one transaction: the youths of committed events after the cursor; in a new
   * school year, and the first time, page by page all youths. Every caller may: one at a time does.
   * @returns false when nothing more was to do
   */
  projectFint(
    org: OrgId,
    round: {
      schoolYear: SchoolYear;
      /** Epoch milliseconds. */
      now: number;
      limit: number;
      standingOf(youth: LoadedYouth): FintStanding | null;
    },
  ): Promise<boolean>;
  /** Undefined while another process has it. Ends a full sync that another was sending: it begins again. */
  claimFint(org: OrgId, holder: string, leaseMs: number): Promise<FintTurn | undefined>;
  /** False when the turn is another's. */
  renewFint(turn: FintTurn, leaseMs: number): Promise<boolean>;
  /** Null when the turn is another's. */
  raiseFintFence(turn: FintTurn, by: number): Promise<number | null>;
  /** Oldest change first. */
  unsentFint(turn: FintTurn, limit: number): Promise<UnsentEntry[]>;
  /** Of those whose change is still the same. False when the turn is another's. */
  sentFint(turn: FintTurn, sent: readonly UnsentEntry[]): Promise<boolean>;
  /** Asks for a full sync; the turn's holder begins it. */
  wantFullFint(org: OrgId): Promise<void>;
  /**
   * Begins the full sync that was asked for, that is due, or that broke off: every entry counts as changed at `now`, so that
   * what a receiver has from before is older than all of it. Undefined when none is to be sent.
   * @param dueBefore epoch milliseconds: one is due when the last began before; null: only when asked for
   */
  beginFullFint(
    turn: FintTurn,
    begin: { id: string; now: number; dueBefore: number | null },
  ): Promise<FullSync | undefined>;
  /** Entries of the full sync that are not sent yet. */
  unsentFullFint(turn: FintTurn, limit: number): Promise<FintEntry[]>;
  /** @returns whether it goes on, is complete, or has broken off: one of its youths has left */
  sentFullFint(
    turn: FintTurn,
    sent: readonly FintEntry[],
  ): Promise<'goes-on' | 'complete' | 'broken' | 'lost'>;
}
