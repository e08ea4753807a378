import type { PersonRef } from '../person/reference.ts';
import type { Priority } from '../rules/followUp.ts';
import type { RuleId } from '../rules/ruleId.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { Feed, ProtectionGrade, Tilmeldingskode, ViaOt, YesNoUnknown } from '../youth/statusEvent.ts';
import type { AlertKind, Deadline } from '../youth/youthEvent.ts';
import type { CategoryOut, SetByOut } from './outCodes.ts';

// What leaves, field by field; schemas/avro/out mirrors these shapes. Every field is always present, null
// where it does not apply. Dates `YYYY-MM-DD`, moments `YYYY-MM-DDTHH:mm:ss.sssZ`. No name, number, phone,
// address, school or reason for leaving has a place in any of them.

/** What every message carries. */
export interface OutHead {
  /** Same as the message's id: the same when it is published again. */
  eventId: string;
  /** Person reference. */
  ref: PersonRef;
  org: string;
  /** The youth's version after the events; rises strictly per youth. */
  version: number;
  recorded: IsoInstant;
}

/** `status`, OT scope: one registration as it is after the change. ANNULLERT: it no longer exists, and all
 *  that describes it is null. */
export interface StatusValue extends OutHead {
  /** STRENGT_FORTROLIG: for named, authorised advisers only (D01). */
  protection: ProtectionGrade;
  /** Null for a youth whose address is strictly confidential, like everything that reveals the place. */
  county: string | null;
  schoolYear: SchoolYear;
  state: 'GJELDENDE' | 'ANNULLERT';
  /** Null also for preventive work, which has no tilmelding. */
  tilmeldingskode: Tilmeldingskode | null;
  /** Effective date of the tilmelding. */
  registeredFrom: IsoDate | null;
  /** OT unit, five digits; null as `county`. */
  owner: string | null;
  code: string | null;
  /** Code list version; the group means nothing without it. */
  list: string | null;
  group: number | null;
  groupLabel: string | null;
  targetGroup: boolean | null;
  viaOt: ViaOt | null;
  /** Effective date of the status. */
  effective: IsoDate | null;
  setBy: SetByOut | null;
  rule: RuleId;
  /** The rule's sentence, bokmål. */
  reason: string;
}

/** `status-group`, outside the OT scope: the main group only, sent when group, membership or openness changes. */
export interface StatusGroupValue extends OutHead {
  /** Null, and `schoolYear` null: nothing about the youth is shared any more; forget what was (D01). */
  county: string | null;
  schoolYear: SchoolYear | null;
  /** False: no registration for this school year and county any more; the rest is null. */
  open: boolean;
  list: string | null;
  group: number | null;
  groupLabel: string | null;
  targetGroup: boolean | null;
  effective: IsoDate | null;
}

/** `alert`, OT scope. ENDRET: the same alert with other details, no reason to notify again. */
export interface AlertValue extends OutHead {
  /** STRENGT_FORTROLIG: for named, authorised advisers only (D01). */
  protection: ProtectionGrade;
  /** Null for a youth whose address is strictly confidential, like everything that reveals the place. */
  county: string | null;
  schoolYear: SchoolYear;
  /** Unique per youth and cause; the same in REIST, ENDRET and TRUKKET. */
  alertId: string;
  state: 'REIST' | 'ENDRET' | 'TRUKKET';
  kind: AlertKind;
  category: CategoryOut;
  /** OT unit that answers for the youth; null as `county`. */
  owner: string | null;
  /** Codes proposed to the adviser. */
  proposed: string[];
  /** What is proposed for viaOT with a code that has no other of its own (OTAP); else null. */
  viaOt: 'JA' | 'NEI' | null;
  /** A minor by the county's policy. */
  minor: YesNoUnknown;
  /** JA: guardians are to be informed of this (R45), and never of a minor who has turned to OT (R46, Y01). */
  guardians: YesNoUnknown;
  timeBand: 'A' | 'B' | 'C' | null;
  /** HOY: comes first (R49). */
  priority: Priority;
  /** Digests of what it rests on, as the history names them. */
  evidence: readonly string[];
  deadlines: Deadline[];
  effective: IsoDate;
  /** Where the cause came from. */
  feed: Feed;
  /** The right to training was lost by decision; OT's duty remains (F01). */
  lostRight: boolean;
  /** NAV office, in KJENT_HOS_NAV while both consents hold; else null. */
  office: string | null;
  /** County the youth lives in now, in OVERLEVERING; else null. */
  toCounty: string | null;
  rule: RuleId;
  reason: string;
}

export interface OtUngdomRegistration {
  schoolYear: SchoolYear;
  /** Null for a youth whose address is strictly confidential. */
  county: string | null;
  tilmeldingskode: Tilmeldingskode | null;
  registeredFrom: IsoDate;
  /** Null as `county`. */
  owner: string | null;
  code: string;
  list: string;
  group: number;
  groupLabel: string;
  targetGroup: boolean;
  viaOt: ViaOt;
  effective: IsoDate;
  setBy: SetByOut;
  rule: RuleId;
}

/** `ot-ungdom`, compacted: all current registrations of the youth; empty when all are annulled. */
export interface OtUngdomValue extends OutHead {
  /** STRENGT_FORTROLIG: for named, authorised advisers only (D01). */
  protection: ProtectionGrade;
  registrations: OtUngdomRegistration[];
}

/** What each out topic carries. */
export interface OutValues {
  status: StatusValue;
  alert: AlertValue;
  'alert-protected': AlertValue;
  'status-group': StatusGroupValue;
  'ot-ungdom': OtUngdomValue;
}
