import type { CountyNumber } from '../organisation.ts';
import type { KnownNumber } from '../person/knownNumber.ts';
import type { NumberRef, PersonRef } from '../person/reference.ts';
import type { RuleId } from '../rules/ruleId.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type {
  FactBody,
  FactHead,
  Feed,
  NavAnswer,
  ProtectionGrade,
  Tilmeldingskode,
  ViaOt,
  YesNoUnknown,
} from './statusEvent.ts';

/** A status with everything that explains it. */
export interface OtStatus {
  /** Canonical code, e.g. `OTUK`, `OTAR_IM`. */
  code: string;
  /** Code list version, e.g. `OT-2016-07`; the group means nothing without it. */
  list: string;
  group: number;
  targetGroup: boolean;
  viaOt: ViaOt;
  effective: IsoDate;
  setBy: 'RULE' | 'ADVISER';
  rule: RuleId;
}

/** A registration's key is (person, school year, county). */
export interface RegistrationKey {
  schoolYear: SchoolYear;
  county: CountyNumber;
}

/** Never reorder or remove, only append: stored alerts name their kind by its place here. */
export const ALERT_KINDS = [
  'NY_TILMELDING',
  'AVKLARINGSSAMTALE',
  'FORVENTET_START_UTEBLITT',
  'PERMISJON_ELLER_UTVEKSLING',
  'KONTRAKT_UTEN_FULLFORING',
  'MULIG_HEVING',
  'KJENT_HOS_NAV',
  'STATUS_MA_ENDRES',
  'STATUS_UTEN_KONTAKT',
  'STATUS_AVVIST',
  'STATUS_FORSLAG',
  'AVVIK_MOT_REGISTER',
  'BORTE_FRA_REGISTER',
  'SLUTT_OG_START',
  'FLERE_SLUTTDATOER',
  'ANNULLERT_ETTER_KONTAKT',
  'ANNULLERING_UTEN_TREFF',
  'ALDER_UKJENT',
  'KONTAKT_AVVIST',
  'UGYLDIG_SAMTYKKEENDRING',
  'STATUS_ADVARSEL',
  'FRIST_UTLOPT',
  'TILBUD_PA_NYTT',
  'ALDERSGRENSE',
  'PRIORITET_ENDRET',
  'TJENESTE_SLUTT',
  'OPPFOLGING_I_TILTAK',
  'NYTT_SAMTYKKE',
  'OVERLEVERING',
  'INNVANDRET',
  'KOMMUNE_MANGLER',
  'BORTE_FRA_SKOLELISTE',
  'UTEN_PLANER',
  'HENVENDELSE',
  'NAVN_AVVIK',
  'NUMRE_SLATT_SAMMEN',
  'UTENFOR_ALDERSGRENSEN',
  'MULIG_FLYTTING',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** alert: do something; review: a human decides; proposal: a suggested status, never set by itself. */
export type AlertCategory = 'alert' | 'review' | 'proposal';

export interface Alert extends RegistrationKey {
  /** Derived from its cause, the same whenever the same facts are known: never random, never a person. */
  id: string;
  kind: AlertKind;
  category: AlertCategory;
  rule: RuleId;
  /** The OT unit that answers for the youth; never empty (R50). */
  owner: string;
  /** Codes proposed, if any. */
  proposed: string[];
  /** What is proposed for viaOT, where no code of its own says it (OTAP); null: nothing. */
  viaOt: 'JA' | 'NEI' | null;
  /** JA, NEI or UKJENT when no birth date is known. Guardians are informed of a minor's case. */
  minor: YesNoUnknown;
  /** A about to leave or just left, B out up to a year, C a year or more (R49). */
  timeBand: 'A' | 'B' | 'C' | null;
  deadlines: Deadline[];
  /** The date that matters to the adviser: effective date of what caused it. */
  effective: IsoDate;
  /** Where the cause came from. */
  feed: Feed;
  /** The right to training was lost by decision; OT's duty remains (F01). */
  lostRight: boolean;
  /** NAV office, in KJENT_HOS_NAV only. */
  office: string | null;
  /** The county the youth lives in now, in OVERLEVERING only. */
  toCounty: CountyNumber | null;
  /** Digests of the keys of the facts it rests on, sorted; the history shows each fact with its digest. */
  evidence: readonly string[];
}

/** What a deadline is for. */
export const DEADLINE_KINDS = [
  'KONTAKT',
  'VEILEDNINGSTIME',
  'AVKLARINGSSAMTALE',
  'AVKLARINGSMOTE',
  'OPPFOLGING',
] as const;

export interface Deadline {
  what: (typeof DEADLINE_KINDS)[number];
  date: IsoDate;
  rule: RuleId;
}

/** Main group of a status, as far as others than OT may know it. */
export interface MainGroup {
  list: string;
  group: number;
  targetGroup: boolean;
}

/** What is decided about one youth: facts of the past, each with the rule that made it. */
export type YouthEvent =
  | { type: 'FactRecorded'; fact: Fact }
  /** A lower version arrived after a higher one: kept in the version history, changes nothing. `fact`: its content, so
   *  that what was known at an earlier moment can be replayed; null where an older program noted only the number. */
  | {
      type: 'VersionNoted';
      key: string;
      version: number;
      received: IsoInstant;
      receivedOn: IsoDate;
      fact: Fact | null;
    }
  /** The youth was due: what waited for a moment up to `at` is decided. */
  | { type: 'TimePassed'; at: IsoInstant }
  | { type: 'DueMoved'; due: IsoInstant | null }
  | ({
      type: 'TilmeldingOpened';
      tilmeldingskode: Tilmeldingskode | null;
      effective: IsoDate;
      owner: string;
      rule: RuleId;
    } & RegistrationKey)
  | ({
      type: 'TilmeldingChanged';
      tilmeldingskode: Tilmeldingskode | null;
      effective: IsoDate;
      owner: string;
      rule: RuleId;
    } & RegistrationKey)
  | ({ type: 'TilmeldingAnnulled'; rule: RuleId } & RegistrationKey)
  | ({
      type: 'StatusSet';
      status: OtStatus;
      tilmeldingskode: Tilmeldingskode | null;
      owner: string;
      /** The main group until now; absent when the registration is new. */
      before?: MainGroup;
    } & RegistrationKey)
  | { type: 'AlertRaised'; alert: Alert }
  /** The same alert, still open, with other details: no new notification. */
  | { type: 'AlertChanged'; alert: Alert }
  /** `alert` without NAV office: the cause of a withdrawal may be a missing consent. */
  | { type: 'AlertWithdrawn'; alert: Alert; rule: RuleId }
  /** Something from NAV that may not be kept or passed on: it is erased from the youth's facts. Says which side
   *  stopped it, nothing of what it was. `batch`: of a monthly answer; of what a register said, the fact's key. */
  | { type: 'WithheldForConsent'; batch: string; side: 'A' | 'B'; state: string; rule: RuleId }
  /** The person is known under another reference from now on, with all that was known here. */
  | { type: 'MergedInto'; survivor: PersonRef; rule: RuleId }
  /** First time the person was known by one of several numbers, earlier than what had been read before. */
  | { type: 'NumberSeen'; numberRef: NumberRef; since: IsoInstant }
  /** The protection of the youth's address has changed: everything shared is published again. */
  | { type: 'ProtectionChanged'; from: ProtectionGrade; to: ProtectionGrade; rule: RuleId };

/** A fact's body as kept. The answer of a NAV match is null when it was withheld, and so is all that one of NAV's registers
 *  said; a change of number keeps whose numbers it joined. */
export type KeptBody =
  | Exclude<FactBody, { kind: 'NavMatch' | 'NavRegister' | 'Renumbered' | 'Due' }>
  | { kind: 'Renumbered'; numberRefs: readonly KnownNumber[] }
  | { kind: 'NavMatch'; batch: string; month: string; answer: NavAnswer | null; office: string | null }
  | (Omit<RegisterBody, 'state'> & { state: string | null });

type RegisterBody = Extract<FactBody, { kind: 'NavRegister' }>;

/** A recorded fact: what the source reported, and when it entered Kafka. Key `source|id`. */
export type Fact = FactHead &
  KeptBody & {
    born: IsoDate | null;
    nameTag: string | null;
    /** The moment the first record with this version entered Kafka. */
    received: IsoInstant;
    /** The moment any version of it first entered Kafka, and its date in Oslo: deadlines run from here. */
    firstReceived: IsoInstant;
    firstReceivedOn: IsoDate;
    /** All versions seen, ascending; of a nightly list's row only the latest. */
    versions: number[];
  };

export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;
