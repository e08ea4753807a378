import { comingOfAge } from '../age/majority.ts';
import type { CountyNumber } from '../organisation.ts';
import type { Policy } from '../policy.ts';
import { guardiansAreInformed } from '../rules/followUp.ts';
import type { RuleId } from '../rules/ruleId.ts';
import { added } from '../shortList.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import { startOfOsloDay } from '../time/oslo.ts';
import type { YesNoUnknown } from '../youth/statusEvent.ts';
import { evidenceKey } from '../youth/youth.ts';
import type {
  Alert,
  AlertCategory,
  AlertKind,
  Deadline,
  Fact,
  RegistrationKey,
} from '../youth/youthEvent.ts';
import { causeIdOf } from './causeId.ts';
import { ownerOf } from './county/owner.ts';
import type { Ledger } from './facts/ledger.ts';

/** One derivation: what it knows, and what it has found so far. */
export interface Findings {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly asOf: IsoInstant;
  /** `asOf` in Oslo. */
  readonly today: IsoDate;
  /** Each id once. */
  alerts: readonly Alert[];
  due: IsoInstant | null;
}

/** An alert before it has an id and an owner. */
export interface AlertCause extends RegistrationKey {
  kind: AlertKind;
  category: AlertCategory;
  rule: RuleId;
  /** Its date, feed and time of receipt are the alert's. */
  fact: Fact;
  /** Other facts it rests on. */
  evidence?: readonly Fact[];
  /** What distinguishes it from other alerts of its kind, school year and county. Nothing personal. */
  about?: string;
  effective?: IsoDate;
  proposed?: string[];
  viaOt?: Alert['viaOt'];
  timeBand?: Alert['timeBand'];
  deadlines?: Deadline[];
  lostRight?: boolean;
  office?: string | null;
  toCounty?: CountyNumber;
}

export function raise(findings: Findings, cause: AlertCause): void {
  const { kind, category, rule, fact, schoolYear, county, about = '', proposed = [] } = cause;
  const alert: Alert = {
    id: causeIdOf(kind, schoolYear, county, about),
    kind,
    category,
    rule,
    schoolYear,
    county,
    owner: ownerOf(findings.ledger, findings.policy, county),
    proposed,
    viaOt: cause.viaOt ?? null,
    minor: minorOn(findings.ledger.born, findings.today, findings.policy),
    timeBand: cause.timeBand ?? null,
    deadlines: cause.deadlines ?? [],
    effective: cause.effective ?? fact.effective,
    feed: fact.feed,
    lostRight: cause.lostRight ?? false,
    office: cause.office ?? null,
    toCounty: cause.toCounty ?? null,
    evidence: evidenceOf(fact, cause.evidence),
  };
  // Two facts may give one alert: the later one gives its details.
  const { alerts } = findings;
  for (let place = 0; place < alerts.length; place += 1) {
    if (alerts[place]?.id !== alert.id) continue;
    if (shows(alert) > shows(alerts[place])) findings.alerts = alerts.with(place, alert);
    return;
  }
  findings.alerts = added(alerts, alert);
}

function evidenceOf(fact: Fact, others: readonly Fact[] = []): string[] {
  if (others.length === 0) return [evidenceKey(fact)];
  return [...new Set([fact, ...others].map(evidenceKey))].sort();
}

function shows(alert: Alert | undefined): string {
  return alert === undefined ? '' : `${alert.effective}${JSON.stringify(alert)}`;
}

/** Has the moment come? */
export function isDue({ asOf }: Findings, moment: IsoInstant): boolean {
  return asOf >= moment;
}

/** The youth is judged again at the moment, whatever is found now; one that has come is left out. */
export function wakeAt(findings: Findings, moment: IsoInstant): void {
  if (isDue(findings, moment)) return;
  if (findings.due === null || moment < findings.due) findings.due = moment;
}

/** Has the moment come? If not, the youth is judged again when it does. */
export function dueOrWake(findings: Findings, moment: IsoInstant): boolean {
  wakeAt(findings, moment);
  return isDue(findings, moment);
}

/** `wakeAt` the beginning of the day in Oslo. */
export function wakeOn(findings: Findings, date: IsoDate): void {
  if (findings.today < date) wakeAt(findings, startOfOsloDay(date));
}

/** Has the day begun in Oslo? If not, the youth is judged again when it does. */
export function dueOrWakeOn(findings: Findings, date: IsoDate): boolean {
  return findings.today >= date || dueOrWake(findings, startOfOsloDay(date));
}

export function minorOn(
  born: IsoDate | null,
  date: IsoDate,
  { majority }: Pick<Policy, 'majority'>,
): YesNoUnknown {
  const age = comingOfAge(born, majority);
  if (age === null) return 'UKJENT';
  return guardiansAreInformed.applies({ today: date, until: age.guardianEnds })
    ? guardiansAreInformed.leadsTo.minor
    : 'NEI';
}
