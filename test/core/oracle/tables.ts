// The domain reference's decision tables (§1.6, §1.7.3, §2.3), written down a second time and by themselves: nothing of
// the program is used here, so that a mistake has to be made twice to go unseen.

/** §2.3 and §1.7.3: what a reason for leaving a school (B06, 2023) leads to; null = no tilmelding. */
export const B06: Readonly<Record<string, string | null>> = {
  AF: 'AVBRUTT',
  AP: null,
  AR: 'AVBRUTT',
  AS: null,
  FL: 'AVBRUTT',
  FR: 'AVBRUTT',
  FV: 'AVBRUTT',
  IM: 'ANDRE_GRUNNER',
  LA: null,
  MI: 'AVBRUTT',
  PM: null,
  TN: 'TAKKET_NEI',
  UV: null,
};

/** §2.3: the same for the end of an apprenticeship (C12, 2010). */
export const C12: Readonly<Record<string, string | null>> = {
  AB: null,
  AF: 'AVBRUTT',
  AR: 'AVBRUTT',
  AS: null,
  BR: 'AVBRUTT',
  EK: null,
  FL: 'AVBRUTT',
  FV: 'AVBRUTT',
  OK: 'AVBRUTT',
  ON: null,
  OP: 'AVBRUTT',
  PS: 'AVBRUTT',
  S1: null,
  S2: null,
  UP: null,
};

/** §1.7.3: the other documents' events. */
export const LISTS: Readonly<Record<string, string>> = {
  NotApplied: 'IKKE_SOKT',
  PlaceDeclined: 'TAKKET_NEI',
  NoShow: 'ANDRE_GRUNNER',
};

/**
 * VIGO’s wish statuses that say something of a place: one yes, or one offer that is open, and the youth is not
 * without; else a no that was the youth’s own comes before those that were not.
 */
export const WISH_SIDES: Readonly<
  Record<string, 'place' | 'offer' | 'TAKKET_NEI' | 'ANDRE_GRUNNER' | 'nothing'>
> = {
  INNTO: 'place',
  INNTS: 'place',
  INNTLÆ: 'place',
  TILBO: 'offer',
  INNTOI: 'offer',
  TILBLÆ: 'offer',
  STRONT: 'TAKKET_NEI',
  STRNLV: 'TAKKET_NEI',
  TRUKK: 'TAKKET_NEI',
  STROIT: 'ANDRE_GRUNNER',
  STRLPO: 'ANDRE_GRUNNER',
  VENTOJ: 'ANDRE_GRUNNER',
  UAKTU: 'nothing',
  STRINN: 'nothing',
  SBEHA: 'nothing',
};

/** §1.5.3: the 23 codes with their group. */
export const GROUP: Readonly<Record<string, number>> = {
  OTUK: 1,
  OTOV: 2,
  OTOA: 3,
  OTAP: 3,
  OTKO: 3,
  OTAR: 3,
  OTEV: 3,
  OTVF: 3,
  OTLL: 3,
  OTNO: 4,
  OTMI: 4,
  OTBA: 4,
  OTSY: 4,
  OTIF: 4,
  ELGS_IM: 5,
  ELVG_IM: 5,
  OTFA_IM: 5,
  OTFU_IM: 5,
  FEIL: 5,
  OTAR_IM: 5,
  OTEV_IM: 5,
  OTVF_IM: 5,
  OTLL_IM: 5,
};

/** §1.5.3: the viaOT question, yes and no. */
export const PAIRS: readonly (readonly [yes: string, no: string])[] = [
  ['OTAR', 'OTAR_IM'],
  ['OTEV', 'OTEV_IM'],
  ['OTVF', 'OTVF_IM'],
  ['OTLL', 'OTLL_IM'],
];

/** §1.5.4: spellings, what they mean, and whether they answer the viaOT question. */
export const SPELLINGS: Readonly<Record<string, readonly [code: string, via: string | null]>> = {
  'OTEV via': ['OTEV', 'JA'],
  'OTAR via': ['OTAR', 'JA'],
  'OTLL-IM': ['OTLL_IM', null],
  otvf_im: ['OTVF_IM', null],
  OTFU: ['OTFU_IM', null],
  ELVG: ['ELVG_IM', null],
  Feil: ['FEIL', null],
};

