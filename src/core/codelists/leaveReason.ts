import type { IsoDate } from '../date.ts';
import { B06_TEXTS, B06_VERSIONS, C12_VERSIONS } from './data/reasonCodes.ts';
import { type Consequence, END_OF_CONTRACT, LEAVING_SCHOOL, SENSITIVE } from './leaveConsequence.ts';

// Reason codes for leaving school (B06) and for the end of an apprenticeship contract (C12). Two vocabularies
// that share letters with each other and with the OT codes (AP is not OTAP, IM is not an `_IM` code): a code is
// looked up as it stands, trimmed and upper-cased, and nothing is ever added to it or taken from it.

export type { Consequence };

export interface LeaveReason {
  code: string;
  /** Code list version, e.g. `B06-2023-05`. */
  list: string;
  /** Bokmål. */
  text: string;
  consequence: Consequence;
  /** Health data or the like: never passed on. */
  sensitive: boolean;
}

interface Version {
  from: IsoDate;
  reasons: ReadonlyMap<string, LeaveReason>;
}

const SCHOOL_TEXTS: ReadonlyMap<string, string> = new Map(B06_TEXTS.map(({ code, text }) => [code, text]));
const SCHOOL: readonly Version[] = B06_VERSIONS.map(({ list, from, codes }) =>
  version(
    from,
    codes.map((code) => ({
      code,
      list,
      text: SCHOOL_TEXTS.get(code) ?? code,
      consequence: LEAVING_SCHOOL[code],
      sensitive: SENSITIVE.has(code),
    })),
  ),
);
const APPRENTICESHIP: readonly Version[] = C12_VERSIONS.map(({ list, from, codes }) =>
  version(
    from,
    codes.map(({ code, text }) => ({
      code,
      list,
      text,
      consequence: END_OF_CONTRACT[code],
      sensitive: SENSITIVE.has(code),
    })),
  ),
);

/** B06 in the version in force on the date; `undefined` = not a code of that version. */
export function schoolReason(code: string, on: IsoDate): LeaveReason | undefined {
  return reasonIn(SCHOOL, code, on);
}

/** C12 in the version in force on the date; `undefined` = not a code of that version. */
export function apprenticeshipReason(code: string, on: IsoDate): LeaveReason | undefined {
  return reasonIn(APPRENTICESHIP, code, on);
}

function reasonIn(versions: readonly Version[], code: string, on: IsoDate): LeaveReason | undefined {
  // Nothing older than the first version is published: it stands for the time before it too.
  const inForce = versions.findLast((entry) => entry.from <= on) ?? versions[0];
  return inForce?.reasons.get(code.trim().toUpperCase());
}

function version(from: IsoDate, reasons: readonly LeaveReason[]): Version {
  return { from, reasons: new Map(reasons.map((reason) => [reason.code, reason])) };
}
