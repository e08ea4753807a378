import { GROUND } from '../sentences/grounds.ts';
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
    text: GROUND.nb.IKKE_SVART,
    rule: 'R03',
    codes: [],
    activity: null,
  },
  VAR_I_AKTIVITET: {
    text: GROUND.nb.VAR_I_AKTIVITET,
    rule: 'R11',
    codes: [],
    activity: null,
  },
  KOM_I_AKTIVITET: {
    text: GROUND.nb.KOM_I_AKTIVITET,
    rule: 'R12',
    codes: [],
    activity: null,
  },
  FOLGES_OPP_AKTIVT: {
    text: GROUND.nb.FOLGES_OPP_AKTIVT,
    rule: 'R38',
    codes: [],
    activity: null,
    outweighs: ['OTFU_IM'],
  },
  ONSKER_MER_AKTIVITET: {
    text: GROUND.nb.ONSKER_MER_AKTIVITET,
    rule: 'R20',
    codes: FOLLOWED,
    activity: null,
  },
  NEI_TIL_OPPFOLGING: {
    text: GROUND.nb.NEI_TIL_OPPFOLGING,
    rule: 'R24',
    codes: ['OTNO'],
    activity: null,
  },
  NEI_TIL_TILTAK: {
    text: GROUND.nb.NEI_TIL_TILTAK,
    rule: 'R25',
    codes: FOLLOWED,
    activity: null,
  },
  MILITAR: {
    text: GROUND.nb.MILITAR,
    rule: 'R28',
    codes: ['OTMI'],
    activity: null,
  },
  BARN: { text: GROUND.nb.BARN, rule: 'R29', codes: ['OTBA'], activity: null },
  SYKDOM: {
    text: GROUND.nb.SYKDOM,
    rule: 'R30',
    codes: ['OTSY'],
    activity: null,
  },
  INSTITUSJON_HOVEDANSVAR: {
    text: GROUND.nb.INSTITUSJON_HOVEDANSVAR,
    rule: 'R30',
    codes: ['OTSY'],
    activity: null,
  },
  SYK_INSTITUSJON: {
    text: GROUND.nb.SYK_INSTITUSJON,
    rule: 'R30',
    codes: ['OTSY'],
    activity: null,
  },
  KURS_UTEN_KOMPETANSE: {
    text: GROUND.nb.KURS_UTEN_KOMPETANSE,
    rule: 'R31',
    codes: ['OTIF'],
    activity: 'course',
  },
  FYLKETS_TILTAK: {
    text: GROUND.nb.FYLKETS_TILTAK,
    rule: 'R13',
    codes: ['OTOA', 'OTKO'],
    activity: 'measure',
  },
  NAV_PRAKSIS: {
    text: GROUND.nb.NAV_PRAKSIS,
    rule: 'R14',
    codes: ['OTKO', 'OTAP'],
    activity: 'measure',
  },
  NAV_MIDLER: {
    text: GROUND.nb.NAV_MIDLER,
    rule: 'R14',
    codes: ['OTKO', 'OTAP'],
    activity: 'measure',
  },
  NAV_TILTAK: {
    text: GROUND.nb.NAV_TILTAK,
    rule: 'R15',
    codes: ['OTAP', 'OTKO'],
    activity: 'measure',
  },
  FYLKET_DELTAR: {
    text: GROUND.nb.FYLKET_DELTAR,
    rule: 'R17',
    codes: ['OTKO'],
    activity: 'measure',
  },
  I_TILTAK: {
    text: GROUND.nb.I_TILTAK,
    rule: 'R10',
    codes: ['OTOA', 'OTAP', 'OTKO'],
    activity: 'measure',
  },
  ELEV_PRIVAT: {
    text: GROUND.nb.ELEV_PRIVAT,
    rule: 'R22',
    codes: PRIVATE_PUPIL,
    activity: 'training',
  },
  ELEV_OFFENTLIG: {
    text: GROUND.nb.ELEV_OFFENTLIG,
    rule: 'R21',
    codes: PUPIL,
    activity: 'training',
  },
  ELEV_UTLAND: {
    text: GROUND.nb.ELEV_UTLAND,
    rule: 'R21',
    codes: PUPIL,
    activity: 'training',
  },
  HOYERE_NIVA: {
    text: GROUND.nb.HOYERE_NIVA,
    rule: 'R21',
    codes: PUPIL,
    activity: 'training',
  },
  LAREPLASS: { text: GROUND.nb.LAREPLASS, rule: 'R23', codes: APPRENTICE, activity: 'training' },
  GRUNNKOMPETANSE: {
    text: GROUND.nb.GRUNNKOMPETANSE,
    rule: 'R23',
    codes: APPRENTICE,
    activity: 'training',
  },
  I_ARBEID: { text: GROUND.nb.I_ARBEID, rule: 'R18', codes: WORK, activity: 'work' },
  DIALOG: {
    text: GROUND.nb.DIALOG,
    rule: 'R07',
    codes: FOLLOWED,
    activity: null,
  },
  TILBUD_AVSLATT: {
    text: GROUND.nb.TILBUD_AVSLATT,
    rule: 'R08',
    codes: FOLLOWED,
    activity: null,
  },
  TILTAK_VIRKET_IKKE: { text: GROUND.nb.TILTAK_VIRKET_IKKE, rule: 'R08', codes: FOLLOWED, activity: null },
  HENVIST_NAV: {
    text: GROUND.nb.HENVIST_NAV,
    rule: 'R09',
    codes: FOLLOWED,
    activity: null,
  },
  GRUNNSKOLE: {
    text: GROUND.nb.GRUNNSKOLE,
    rule: 'R33',
    codes: ['ELGS_IM'],
    activity: null,
  },
  FOREBYGGING: {
    text: GROUND.nb.FOREBYGGING,
    rule: 'R33',
    codes: ['ELVG_IM'],
    activity: null,
  },
  FLYTTET_FYLKE: {
    text: GROUND.nb.FLYTTET_FYLKE,
    rule: 'R35',
    codes: ['OTFA_IM'],
    activity: null,
  },
  UTVANDRET: {
    text: GROUND.nb.UTVANDRET,
    rule: 'R36',
    codes: ['OTFU_IM'],
    activity: null,
  },
  UTLAND_LENGE: {
    text: GROUND.nb.UTLAND_LENGE,
    rule: 'R37',
    codes: ['OTFU_IM'],
    activity: null,
  },
  FULLFORT: {
    text: GROUND.nb.FULLFORT,
    rule: 'R39',
    codes: ['FEIL'],
    activity: null,
  },
  FEILREGISTRERT: {
    text: GROUND.nb.FEILREGISTRERT,
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
