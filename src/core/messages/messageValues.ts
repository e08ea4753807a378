import { groupLabel } from '../codelists/otStatus.ts';
import { placeIn, type Share } from '../protection/share.ts';
import { priorityOf } from '../rules/followUp.ts';
import { informsGuardians } from '../rules/list.ts';
import type { RuleId } from '../rules/ruleId.ts';
import { reasonOf } from '../rules/rules.ts';
import type { Registration, Youth } from '../youth/youth.ts';
import type { Alert, RegistrationKey } from '../youth/youthEvent.ts';
import { alertIdOf } from './alertId.ts';
import { CATEGORY_OUT, SET_BY_OUT } from './outCodes.ts';
import type {
  AlertValue,
  OtUngdomRegistration,
  OtUngdomValue,
  OutHead,
  StatusGroupValue,
  StatusValue,
} from './outValues.ts';

// How thin each message is. A field that is not named here does not leave. All are written out: an object that is a copy of
// the head with more fields takes three times the room.

/** A registration as it is after a change by `rule`; undefined = annulled. */
export function statusValue(
  head: OutHead,
  { schoolYear, county }: RegistrationKey,
  rule: RuleId,
  now: Registration | undefined,
  share: Share,
): StatusValue {
  const { eventId, ref, org, version, recorded } = head;
  const status = now?.status;
  return {
    eventId,
    ref,
    org,
    version,
    recorded,
    protection: share.grade,
    county: placeIn(share, county),
    schoolYear,
    state: now === undefined ? 'ANNULLERT' : 'GJELDENDE',
    tilmeldingskode: now?.tilmeldingskode ?? null,
    registeredFrom: now?.effective ?? null,
    owner: placeIn(share, now?.owner ?? null),
    code: status?.code ?? null,
    list: status?.list ?? null,
    group: status?.group ?? null,
    groupLabel: status === undefined ? null : groupLabel(status.list, status.group),
    targetGroup: status?.targetGroup ?? null,
    viaOt: status?.viaOt ?? null,
    effective: status?.effective ?? null,
    setBy: status === undefined ? null : SET_BY_OUT[status.setBy],
    // The rule that made the change, not that of an earlier status.
    rule,
    reason: reasonOf(rule),
  };
}

/** Main group and nothing else: codes, dates of birth, reasons and alerts stay with OT (art. 9 and 10 data). */
export function groupValue(
  head: OutHead,
  { schoolYear, county }: RegistrationKey,
  now: Registration | undefined,
): StatusGroupValue {
  if (now === undefined) return closedGroup(head, county, schoolYear);
  const { eventId, ref, org, version, recorded } = head;
  const { list, group, targetGroup, effective } = now.status;
  return {
    eventId,
    ref,
    org,
    version,
    recorded,
    county,
    schoolYear,
    open: true,
    list,
    group,
    groupLabel: groupLabel(list, group),
    targetGroup,
    effective,
  };
}

/** Nothing about this youth is shared outside OT any more: receivers delete what they have. */
export function forgetValue(head: OutHead): StatusGroupValue {
  return closedGroup(head, null, null);
}

function closedGroup(
  { eventId, ref, org, version, recorded }: OutHead,
  county: StatusGroupValue['county'],
  schoolYear: StatusGroupValue['schoolYear'],
): StatusGroupValue {
  return {
    eventId,
    ref,
    org,
    version,
    recorded,
    county,
    schoolYear,
    open: false,
    list: null,
    group: null,
    groupLabel: null,
    targetGroup: null,
    effective: null,
  };
}

function registrationValue(registration: Registration, share: Share): OtUngdomRegistration {
  const { schoolYear, tilmeldingskode, status, effective: registeredFrom } = registration;
  const { code, list, group, targetGroup, viaOt, effective, setBy, rule } = status;
  return {
    schoolYear,
    county: placeIn(share, registration.county),
    tilmeldingskode,
    registeredFrom,
    owner: placeIn(share, registration.owner),
    code,
    list,
    group,
    groupLabel: groupLabel(list, group),
    targetGroup,
    viaOt,
    effective,
    setBy: SET_BY_OUT[setBy],
    rule,
  };
}

export interface ToldAlert {
  state: AlertValue['state'];
  alert: Alert;
  /** What made it so: for a withdrawal, why it was withdrawn. */
  rule: RuleId;
}

export function alertValue(head: OutHead, { state, alert, rule }: ToldAlert, share: Share): AlertValue {
  const { kind, category, schoolYear, proposed, viaOt, minor, timeBand, deadlines, effective } = alert;
  const { feed, lostRight } = alert;
  const { eventId, ref, org, version, recorded } = head;
  return {
    eventId,
    ref,
    org,
    version,
    recorded,
    protection: share.grade,
    county: placeIn(share, alert.county),
    schoolYear,
    alertId: alertIdOf(alert, ref),
    state,
    kind,
    category: CATEGORY_OUT[category],
    owner: placeIn(share, alert.owner),
    proposed,
    viaOt,
    minor,
    guardians: informsGuardians(alert),
    timeBand,
    priority: priorityOf(alert),
    evidence: alert.evidence,
    deadlines,
    effective,
    feed,
    lostRight,
    office: placeIn(share, alert.office),
    toCounty: placeIn(share, alert.toCounty),
    rule,
    reason: reasonOf(rule),
  };
}

export function ungdomValue(
  { eventId, ref, org, version, recorded }: OutHead,
  youth: Youth,
  share: Share,
): OtUngdomValue {
  const registrations = youth.registrations.map((known) => registrationValue(known, share));
  return { eventId, ref, org, version, recorded, protection: share.grade, registrations };
}
