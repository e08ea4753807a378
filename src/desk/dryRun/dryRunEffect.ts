import { CATEGORY_OUT, type CategoryOut } from '../../core/messages/outCodes.ts';
import type { RuleId } from '../../core/rules/ruleId.ts';
import type { Alert, AlertKind, YouthEvent } from '../../core/youth/youthEvent.ts';
import { ruleView } from '../alerts/alertView.ts';

export const EFFECTS = [
  'TILMELDING_APNES',
  'TILMELDING_ENDRES',
  'TILMELDING_ANNULLERES',
  'STATUS_SETTES',
  'VARSEL_SENDES',
  'VARSEL_ENDRES',
  'VARSEL_TREKKES',
  'ELDRE_VERSJON',
  'HOLDES_TILBAKE',
  'PERSONER_SLAS_SAMMEN',
] as const;

/** One thing that a row would do. Field by field, and no reference: a row names no person. */
export interface DryRunEffect {
  what: (typeof EFFECTS)[number];
  schoolYear: string | null;
  county: string | null;
  tilmeldingskode: string | null;
  code: string | null;
  effective: string | null;
  kind: AlertKind | null;
  category: CategoryOut | null;
  proposed: string[];
  deadlines: { what: string; date: string }[];
  rule: string | null;
  reason: string | null;
}

export function effectsOf(events: readonly YouthEvent[]): DryRunEffect[] {
  const effects: DryRunEffect[] = [];
  for (const event of events) {
    const effect = effectOf(event);
    const before = effects.at(-1);
    if (effect === null) continue;
    // A new tilmelding and its first status are one thing to the reader.
    if (effect.what === 'STATUS_SETTES' && before?.what === 'TILMELDING_APNES' && isSameKey(before, effect))
      before.code = effect.code;
    else effects.push(effect);
  }
  return effects;
}

function effectOf(event: YouthEvent): DryRunEffect | null {
  switch (event.type) {
    case 'TilmeldingOpened':
    case 'TilmeldingChanged': {
      const what = event.type === 'TilmeldingOpened' ? 'TILMELDING_APNES' : 'TILMELDING_ENDRES';
      const { schoolYear, county, tilmeldingskode, effective } = event;
      return { ...bare(what, event.rule), schoolYear, county, tilmeldingskode, effective };
    }
    case 'TilmeldingAnnulled':
      return {
        ...bare('TILMELDING_ANNULLERES', event.rule),
        schoolYear: event.schoolYear,
        county: event.county,
      };
    case 'StatusSet': {
      const { schoolYear, county, tilmeldingskode, status } = event;
      const { code, effective } = status;
      return {
        ...bare('STATUS_SETTES', status.rule),
        schoolYear,
        county,
        tilmeldingskode,
        code,
        effective,
      };
    }
    case 'AlertRaised':
      return ofAlert('VARSEL_SENDES', event.alert, event.alert.rule);
    case 'AlertChanged':
      return ofAlert('VARSEL_ENDRES', event.alert, event.alert.rule);
    case 'AlertWithdrawn':
      return ofAlert('VARSEL_TREKKES', event.alert, event.rule);
    case 'VersionNoted':
      return bare('ELDRE_VERSJON', null);
    case 'WithheldForConsent':
      return bare('HOLDES_TILBAKE', event.rule);
    case 'MergedInto':
      return bare('PERSONER_SLAS_SAMMEN', event.rule);
    // Book-keeping. A protection grade is shown only on explicit request.
    case 'FactRecorded':
    case 'TimePassed':
    case 'DueMoved':
    case 'NumberSeen':
    case 'ProtectionChanged':
      return null;
  }
}

function ofAlert(what: DryRunEffect['what'], alert: Alert, rule: RuleId): DryRunEffect {
  const { schoolYear, county, effective, kind, proposed } = alert;
  const category = CATEGORY_OUT[alert.category];
  const deadlines = alert.deadlines.map((deadline) => ({ what: deadline.what, date: deadline.date }));
  return { ...bare(what, rule), schoolYear, county, effective, kind, category, proposed, deadlines };
}

function bare(what: DryRunEffect['what'], rule: RuleId | null): DryRunEffect {
  return {
    what,
    schoolYear: null,
    county: null,
    tilmeldingskode: null,
    code: null,
    effective: null,
    kind: null,
    category: null,
    proposed: [],
    deadlines: [],
    rule,
    reason: rule === null ? null : ruleView(rule).reason,
  };
}

function isSameKey(one: DryRunEffect, other: DryRunEffect): boolean {
  return one.schoolYear === other.schoolYear && one.county === other.county;
}
