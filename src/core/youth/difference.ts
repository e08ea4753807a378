import { disclosesNav } from '../consent/disclosesNav.ts';
import { follows } from '../derive/county/restructuring.ts';
import type { Derived } from '../derive/derive.ts';
import { navNeedsConsent } from '../rules/consent.ts';
import { placeComesFirst } from '../rules/intake.ts';
import { residenceDecides } from '../rules/residence.ts';
import type { RuleId } from '../rules/ruleId.ts';
import { firstStatus, listDecidesNothing } from '../rules/tilmelding.ts';
import { FACT_KINDS } from './factKinds.ts';
import type { FactBody } from './statusEvent.ts';
import { type Registration, sameKey, type Youth } from './youth.ts';
import type { Alert, Deadline, OtStatus, RegistrationKey, YouthEvent } from './youthEvent.ts';

/** Adds the events that turn the youth into what was derived. `kind` is the cause at hand. */
export function addDifference(
  events: YouthEvent[],
  youth: Youth,
  derived: Derived,
  kind: FactBody['kind'],
): void {
  for (const known of youth.registrations) {
    if (find(derived.registrations, known) !== undefined) continue;
    const { schoolYear, county } = known;
    const heir = followedBy(known, derived.registrations);
    const rule = heir === undefined ? annulledBy(kind, known) : residenceDecides.id;
    events.push({ type: 'TilmeldingAnnulled', schoolYear, county, rule });
  }
  for (const now of derived.registrations) tellRegistration(events, youth.registrations, now);
  tellAlerts(events, youth.alerts, derived.alerts, kind);
  if (youth.due !== derived.due) events.push({ type: 'DueMoved', due: derived.due });
}

function tellRegistration(events: YouthEvent[], known: readonly Registration[], now: Registration): void {
  const before = find(known, now);
  const { schoolYear, county, tilmeldingskode, effective, owner, status } = now;
  if (before === undefined) {
    const rule = isHeir(now, known) ? residenceDecides.id : ruleOf(now);
    events.push({
      type: 'TilmeldingOpened',
      schoolYear,
      county,
      tilmeldingskode,
      effective,
      owner,
      rule,
    });
    events.push({ type: 'StatusSet', schoolYear, county, status, tilmeldingskode, owner });
    return;
  }
  if (
    before.tilmeldingskode !== tilmeldingskode ||
    before.effective !== effective ||
    before.owner !== owner
  ) {
    const rule = ruleOf(now);
    events.push({
      type: 'TilmeldingChanged',
      schoolYear,
      county,
      tilmeldingskode,
      effective,
      owner,
      rule,
    });
  }
  if (!sameStatus(before.status, status)) {
    const { list, group, targetGroup } = before.status;
    events.push({
      type: 'StatusSet',
      schoolYear,
      county,
      status,
      tilmeldingskode,
      owner,
      before: { list, group, targetGroup },
    });
  }
}

function ruleOf({ tilmeldingskode, status }: Registration): RuleId {
  return firstStatus.applies({ tilmeldingskode }) ? firstStatus.id : status.rule;
}

function tellAlerts(
  events: YouthEvent[],
  before: readonly Alert[],
  now: readonly Alert[],
  kind: FactBody['kind'],
): void {
  for (const alert of before) {
    if (alertIn(now, alert.id) !== undefined) continue;
    events.push({
      type: 'AlertWithdrawn',
      alert: { ...alert, office: null },
      rule: withdrawnBy(kind, alert),
    });
  }
  for (const alert of now) {
    const open = alertIn(before, alert.id);
    if (open === undefined) events.push({ type: 'AlertRaised', alert });
    else if (!sameAlert(open, alert)) events.push({ type: 'AlertChanged', alert });
  }
}

function find(registrations: readonly Registration[], key: RegistrationKey): Registration | undefined {
  for (const known of registrations) if (sameKey(known, key)) return known;
  return undefined;
}

function alertIn(alerts: readonly Alert[], id: Alert['id']): Alert | undefined {
  for (const alert of alerts) if (alert.id === id) return alert;
  return undefined;
}

/** The registration that replaces this one under the county's new number (O07). */
function followedBy(known: Registration, now: readonly Registration[]): Registration | undefined {
  return now.find((other) => other.schoolYear === known.schoolYear && follows(known.county, other.county));
}

function isHeir(now: Registration, known: readonly Registration[]): boolean {
  return known.some((other) => other.schoolYear === now.schoolYear && follows(other.county, now.county));
}

function sameStatus(one: OtStatus, other: OtStatus): boolean {
  return (
    one.code === other.code &&
    one.list === other.list &&
    one.viaOt === other.viaOt &&
    one.effective === other.effective &&
    one.setBy === other.setBy &&
    one.rule === other.rule
  );
}

/** The rest of an alert is in its id. The county is not: when counties are split the alert follows (O07). */
function sameAlert(one: Alert, other: Alert): boolean {
  return (
    one.effective === other.effective &&
    one.owner === other.owner &&
    one.minor === other.minor &&
    one.timeBand === other.timeBand &&
    one.rule === other.rule &&
    one.category === other.category &&
    one.feed === other.feed &&
    one.lostRight === other.lostRight &&
    one.office === other.office &&
    one.viaOt === other.viaOt &&
    one.toCounty === other.toCounty &&
    one.county === other.county &&
    sameTexts(one.evidence, other.evidence) &&
    sameTexts(one.proposed, other.proposed) &&
    sameDeadlines(one.deadlines, other.deadlines)
  );
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false;
  return true;
}

function sameDeadlines(one: readonly Deadline[], other: readonly Deadline[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) {
    const mine = one[i]!;
    const theirs = other[i]!;
    if (mine.what !== theirs.what || mine.date !== theirs.date || mine.rule !== theirs.rule) return false;
  }
  return true;
}

/** A registration goes because its source took it back, because it was a move, because the youth has a place, or because
 *  the person has it under another number. */
function annulledBy(kind: FactBody['kind'], { tilmeldingskode }: Registration): RuleId {
  if (kind === 'Started' && tilmeldingskode !== 'AVBRUTT') return placeComesFirst.id;
  return kind === 'Due' ? listDecidesNothing.id : FACT_KINDS[kind].annuls;
}

function withdrawnBy(kind: FactBody['kind'], alert: Alert): RuleId {
  if (alert.kind === 'KJENT_HOS_NAV' && kind !== 'NavMatch') return navNeedsConsent.id;
  if (disclosesNav(alert) && kind === 'Consent') return navNeedsConsent.id;
  return kind === 'Due' ? alert.rule : (FACT_KINDS[kind].withdraws ?? alert.rule);
}
