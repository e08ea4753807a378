import type { LeavingOutcome } from '../../core/derive/registration/outcome.ts';
import { SET_BY_OUT } from '../../core/messages/outCodes.ts';
import type { RuleId } from '../../core/rules/ruleId.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { evidenceKey, factKey } from '../../core/youth/youth.ts';
import type { Fact, YouthEvent } from '../../core/youth/youthEvent.ts';
import type { StoredRecord } from '../../store/port.ts';
import { ruleView } from '../alerts/alertView.ts';
import { factCodes } from './factCodes.ts';

/** One thing that was reported or decided about a youth. */
export interface HistoryEntry {
  /** When the record came into Kafka. */
  recorded: string;
  effective: string | null;
  version: number;
  what: string;
  schoolYear: string | null;
  county: string | null;
  codes: Record<string, string>;
  rule: string | null;
  reason: string | null;
  ruleSource: string | null;
  /** What alerts call the fact when they are about it. */
  evidence: string | null;
  /** Who reported what led to it. */
  source: string | null;
}

/** What differs from entry to entry; all else is null or comes from the record. */
type Details = Partial<
  Pick<HistoryEntry, 'effective' | 'schoolYear' | 'county' | 'codes' | 'evidence' | 'source'>
> & {
  rule?: RuleId;
};

/** One entry for everything that was recorded or decided, oldest first; `masked` without codes and places.
 *  @param outcomes what each leaving and each wish has come to, by the key of its fact */
export function historyView(
  records: readonly StoredRecord[],
  outcomes: ReadonlyMap<string, LeavingOutcome>,
  masked: boolean,
): HistoryEntry[] {
  return records.flatMap((record) => {
    const cause = record.events.find((event) => event.type === 'FactRecorded');
    return record.events.filter(isShown).map((event) => {
      const { rule, ...details } = detailsOf(event, outcomes);
      return {
        recorded: record.recorded,
        effective: null,
        version: record.version,
        what: event.type,
        schoolYear: null,
        county: null,
        codes: {},
        evidence: null,
        source: cause?.fact.source ?? null,
        ...(rule === undefined ? { rule: null, reason: null, ruleSource: null } : ruleView(rule)),
        ...details,
        ...(masked ? MASKED : {}),
      };
    });
  });
}

/** What an entry says of a person's life and whereabouts; that something was decided, when and by which rule is left. */
const MASKED = { county: null, codes: {}, evidence: null, source: null };

/** Book-keeping is left out: when time alone matters next is shown with the youth. */
type ShownEvent = Exclude<YouthEvent, { type: 'DueMoved' | 'NumberSeen' }>;

function isShown(event: YouthEvent): event is ShownEvent {
  return event.type !== 'DueMoved' && event.type !== 'NumberSeen';
}

function detailsOf(event: ShownEvent, outcomes: ReadonlyMap<string, LeavingOutcome>): Details {
  switch (event.type) {
    case 'FactRecorded':
      return withOutcome(factDetails(event.fact, event.fact.version > 1), event.fact, outcomes);
    case 'VersionNoted':
      return event.fact === null
        ? { codes: { versjon: String(event.version) } }
        : factDetails(event.fact, true);
    case 'TimePassed':
      return { effective: osloDate(event.at) };
    case 'TilmeldingOpened':
    case 'TilmeldingChanged':
      return {
        ...registration(event),
        effective: event.effective,
        codes: tilmelding(event),
        rule: event.rule,
      };
    case 'TilmeldingAnnulled':
      return { ...registration(event), rule: event.rule };
    case 'StatusSet': {
      const { code, list, viaOt, setBy, effective, rule } = event.status;
      return {
        ...registration(event),
        effective,
        codes: { kode: code, kodeliste: list, viaOT: viaOt, satt: SET_BY_OUT[setBy] },
        rule,
      };
    }
    case 'AlertRaised':
    case 'AlertChanged':
      return {
        ...registration(event.alert),
        effective: event.alert.effective,
        codes: { varsel: event.alert.kind },
        rule: event.alert.rule,
      };
    case 'AlertWithdrawn':
      return {
        ...registration(event.alert),
        effective: event.alert.effective,
        codes: { varsel: event.alert.kind },
        rule: event.rule,
      };
    case 'MergedInto':
      return { codes: { slattSammenMed: event.survivor }, rule: event.rule };
    case 'ProtectionChanged':
      return { codes: { fra: event.from, til: event.to }, rule: event.rule };
    case 'WithheldForConsent':
      return { codes: { side: event.side, samtykke: event.state }, rule: event.rule };
  }
}

function factDetails(fact: Fact, ofSeveral: boolean): Details {
  const { kind, version, effective, county, source } = fact;
  const versions: Record<string, string> = ofSeveral ? { versjon: String(version) } : {};
  const codes = { hendelse: kind, ...versions, ...factCodes(fact) };
  // That NAV's registers said something is history; what, and from when, is shown only while that is permitted.
  if (kind === 'NavRegister')
    return { county, source, evidence: evidenceKey(fact), codes: { hendelse: kind } };
  return { effective, county, source, evidence: evidenceKey(fact), codes };
}

/** The outcome of a leaving or a wish is shown with its record, in the current version: also why it led to nothing. */
function withOutcome(details: Details, fact: Fact, outcomes: ReadonlyMap<string, LeavingOutcome>): Details {
  const known = outcomes.get(factKey(fact));
  if (known?.version !== fact.version) return details;
  const { outcome, rule } = known;
  return { ...details, codes: { ...details.codes, utfall: outcome }, rule };
}

function registration({ schoolYear, county }: { schoolYear: string; county: string }) {
  return { schoolYear, county };
}

function tilmelding({ tilmeldingskode }: { tilmeldingskode: string | null }): Record<string, string> {
  return tilmeldingskode === null ? {} : { tilmeldingskode };
}
