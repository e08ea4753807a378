// NAV's measures, as NAV's own register of measures names them (navikt/mulighetsrommet, Tiltakskoder.kt, June 2026). The
// list grows several times a year and codes are renamed, so it is no list of what is allowed: an unknown code is kept as it
// came.

interface NavMeasure {
  code: string;
  /** Arena's code. Null: Arena does not have the measure. Several measures may share one. */
  arena: string | null;
  /** Names that NAV has used before. */
  formerly?: readonly string[];
}

const MEASURES: readonly NavMeasure[] = [
  { code: 'ARBEIDSFORBEREDENDE_TRENING', arena: 'ARBFORB' },
  { code: 'ARBEIDSRETTET_REHABILITERING', arena: 'ARBRRHDAG' },
  { code: 'AVKLARING', arena: 'AVKLARAG' },
  { code: 'OPPFOLGING', arena: 'INDOPPFAG' },
  { code: 'VARIG_TILRETTELAGT_ARBEID_SKJERMET', arena: 'VASV' },
  { code: 'DIGITALT_OPPFOLGINGSTILTAK', arena: 'DIGIOPPARB' },
  { code: 'JOBBKLUBB', arena: 'JOBBK' },
  { code: 'GRUPPE_ARBEIDSMARKEDSOPPLAERING', arena: 'GRUPPEAMO' },
  { code: 'ARBEIDSMARKEDSOPPLAERING', arena: 'GRUPPEAMO' },
  { code: 'STUDIESPESIALISERING', arena: 'GRUPPEAMO' },
  { code: 'NORSKOPPLAERING_GRUNNLEGGENDE_FERDIGHETER_FOV', arena: 'GRUPPEAMO' },
  { code: 'GRUPPE_FAG_OG_YRKESOPPLAERING', arena: 'GRUFAGYRKE' },
  { code: 'FAG_OG_YRKESOPPLAERING', arena: 'GRUFAGYRKE' },
  { code: 'HOYERE_YRKESFAGLIG_UTDANNING', arena: 'GRUFAGYRKE' },
  { code: 'ENKELTPLASS_ARBEIDSMARKEDSOPPLAERING', arena: 'ENKELAMO' },
  { code: 'ENKELTPLASS_FAG_OG_YRKESOPPLAERING', arena: 'ENKFAGYRKE' },
  { code: 'HOYERE_UTDANNING', arena: 'HOYEREUTD' },
  { code: 'INDIVIDUELL_JOBBSTOTTE', arena: 'INDJOBSTOT' },
  { code: 'INDIVIDUELL_JOBBSTOTTE_UNG', arena: 'IPSUNG' },
  { code: 'ARBEID_MED_STOTTE', arena: 'UTVAOONAV' },
  { code: 'ARBEIDSTRENING', arena: 'ARBTREN' },
  // NAV's spelling.
  { code: 'MIDLERTIDIG_LONNSTLSKUDD', arena: 'MIDLONTIL' },
  { code: 'VARIG_LONNSTILSKUD', arena: 'VARLONTIL' },
  { code: 'MENTOR', arena: 'MENTOR' },
  { code: 'INKLUDERINGSTILSKUD', arena: 'INKLUTILS' },
  { code: 'SOMMERJOBB', arena: 'TILSJOBB' },
  { code: 'VTAO', arena: 'VATIAROR' },
  {
    code: 'TILRETTELAGT_ARBEID_ORDINAER',
    arena: null,
    formerly: ['TILPASSET_JOBBSTOTTE', 'VARIG_TILRETTELAGT_ARBEID_ORDINAER'],
  },
  { code: 'FIREARIG_LONNSTILSUDD', arena: null },
];

const BY_CODE: ReadonlyMap<string, NavMeasure> = new Map(MEASURES.map((each) => [each.code, each]));

/** Arena's code says which measure it is only where no other measure has it. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  MEASURES.flatMap(({ code, arena, formerly = [] }) => {
    const alone = arena !== null && MEASURES.filter((each) => each.arena === arena).length === 1;
    return [...formerly, ...(alone ? [arena] : [])].map((alias) => [alias, code] as const);
  }),
);

/** A measure under its present name; an unknown one as it came. */
export function navMeasureCode(written: string): string {
  return BY_CODE.has(written) ? written : (ALIASES.get(written) ?? written);
}

/** Arena's code of a measure, for those who know it by that; null for a measure Arena lacks, or an unknown one. */
export function arenaCode(code: string): string | null {
  return BY_CODE.get(code)?.arena ?? null;
}
