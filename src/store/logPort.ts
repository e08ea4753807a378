import type { LogControl } from '../core/audit/logControl.ts';
import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { SeenEntry } from './auditPort.ts';

// What is looked at when the audit trail is controlled. Announcements of acts are no part of it.

/** From a moment up to another. */
export interface LogSpan {
  from: IsoInstant;
  until: IsoInstant;
}

/** What one caller has done in one capacity. */
export interface LogUse {
  kind: SeenEntry['kind'];
  who: string;
  capacity: string | null;
  lines: number;
  /** References shown or acted upon, the same one as often as it was. */
  shown: number;
  /** Of them, given with number and name. */
  identified: number;
  /** Lines of a person outside office hours that are about a youth. */
  outside: number;
  refused: number;
  last: IsoInstant;
}

export interface LogUses {
  /** Those who were shown most first. */
  uses: LogUse[];
  /** Of all, also those who are not in `uses`. */
  callers: number;
  lines: number;
  shown: number;
  identified: number;
  outside: number;
  refused: number;
  /** Number of the last line; 0: there is none. */
  upto: number;
}

/** What the lines are about; `all`: every one. */
export const LOG_PARTS = ['all', 'outside', 'identified', 'refused'] as const;
export type LogPart = (typeof LOG_PARTS)[number];

/** Line of the trail, with how many youths it is about and not which. */
export type LogLine = SeenEntry & { subjects: number };

export interface LogOperations {
  /** @param most callers that are listed */
  logUses(org: OrgId, span: LogSpan, most: number): Promise<LogUses>;
  /** Newest first; only lines with a lower number than `before`. */
  logLines(
    org: OrgId,
    asked: LogSpan & { part: LogPart; before: number | null; limit: number },
  ): Promise<LogLine[]>;
  /** When the first line was written; null: there is none. */
  firstLogged(org: OrgId): Promise<IsoInstant | null>;
  /** The newest first. */
  logControls(org: OrgId, limit: number): Promise<LogControl[]>;
  /** False when the week is signed already. */
  signLogControl(org: OrgId, control: LogControl): Promise<boolean>;
}
