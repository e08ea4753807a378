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
import type { Alert, OtStatus, RegistrationKey, YouthEvent } from './youthEvent.ts';

/** Events that turn the youth into what was derived. `kind` is the cause at hand. */
export function difference(youth: Youth, derived: Derived, kind: FactBody['kind']): YouthEvent[] {
  const events: YouthEvent[] = [];
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
  return events;
}

function tellRegistration(events: YouthEvent[], known: readonly Registration[], now: Registration): void {
  const before = find(known, now);
  const { schoolYear, county, tilmeldingskode, effective, owner, status } = now;
  const told = { schoolYear, county, tilmeldingskode, effective, owner };
  const rule = firstStatus.applies({ tilmeldingskode }) ? firstStatus.id : status.rule;
  if (before === undefined) {
    const opened = isHeir(now, known) ? residenceDecides.id : rule;
    events.push({ type: 'TilmeldingOpened', ...told, rule: opened });
    events.push({ type: 'StatusSet', schoolYear, county, status, tilmeldingskode, owner });
    return;
  }
  if (
    before.tilmeldingskode !== tilmeldingskode ||
    before.effective !== effective ||
    before.owner !== owner
  ) {
    events.push({ type: 'TilmeldingChanged', ...told, rule });
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

function tellAlerts(
  events: YouthEvent[],
  before: readonly Alert[],
  now: readonly Alert[],
  kind: FactBody['kind'],
): void {
  for (const alert of before) {
    if (now.some(({ id }) => id === alert.id)) continue;
    events.push({
      type: 'AlertWithdrawn',
      alert: { ...alert, office: null },
      rule: withdrawnBy(kind, alert),
    });
  }
  for (const alert of now) {
    const open = before.find(({ id }) => id === alert.id);
    if (open === undefined) events.push({ type: 'AlertRaised', alert });
    else if (!sameAlert(open, alert)) events.push({ type: 'AlertChanged', alert });
  }
}

function find(registrations: readonly Registration[], key: RegistrationKey): Registration | undefined {
  return registrations.find((known) => sameKey(known, key));
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
    one.evidence.length === other.evidence.length &&
    one.evidence.every((key, i) => other.evidence[i] === key) &&
    one.proposed.length === other.proposed.length &&
    one.proposed.every((code, i) => other.proposed[i] === code) &&
    one.deadlines.length === other.deadlines.length &&
    one.deadlines.every(({ what, date, rule }, i) => {
      const twin = other.deadlines[i];
      return twin?.what === what && twin.date === date && twin.rule === rule;
    })
  );
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
