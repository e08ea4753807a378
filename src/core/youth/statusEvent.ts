import type { CountyNumber } from '../organisation.ts';
import type { SchoolList } from '../schoolList.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';

/** The feeds of the project; `bridge` carries what the bridge itself concludes (a deadline that falls due,
 *  absence from a complete list, a NAV answer whose batch is complete), so that all input comes through a feed. Never
 *  reorder or remove, only append: stored facts and alerts name a feed by its place here. */
export const FEEDS = [
  'vigo-intake',
  'school-dropout',
  'apprenticeship',
  'nav-match',
  'ot-adviser',
  'consent',
  'bridge',
  'folkeregister',
  'private-school',
  'lower-secondary',
  'nav-arbeidssoker',
  'nav-oppfolging',
  'nav-deltaker',
  'nav-ungdomsprogram',
] as const;
export type Feed = (typeof FEEDS)[number];

export type YesNoUnknown = 'JA' | 'NEI' | 'UKJENT';
/** Whether an activity came about through OT. */
export type ViaOt = YesNoUnknown;
export type Tilmeldingskode = 'IKKE_SOKT' | 'TAKKET_NEI' | 'AVBRUTT' | 'ANDRE_GRUNNER';

/** KS Fiks samtykke's states, verbatim. */
export const CONSENT_STATES = [
  'SAMTYKKET',
  'IKKE_SAMTYKKET',
  'VENTER_PAA_SVAR',
  'TRUKKET',
  'SVARFRIST_PASSERT',
  'UTLOPT',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];
/** A: «OT may ask NAV about me». B: «NAV kommune may answer OT». */
export type ConsentSide = 'A' | 'B';
export const CONSENT_PARTIES = ['UNGDOM', 'FORESATT', 'FORESATT2'] as const;
export type ConsentParty = (typeof CONSENT_PARTIES)[number];
/** What a consent may name besides whether the youth is registered and at which office, which every consent covers. TILTAK:
 *  measures, and the youth programme, which NAV keeps apart from them. */
export const CONSENT_SCOPES = ['TILTAK'] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];
/** Absence of an answer is not «not registered». */
export type NavAnswer = 'JA' | 'NEI' | 'IKKE_SVART';

/** What is common to every fact a source reports about one youth. The youth itself is not in it: the
 *  identity number never reaches the core. */
export interface FactHead {
  feed: Feed;
  /** Who reports it, e.g. `skole:40014`, `vigo`, `fagopplaring:40`, `ot:40201`. No person. */
  source: string;
  /** The source's own event id, the same over all versions. */
  id: string;
  /** ≥ 1. A higher version of the same (source, id) replaces a lower one, in whatever order they arrive. */
  version: number;
  /** The date from which it holds. */
  effective: IsoDate;
  /** When the source says it was reported, if it says so. */
  reported: IsoInstant | null;
  /** County number whose OT answers for it, as valid on the effective date. */
  county: CountyNumber;
}

/** Who answered when OT tried. */
export const ANSWERERS = ['UNGDOM', 'FORESATT', 'ANDRE'] as const;
export type Answerer = (typeof ANSWERERS)[number];

/** What was talked about, when the source says: in spring two school years are open. */
interface AboutSchoolYear {
  schoolYear?: SchoolYear;
}

/** One fact that a source reports. Codes are canonical or raw as noted; adapters translate field names and
 *  dates, the core decides what a code means. */
