import type { RuleId } from './ruleId.ts';

// What an adviser bases a status on (`grunnlag`), in a closed vocabulary: a keyword says nothing about the youth that
// the status does not say, and a sentence would. What is not stated is never guessed.

export interface Ground {
  /** Bokmål: what the adviser says by it. */
  text: string;
  /** The rule that it belongs to. */
  rule: RuleId;
  /** Codes of OT-2016-07 that it speaks for; none: it says nothing of the code by itself. */
  codes: readonly string[];
  /** What the youth is in, if anything. */
  activity: 'measure' | 'work' | 'training' | 'course' | null;
  /** Codes that the other grounds no longer speak for together with this one. */
  outweighs?: readonly string[];
}

const FOLLOWED = ['OTOV'];
const WORK = ['OTAR', 'OTAR_IM'];
const PUPIL = ['OTEV', 'OTEV_IM'];
const PRIVATE_PUPIL = ['OTVF', 'OTVF_IM'];
const APPRENTICE = ['OTLL', 'OTLL_IM'];

/** In order of precedence: when none of several speaks for the code, the first one gives the reason. */
export const GROUNDS = {
  IKKE_SVART: {
    text: 'Ungdommen har ikke svart på brev, SMS eller e-post.',
    rule: 'R03',
    codes: [],
    activity: null,
  },
  VAR_I_AKTIVITET: {
    text: 'Ungdommen var i aktiviteten allerede da OT tok kontakt første gang.',
    rule: 'R11',
    codes: [],
    activity: null,
  },
  KOM_I_AKTIVITET: {
    text: 'Ungdommen kom i aktiviteten etter at OT tok kontakt.',
    rule: 'R12',
    codes: [],
    activity: null,
  },
  FOLGES_OPP_AKTIVT: {
    text: 'OT følger opp ungdommen aktivt, også i utlandet.',
    rule: 'R38',
    codes: [],
    activity: null,
    outweighs: ['OTFU_IM'],
  },
  ONSKER_MER_AKTIVITET: {
    text: 'Ungdommen ønsker mer eller annen aktivitet, og OT hjelper til.',
    rule: 'R20',
    codes: FOLLOWED,
    activity: null,
  },
  NEI_TIL_OPPFOLGING: {
    text: 'Ungdommen har sagt nei til oppfølging fra OT.',
    rule: 'R24',
    codes: ['OTNO'],
    activity: null,
  },
  NEI_TIL_TILTAK: {
    text: 'Ungdommen har sagt nei til et bestemt tiltak og ønsker fortsatt oppfølging.',
    rule: 'R25',
    codes: FOLLOWED,
    activity: null,
  },
  MILITAR: {
    text: 'Ungdommen avtjener førstegangstjeneste.',
    rule: 'R28',
    codes: ['OTMI'],
    activity: null,
  },
  BARN: { text: 'Ungdommen har eller venter barn.', rule: 'R29', codes: ['OTBA'], activity: null },
  SYKDOM: {
    text: 'Sykdom, rus eller sosiale vansker hindrer at ungdommen kan bruke tilbudene nå.',
    rule: 'R30',
    codes: ['OTSY'],
    activity: null,
  },
  INSTITUSJON_HOVEDANSVAR: {
    text: 'Ungdommen er i en institusjon eller i fengsel, og institusjonen har hovedansvaret.',
    rule: 'R30',
    codes: ['OTSY'],
    activity: null,
  },
  SYK_INSTITUSJON: {
    text: 'Eldre stikkord: ungdommen er syk, eller i en institusjon som har hovedansvaret.',
    rule: 'R30',
    codes: ['OTSY'],
    activity: null,
  },
  KURS_UTEN_KOMPETANSE: {
    text: 'Ungdommen går på kurs eller skole som ikke gir formell kompetanse.',
    rule: 'R31',
    codes: ['OTIF'],
    activity: 'course',
  },
  FYLKETS_TILTAK: {
    text: 'Ungdommen er i opplæring eller arbeidspraksis i regi av OT eller fylket.',
    rule: 'R13',
    codes: ['OTOA', 'OTKO'],
    activity: 'measure',
  },
  NAV_PRAKSIS: {
    text: 'Arbeidspraksis gjennom NAV er en del av tiltaket.',
    rule: 'R14',
    codes: ['OTKO', 'OTAP'],
    activity: 'measure',
  },
  NAV_MIDLER: {
    text: 'NAV betaler for en del av tiltaket.',
    rule: 'R14',
    codes: ['OTKO', 'OTAP'],
    activity: 'measure',
  },
  NAV_TILTAK: {
    text: 'Ungdommen er i et tiltak i regi av NAV.',
    rule: 'R15',
    codes: ['OTAP', 'OTKO'],
    activity: 'measure',
  },
  FYLKET_DELTAR: {
    text: 'Fylket eller kommunen betaler for eller samarbeider om en del av tiltaket.',
    rule: 'R17',
    codes: ['OTKO'],
    activity: 'measure',
  },
  I_TILTAK: {
    text: 'Ungdommen er i et tiltak.',
    rule: 'R10',
    codes: ['OTOA', 'OTAP', 'OTKO'],
    activity: 'measure',
  },
  ELEV_PRIVAT: {
    text: 'Ungdommen er elev ved en privat videregående skole.',
    rule: 'R22',
    codes: PRIVATE_PUPIL,
    activity: 'training',
  },
  ELEV_OFFENTLIG: {
    text: 'Ungdommen er elev ved en offentlig videregående skole.',
    rule: 'R21',
    codes: PUPIL,
    activity: 'training',
  },
  ELEV_UTLAND: {
    text: 'Ungdommen er elev ved en videregående skole i utlandet.',
    rule: 'R21',
    codes: PUPIL,
    activity: 'training',
  },
  HOYERE_NIVA: {
    text: 'Ungdommen er i gang med utdanning på et høyere nivå uten fullført videregående.',
    rule: 'R21',
    codes: PUPIL,
    activity: 'training',
  },
  LAREPLASS: { text: 'Ungdommen har læreplass.', rule: 'R23', codes: APPRENTICE, activity: 'training' },
  GRUNNKOMPETANSE: {
    text: 'Ungdommen er i et planlagt grunnkompetanseløp.',
    rule: 'R23',
    codes: APPRENTICE,
    activity: 'training',
  },
  I_ARBEID: { text: 'Ungdommen er i arbeid.', rule: 'R18', codes: WORK, activity: 'work' },
  DIALOG: {
    text: 'Ungdommen får oppfølging og veiledning av OT uten å være i tiltak.',
    rule: 'R07',
    codes: FOLLOWED,
    activity: null,
  },
  TILBUD_AVSLATT: {
    text: 'Ungdommen fikk tilbud om tiltak og tok det ikke imot.',
    rule: 'R08',
    codes: FOLLOWED,
    activity: null,
  },
  TILTAK_VIRKET_IKKE: { text: 'Tiltaket fungerte ikke.', rule: 'R08', codes: FOLLOWED, activity: null },
  HENVIST_NAV: {
    text: 'Ungdommen er henvist til NAV eller andre og venter på et tilbud.',
    rule: 'R09',
    codes: FOLLOWED,
    activity: null,
  },
  GRUNNSKOLE: {
    text: 'OT arbeider forebyggende med en elev i grunnskolen.',
    rule: 'R33',
    codes: ['ELGS_IM'],
    activity: null,
  },
  FOREBYGGING: {
    text: 'OT arbeider forebyggende med en elev eller lærling i videregående opplæring.',
    rule: 'R33',
    codes: ['ELVG_IM'],
    activity: null,
  },
  FLYTTET_FYLKE: {
    text: 'Ungdommen er registrert bosatt i et annet fylke.',
    rule: 'R35',
    codes: ['OTFA_IM'],
    activity: null,
  },
  UTVANDRET: {
    text: 'Ungdommen har meldt utvandring.',
    rule: 'R36',
    codes: ['OTFU_IM'],
    activity: null,
  },
  UTLAND_LENGE: {
    text: 'Ungdommen oppholder seg lenge i utlandet uten å ta formell utdanning.',
    rule: 'R37',
    codes: ['OTFU_IM'],
    activity: null,
  },
  FULLFORT: {
    text: 'Ungdommen har fullført videregående opplæring.',
    rule: 'R39',
    codes: ['FEIL'],
    activity: null,
  },
  FEILREGISTRERT: {
    text: 'Ungdommen er registrert i OT ved en feil.',
    rule: 'R39',
    codes: ['FEIL'],
    activity: null,
  },
} as const satisfies Record<string, Ground>;

export type GroundKey = keyof typeof GROUNDS;

const ENTRIES: readonly (readonly [string, Ground])[] = Object.entries(GROUNDS);

const NONE: readonly Ground[] = [];

/** The grounds among `stated` that belong to the table, in its order. */
export function groundsIn(stated: readonly string[]): readonly Ground[] {
  return stated.length === 0
    ? NONE
    : ENTRIES.flatMap(([key, ground]) => (stated.includes(key) ? [ground] : []));
}

/** Is any of the grounds stated one for the code? */
export function speaksFor(code: string, stated: readonly string[]): boolean {
  return groundsIn(stated).some(({ codes }) => codes.includes(code));
}

/** Does any of the grounds stated belong to the rule? */
export function belongsTo(rule: RuleId, stated: readonly string[]): boolean {
  return groundsIn(stated).some((ground) => ground.rule === rule);
}

/** All codes that the rule's grounds speak for. */
export function codesOf(rule: RuleId): readonly string[] {
  return [...new Set(ENTRIES.flatMap(([, ground]) => (ground.rule === rule ? ground.codes : [])))];
}
