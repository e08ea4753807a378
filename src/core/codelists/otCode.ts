import type { IsoDate } from '../time/date.ts';
import type { ViaOt } from '../youth/statusEvent.ts';

// The shape of an OT code list. A list is data: the published ones are in data/otLists.ts, and a further one needs
// nothing but its rows.

export interface OtCode {
  /** Its code list, e.g. `OT-2016-07`. */
  list: string;
  /** Number in the published list, e.g. `3.4`. */
  number: string;
  code: string;
  /** Bokmål, as first published. */
  text: string;
  group: number;
  targetGroup: boolean | null;
  /** The adviser is asked whether OT arranged it; «no» is the `_IM` code. */
  viaOtQuestion: boolean;
  /** Still understood, no longer to be chosen. */
  passive: boolean;
  /** Later wordings of the same code, ascending by date. */
  revisions: readonly { from: IsoDate; text: string }[];
}

/** A spelling that has been seen for a code. `code` null: more than one may be meant, and a person has to say which. */
export interface OtAlias {
  /** As the parser spells it: trimmed, upper-case. */
  text: string;
  code: string | null;
  viaOt: ViaOt | null;
}

/** What a code of an older list became. */
export interface Succession {
  from: string;
  to: string;
  /** The reference's word: exact, renamed, ambiguous, merged, split, narrowed, group moved. */
  type: string;
  alternatives: readonly string[];
  /** Bokmål: what a person has to know to choose; null when there is nothing to choose. */
  decides: string | null;
}

export interface OtList {
  id: string;
  /** First day; null = since before the documents. */
  from: IsoDate | null;
  /** Last day, as published (not half-open); null = still valid. */
  to: IsoDate | null;
  source: string;
  /** False: its content is lost, and a code of either neighbour is accepted with a flag. */
  known: boolean;
  revisions: readonly { from: IsoDate; source: string }[];
  codes: readonly OtCode[];
  groups: readonly { group: number; text: string }[];
  aliases: readonly OtAlias[];
  /** From the last older list whose content is known; one row for each of its codes. Empty for the first. */
  successions: readonly Succession[];
}

export type StatusLookup =
  | {
      ok: true;
      code: string;
      list: string;
      group: number;
      targetGroup: boolean;
      /** Null = the text says nothing about it. */
      viaOt: ViaOt | null;
      /** The list of that time is lost; the code was accepted because a neighbouring list has it. */
      flagged: boolean;
      /** Readable in history, refused when something new is registered. */
      passive: boolean;
      /** The older list whose code was written, where it was translated (Q12). */
      translatedFrom: { list: string; code: string } | null;
    }
  | { ok: false; reason: 'UNKNOWN_CODE' | 'AMBIGUOUS_CODE' };