/**
 * Known without having talked to the youth: where the youth lives or belongs, and that OT has not talked to the
 * youth.
 */
export const WITHOUT_CONTACT = 'OTUK FEIL OTFA_IM OTFU_IM ELVG_IM ELGS_IM'.split(' ');

/** Grounds in their published order: which rule each belongs to, and the codes it speaks for. */
export const SPEAKS: readonly (readonly [ground: string, rule: string, codes: string])[] = [
  ['IKKE_SVART', 'R03', ''],
  ['VAR_I_AKTIVITET', 'R11', ''],
  ['KOM_I_AKTIVITET', 'R12', ''],
  ['FOLGES_OPP_AKTIVT', 'R38', ''],
  ['ONSKER_MER_AKTIVITET', 'R20', 'OTOV'],
  ['NEI_TIL_OPPFOLGING', 'R24', 'OTNO'],
  ['NEI_TIL_TILTAK', 'R25', 'OTOV'],
  ['MILITAR', 'R28', 'OTMI'],
  ['BARN', 'R29', 'OTBA'],
  ['SYKDOM', 'R30', 'OTSY'],
  ['INSTITUSJON_HOVEDANSVAR', 'R30', 'OTSY'],
  ['SYK_INSTITUSJON', 'R30', 'OTSY'],
  ['KURS_UTEN_KOMPETANSE', 'R31', 'OTIF'],
  ['FYLKETS_TILTAK', 'R13', 'OTOA OTKO'],
  ['NAV_PRAKSIS', 'R14', 'OTAP OTKO'],
  ['NAV_MIDLER', 'R14', 'OTAP OTKO'],
  ['NAV_TILTAK', 'R15', 'OTAP OTKO'],
  ['FYLKET_DELTAR', 'R17', 'OTKO'],
  ['I_TILTAK', 'R10', 'OTOA OTAP OTKO'],
  ['ELEV_PRIVAT', 'R22', 'OTVF OTVF_IM'],
  ['ELEV_OFFENTLIG', 'R21', 'OTEV OTEV_IM'],
  ['ELEV_UTLAND', 'R21', 'OTEV OTEV_IM'],
  ['HOYERE_NIVA', 'R21', 'OTEV OTEV_IM'],
  ['LAREPLASS', 'R23', 'OTLL OTLL_IM'],
  ['GRUNNKOMPETANSE', 'R23', 'OTLL OTLL_IM'],
  ['I_ARBEID', 'R18', 'OTAR OTAR_IM'],
  ['DIALOG', 'R07', 'OTOV'],
  ['TILBUD_AVSLATT', 'R08', 'OTOV'],
  ['TILTAK_VIRKET_IKKE', 'R08', 'OTOV'],
  ['HENVIST_NAV', 'R09', 'OTOV'],
  ['GRUNNSKOLE', 'R33', 'ELGS_IM'],
  ['FOREBYGGING', 'R33', 'ELVG_IM'],
  ['FLYTTET_FYLKE', 'R35', 'OTFA_IM'],
  ['UTVANDRET', 'R36', 'OTFU_IM'],
  ['UTLAND_LENGE', 'R37', 'OTFU_IM'],
  ['FULLFORT', 'R39', 'FEIL'],
  ['FEILREGISTRERT', 'R39', 'FEIL'],
];

export const MEASURES = 'FYLKETS_TILTAK NAV_PRAKSIS NAV_MIDLER NAV_TILTAK FYLKET_DELTAR I_TILTAK'.split(' ');
export const ORDINARY = 'ELEV_PRIVAT ELEV_OFFENTLIG ELEV_UTLAND HOYERE_NIVA LAREPLASS GRUNNKOMPETANSE'.split(
  ' ',
);
export const NAV_PART = 'NAV_PRAKSIS NAV_MIDLER NAV_TILTAK'.split(' ');
export const COUNTY_PART = 'FYLKETS_TILTAK FYLKET_DELTAR'.split(' ');
