import { by } from '../order.ts';
import type { IsoDate } from '../time/date.ts';
import { B06_TEXTS, B06_VERSIONS, C12_VERSIONS } from './data/reasonCodes.ts';
import { type Consequence, END_OF_CONTRACT, LEAVING_SCHOOL, SENSITIVE } from './leaveConsequence.ts';
import { nearestAmong } from './nearest.ts';

// Reason codes for leaving school (B06) and for the end of an apprenticeship contract (C12). Two vocabularies
// that share letters with each other and with the OT codes (AP is not OTAP, IM is not an `_IM` code): a code is
// looked up as written, trimmed and upper-cased, and nothing is ever added to it or taken from it. A school's own
// system may send the official name instead («Feilvalg»): the whole name and no other, in any case and spacing.

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
  byName: ReadonlyMap<string, LeaveReason>;
  nearest(written: string): LeaveReason[];
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

/** B06 in the version in force on the date, by code or official name; `undefined` = neither of that version. */
export function schoolReason(written: string, on: IsoDate): LeaveReason | undefined {
  return reasonIn(SCHOOL, written, on);
}

/** C12 in the version in force on the date, by code or official name; `undefined` = neither of that version. */
export function apprenticeshipReason(written: string, on: IsoDate): LeaveReason | undefined {
  return reasonIn(APPRENTICESHIP, written, on);
}

/** Those one may choose between on the date, in the order of their codes. */
export function schoolReasonsOn(on: IsoDate): LeaveReason[] {
  return reasonsOn(SCHOOL, on);
}

export function apprenticeshipReasonsOn(on: IsoDate): LeaveReason[] {
  return reasonsOn(APPRENTICESHIP, on);
}

/** The same for one who has written another: `nearest` are those most like it. */
export interface ReasonChoice {
  all: LeaveReason[];
  nearest: LeaveReason[];
}

export function schoolReasonChoice(on: IsoDate, written: string): ReasonChoice {
  return choiceOf(SCHOOL, on, written);
}

export function apprenticeshipReasonChoice(on: IsoDate, written: string): ReasonChoice {
  return choiceOf(APPRENTICESHIP, on, written);
}

function reasonIn(versions: readonly Version[], written: string, on: IsoDate): LeaveReason | undefined {
  const version = versionOn(versions, on);
  return version?.reasons.get(written.trim().toUpperCase()) ?? version?.byName.get(nameKey(written));
}

function reasonsOn(versions: readonly Version[], on: IsoDate): LeaveReason[] {
  const reasons = [...(versionOn(versions, on)?.reasons.values() ?? [])];
  return reasons.sort(by(({ code }) => code));
}

function choiceOf(versions: readonly Version[], on: IsoDate, written: string): ReasonChoice {
  return { all: reasonsOn(versions, on), nearest: versionOn(versions, on)?.nearest(written) ?? [] };
}

/** Nothing older than the first version is published: it is used for the time before it too. */
function versionOn(versions: readonly Version[], on: IsoDate): Version | undefined {
  for (let place = versions.length - 1; place > 0; place -= 1)
    if (versions[place]!.from <= on) return versions[place];
  return versions[0];
}

function version(from: IsoDate, reasons: readonly LeaveReason[]): Version {
  return {
    from,
    reasons: new Map(reasons.map((reason) => [reason.code, reason])),
    byName: new Map(reasons.map((reason) => [nameKey(reason.text), reason])),
    nearest: nearestAmong(reasons),
  };
}

function nameKey(name: string): string {
  return name.normalize('NFC').toUpperCase().replaceAll(/\s/gu, '');
}
