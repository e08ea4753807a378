import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { Registration } from '../../core/youth/youth.ts';
import { ALERT_KINDS, type Alert, type Deadline, type OtStatus } from '../../core/youth/youthEvent.ts';
import { numbered } from './numbered.ts';

// Stored form of registrations, statuses and alerts: rows of values. Append, never reorder: they are read by
// position.

const KIND = numbered(ALERT_KINDS);
const FEED = numbered(FEEDS);

type PackedStatus = [
  code: OtStatus['code'],
  list: OtStatus['list'],
  group: OtStatus['group'],
  targetGroup: OtStatus['targetGroup'],
  viaOt: OtStatus['viaOt'],
  effective: OtStatus['effective'],
  setBy: OtStatus['setBy'],
  rule: OtStatus['rule'],
];

export function packStatus(status: OtStatus): PackedStatus {
  const { code, list, group, targetGroup, viaOt, effective, setBy, rule } = status;
  return [code, list, group, targetGroup, viaOt, effective, setBy, rule];
}

export function unpackStatus(packed: PackedStatus): OtStatus {
  const [code, list, group, targetGroup, viaOt, effective, setBy, rule] = packed;
  return { code, list, group, targetGroup, viaOt, effective, setBy, rule };
}

export type PackedRegistration = [
  schoolYear: Registration['schoolYear'],
  county: Registration['county'],
  tilmeldingskode: Registration['tilmeldingskode'],
  effective: Registration['effective'],
  owner: Registration['owner'],
  status: PackedStatus,
];

export function packRegistration(registration: Registration): PackedRegistration {
  const { schoolYear, county, tilmeldingskode, effective, owner, status } = registration;
  return [schoolYear, county, tilmeldingskode, effective, owner, packStatus(status)];
}

export function unpackRegistration(packed: PackedRegistration): Registration {
  const [schoolYear, county, tilmeldingskode, effective, owner, status] = packed;
  return { schoolYear, county, tilmeldingskode, effective, owner, status: unpackStatus(status) };
}

type PackedDeadline = [what: Deadline['what'], date: Deadline['date'], rule: Deadline['rule']];

export type PackedAlert = [
  id: Alert['id'],
  kind: number,
  category: Alert['category'],
  rule: Alert['rule'],
  schoolYear: Alert['schoolYear'],
  county: Alert['county'],
  owner: Alert['owner'],
  proposed: Alert['proposed'],
  minor: Alert['minor'],
  timeBand: Alert['timeBand'],
  deadlines: PackedDeadline[],
  effective: Alert['effective'],
  feed: number,
  lostRight: Alert['lostRight'],
  office: Alert['office'],
  evidence: Alert['evidence'],
  toCounty: Alert['toCounty'],
  viaOt?: Alert['viaOt'],
];

export function packAlert(alert: Alert): PackedAlert {
  return [
    alert.id,
    KIND.numberOf(alert.kind),
    alert.category,
    alert.rule,
    alert.schoolYear,
    alert.county,
    alert.owner,
    alert.proposed,
    alert.minor,
    alert.timeBand,
    alert.deadlines.map(({ what, date, rule }) => [what, date, rule]),
    alert.effective,
    FEED.numberOf(alert.feed),
    alert.lostRight,
    alert.office,
    alert.evidence,
    alert.toCounty,
    // Of most alerts there is none, and then it takes no room.
    ...(alert.viaOt === null ? ([] as const) : ([alert.viaOt] as const)),
  ];
}

export function unpackAlert(packed: PackedAlert): Alert {
  return {
    id: packed[0],
    kind: KIND.at(packed[1]),
    category: packed[2],
    rule: packed[3],
    schoolYear: packed[4],
    county: packed[5],
    owner: packed[6],
    proposed: packed[7],
    minor: packed[8],
    timeBand: packed[9],
    deadlines: packed[10].map(([what, date, rule]) => ({ what, date, rule })),
    effective: packed[11],
    feed: FEED.at(packed[12]),
    lostRight: packed[13],
    office: packed[14],
    evidence: packed[15],
    // Absent in rows stored before offers existed.
    toCounty: packed[16] ?? null,
    viaOt: packed[17] ?? null,
  };
}