export type FactBody =
  /** Ikkesøker: did not apply for `schoolYear`. */
  | { kind: 'NotApplied'; schoolYear: SchoolYear }
  /** Neisvar: declined a place at `institution`, when given. `code` is B06 `TN` when a school says so. */
  | { kind: 'PlaceDeclined'; schoolYear: SchoolYear; code: string | null; institution: string | null }
  /** Status of one of the youth's wishes for `schoolYear`: VIGO wish status `code`, canonical. Only all of a year's
   *  wishes together say whether the youth has a place. `institution`: the school wished for, when given. */
  | { kind: 'Wish'; schoolYear: SchoolYear; code: string; institution: string | null }
  /** Ikkemøtt: did not show at school or apprenticeship start. */
  | { kind: 'NoShow'; schoolYear: SchoolYear; institution: string | null }
  /** A late application: cancels nothing by itself, suppresses letters. */
  | { kind: 'Applied'; schoolYear: SchoolYear }
  /** Training ended at `institution` (skolenummer or organisasjonsnummer) with a B06 or C12 `reason`.
   *  `list` names the code list version. What it leads to is the core's to decide (R40). */
  | {
      kind: 'Left';
      training: Training;
      institution: string;
      reason: string;
      list: string;
      lostRight: boolean;
    }
  /** Training started, a place was taken up, or a contract was signed. */
  | { kind: 'Started'; training: Training; institution: string; hovedskole: boolean | null }
  /** Står i fare for å avbryte. */
  | { kind: 'AtRisk'; institution: string; meeting: IsoDate | null }
  /** The source takes back its own event with id `annuls` (same `source`), up to the version `upTo` where that is known. */
  | { kind: 'Annulled'; annuls: string; upTo?: number }
  /** OT tried to reach the youth: letter, SMS … `answered` false is never contact (R03). What is not said is absent. */
  | ({
      kind: 'ContactAttempt';
      channel: string;
      answered: boolean;
      answeredBy?: Answerer;
      /** Why the guardian's answer is to count, a keyword. */
      reason?: string;
      /** The letter of the yearly wheel that the attempt was made with. */
      letter?: string;
    } & AboutSchoolYear)
  /** OT has reached the youth, or in some cases the guardian (R04, needs a reason). */
  | ({ kind: 'Contact'; via: 'UNGDOM' | 'FORESATT'; reason: string | null } & AboutSchoolYear)
  /** A status that an adviser has set. `code` is canonical in `list`. */
  | {
      kind: 'AdviserStatus';
      schoolYear: SchoolYear;
      code: string;
      list: string;
      viaOt: ViaOt;
      /** What the adviser bases it on, keywords, e.g. `IKKE_SVART`. Sorted, none twice. */
      grounds: readonly string[];
      /** Why the adviser keeps a choice that a rule speaks against; a keyword. */
      override: string | null;
      /** OT unit (five digits) that owns the youth from now on, if given. */
      unit: string | null;
    }
  /** The tilmelding is re-coded by OT. */
  | { kind: 'Recode'; schoolYear: SchoolYear; tilmeldingskode: Tilmeldingskode }
  /** The youth is in VIGO's nightly OT list with this status. */
  | { kind: 'RegisterSeen'; code: string; list: string; unit: string | null }
  /** The youth is in VIGO's list of active contracts; half-open [from, to). */
  | { kind: 'ContractSeen'; institution: string; from: IsoDate; to: IsoDate | null }
  /** Not in the complete list `run`, but in the complete one before it. */
  | { kind: 'Absent'; list: AbsenceList; run: string }
  /** In the complete list `run`, but not in the complete one before it. A list's rows come in another lane than what is
   *  concluded from it, so they cannot say when a missing youth was back. */
  | { kind: 'Present'; list: AbsenceList; run: string }
  /** NAV is asked about the youth in the list `batch` of a month. */
  | { kind: 'NavAsked'; batch: string; month: string }
  /** A NAV answer of a complete batch. */
  | { kind: 'NavMatch'; batch: string; month: string; answer: NavAnswer; office: string | null }
  /** What one of NAV's registers says, from the event that NAV has published; half-open [effective, to). */
  | {
      kind: 'NavRegister';
      about: NavRegister;
      /** Of a measure NAV's own status, in the others AKTIV; SLETTET where NAV has taken it back. An unknown one is kept
       *  as it came and leads to nothing. */
      state: string;
      /** Tiltakskode, renamed ones under their present name; an unknown one as it came. Null in the other registers. */
      measure: string | null;
      to: IsoDate | null;
      /** NAV unit, four digits. */
      office: string | null;
    }
  | {
      kind: 'Consent';
      side: ConsentSide;
      party: ConsentParty;
      state: ConsentState;
      /** The moment it was given or changed, from the source. */
      at: IsoInstant;
      /** Not valid from this moment; null = no end set. */
      validTo: IsoInstant | null;
      legalBasis: string;
      /** What the yes names besides being registered: sorted, none twice. Absent: nothing. */
      scope?: readonly ConsentScope[];
      /** How many have parental responsibility. Absent: the source does not say. */
      guardians?: 1 | 2;
    }
  /** Folkeregisteret: lives in the municipality (four digits, as numbered on the effective date). */
  | { kind: 'Residence'; municipality: string }
  /** Folkeregisteret: has left the country. */
  | { kind: 'Emigrated' }
  /** Folkeregisteret: protection grade from the effective date. */
  | { kind: 'Protection'; grade: ProtectionGrade }
  /** The youth is in a private school's list as a pupil there; half-open [from, to). */
  | { kind: 'PupilSeen'; institution: string; from: IsoDate; to: IsoDate | null }
  /** A pupil in lower secondary school without plans for `schoolYear`; `meeting`: when it will be talked about. */
  | { kind: 'WithoutPlans'; schoolYear: SchoolYear; institution: string; meeting: IsoDate | null }
  /** The youth, a guardian or another person turned to OT without a referral. */
  | { kind: 'Referral'; by: 'SELV' | 'FORESATT' | 'ANDRE' }
  /** A measure from the effective date to `to` (exclusive, null = no end set), and its provider. */
  | { kind: 'Measure'; provider: MeasureProvider; content: MeasureContent; to: IsoDate | null }
  /** Another county's OT answers to an offer to take over the youth who has moved there. */
  | { kind: 'Handover'; toCounty: CountyNumber; answer: 'GODTATT' | 'AVVIST'; unit: string | null }
  /** The youth's identity number was changed. */
  | { kind: 'Renumbered' }
  /** Something fell due for this youth: decide again at `at`. Carries no fact of its own. */
  | { kind: 'Due'; at: IsoInstant };

/** NAV's registers that publish events: job seekers, follow-up, measures, and the youth programme, which is no measure. */
export const NAV_REGISTERS = ['ARBEIDSSOKER', 'OPPFOLGING', 'TILTAK', 'UNGDOMSPROGRAM'] as const;
export type NavRegister = (typeof NAV_REGISTERS)[number];
/** Lists whose removals and additions are reported. */
export type AbsenceList = 'laktiv' | 'ot' | SchoolList;
/** Folkeregisteret's grades; `KLIENTADRESSE` is the old one (kode 4). */
export type ProtectionGrade = 'UGRADERT' | 'KLIENTADRESSE' | 'FORTROLIG' | 'STRENGT_FORTROLIG';
export type MeasureProvider = 'FYLKE' | 'KOMMUNE' | 'NAV';
export type MeasureContent = 'OPPLARING' | 'ARBEIDSPRAKSIS' | 'ANNET';
export type Training = 'school' | 'private-school' | 'apprenticeship';
export type StatusEvent = FactHead &
  FactBody & {
    /** Born, from the record's own field, never from the identity number. Null when the record does not say. */
    born: IsoDate | null;
    /** The record's name of the youth as keyed tags (nameTags.ts), the same for the same name; null when the record has
     *  none. Never the name. */
    nameTag: string | null;
  };
