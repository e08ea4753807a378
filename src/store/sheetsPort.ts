import type { OrgId } from '../core/organisation.ts';
import type { SheetName } from '../core/report/sheetName.ts';
import type { Step } from '../core/report/sheets/series.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';

// Reports as they were last counted. Two implementations, one contract suite (test/store/sheetsContract.ts).

/** Which report it is. Two that have the same key are the same report. */
export interface SheetKey {
  org: OrgId;
  report: SheetName;
  on: IsoDate;
  step: Step;
  /** Of figures of several counties: all organisations in them, sorted. Of all others: none. */
  counted: readonly OrgId[];
  /** Null: of the whole county. */
  within: SheetWithin | null;
}

/** Of the youths that these units follow, and of those in hiding that the latter follow. Both sorted. */
export interface SheetWithin {
  units: readonly string[];
  hiddenUnits: readonly string[];
}

/** A report that has been counted. */
export interface BuiltSheet {
  /** As a page shows it: of lists the first rows. */
  head: string;
  /** With all rows; null where the head has them. */
  whole: string | null;
  /** What it was counted by. */
  rules: string;
  /** Lane → offset of the first record that may not be in it. */
  position: ReadonlyMap<number, bigint>;
  /** When the counting began, by the organisation's clock. */
  asOf: IsoInstant;
  /** When it was done, in real time, as all moments below. */
  built: IsoInstant;
}

export interface KeptSheet {
  /** Null until it has been counted once. */
  built: Omit<BuiltSheet, 'whole'> | null;
  /** When it was last looked at. */
  seen: IsoInstant | null;
  /** Since when it waits to be counted, or to be counted again. */
  asked: IsoInstant | null;
  /** A process counts it. */
  underWay: boolean;
  /** So many records it has read. */
  records: number;
  /** The last try came to nothing, and it has not been asked for since. */
  failed: IsoInstant | null;
}

export interface SheetLease {
  /** Id of the process. */
  by: string;
  now: IsoInstant;
  until: IsoInstant;
}

/** Reports that `by` counts together. */
export interface HeldSheets {
  ids: readonly string[];
  by: string;
}

export interface LeasedSheet {
  id: string;
  key: SheetKey;
}

/** Records of a lane that are looked through for a change of protection: some hundredths of a second. */
export const MOST_LOOKED_THROUGH = 20_000;

export interface SheetReading {
  keptSheet(key: SheetKey): Promise<KeptSheet | undefined>;
  /** With all rows of its lists; undefined until it has been counted. */
  wholeSheet(
    key: SheetKey,
  ): Promise<(Pick<BuiltSheet, 'asOf' | 'rules' | 'position'> & { content: string }) | undefined>;
}

export interface SheetRecords extends SheetReading {
  /** Has it counted, or counted again; when it waits already, nothing more comes of it. @param most reports of the
   *  organisation that may wait. @returns false when so many wait already */
  askSheet(key: SheetKey, at: IsoInstant, most: number): Promise<boolean>;
  /** It has been looked at. */
  sheetSeen(key: SheetKey, at: IsoInstant): Promise<void>;
  /** Takes the one that has waited longest and that no process counts, and with it the others that wait and are counted from
   *  the same: the organisation's own events, of the same youths, on the same day. Figures of several counties are taken
   *  alone: no report waits until the other counties have been read. @returns none when none waits */
  leaseSheets(organisations: readonly OrgId[], lease: SheetLease): Promise<LeasedSheet[]>;
  /** So far they have come, and they go on. @returns false when all are another's by now */
  sheetsRead(held: HeldSheets, so: { records: number; until: IsoInstant }): Promise<boolean>;
  /** In place of the one before. @returns false when it is another's by now: nothing is kept then */
  keepSheet(held: { id: string; by: string }, sheet: BuiltSheet): Promise<boolean>;
  /** They were not counted. @param failed null: they wait as before */
  returnSheets(held: HeldSheets, failed: IsoInstant | null): Promise<void>;
  /** Whether the protection of an address has changed in a record of these organisations that is not in `position`; true also
   *  when there are so many records that it is quicker to count again than to look. */
  protectionChanged(organisations: readonly OrgId[], position: BuiltSheet['position']): Promise<boolean>;
  /** Removes those that do not wait and that were last looked at, or never and built or tried, before a moment. @returns how
   *  many */
  dropSheets(org: OrgId, before: { seen: IsoInstant; neverSeen: IsoInstant }): Promise<number>;
}
