import type { ListSubject } from '../core/codelists/published.ts';
import type { Feed } from '../core/youth/statusEvent.ts';

// Names of what the bridge takes in, for people.

/** In bokmål and nynorsk. */
export type Written<T> = Readonly<{ nb: T; nn: T }>;

/** Where reports come from, in a word or two. */
export const FEED_NAMES: Written<Record<Feed, string>> = {
  nb: {
    'vigo-intake': 'Inntak',
    'school-dropout': 'Avbrudd og oppstart',
    'private-school': 'Privat skole',
    'lower-secondary': 'Ungdomsskole',
    apprenticeship: 'Fagopplæring',
    'ot-adviser': 'OT-rådgiver',
    'nav-match': 'Svar fra NAV',
    'nav-arbeidssoker': 'NAV: arbeidssøkere',
    'nav-oppfolging': 'NAV: oppfølging',
    'nav-deltaker': 'NAV: tiltak',
    'nav-ungdomsprogram': 'NAV: ungdomsprogram',
    folkeregister: 'Folkeregisteret',
    consent: 'Samtykke',
    bridge: 'Broen',
  },
  nn: {
    'vigo-intake': 'Inntak',
    'school-dropout': 'Avbrot og oppstart',
    'private-school': 'Privat skule',
    'lower-secondary': 'Ungdomsskule',
    apprenticeship: 'Fagopplæring',
    'ot-adviser': 'OT-rådgjevar',
    'nav-match': 'Svar frå NAV',
    'nav-arbeidssoker': 'NAV: arbeidssøkjarar',
    'nav-oppfolging': 'NAV: oppfølging',
    'nav-deltaker': 'NAV: tiltak',
    'nav-ungdomsprogram': 'NAV: ungdomsprogram',
    folkeregister: 'Folkeregisteret',
    consent: 'Samtykke',
    bridge: 'Brua',
  },
};

/** Lists that are sent whole, by kind. */
export const LIST_KINDS = ['laktiv', 'ot', 'nav', 'private-school'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** @param list `ot`, `laktiv`, `nav` or `private-school:<skolenummer>` */
export function listKind(list: string): { kind: ListKind; school: string | null } {
  const kind = LIST_KINDS.find((each) => each === list);
  if (kind !== undefined) return { kind, school: null };
  return { kind: 'private-school', school: list.slice(list.indexOf(':') + 1) };
}

export const LIST_NAMES: Written<Record<ListKind, string>> = {
  nb: {
    laktiv: 'Lærekontrakter fra VIGO, hver natt',
    ot: 'OT-listen fra VIGO, hver natt',
    nav: 'Svar fra NAV, hver måned',
    'private-school': 'Elevliste fra en privat skole',
  },
  nn: {
    laktiv: 'Lærekontraktar i VIGO, kvar natt',
    ot: 'OT-lista i VIGO, kvar natt',
    nav: 'NAV-svara, kvar månad',
    'private-school': 'Elevliste frå ein privat skule',
  },
};

/** What a code list is about. */
export const CODE_LIST_NAMES: Written<Record<ListSubject, string>> = {
  nb: {
    OT_STATUS: 'OT-status',
    SLUTTARSAK_SKOLE: 'Sluttårsak, skole',
    SLUTTARSAK_LARE: 'Sluttårsak, lærekontrakt',
    AJOURHOLD: 'Ajourhold i august',
    ONSKESTATUS: 'Ønskestatus i inntaket',
    FYLKE: 'Fylker',
    KOMMUNE: 'Kommuner',
  },
  nn: {
    OT_STATUS: 'OT-status',
    SLUTTARSAK_SKOLE: 'Sluttårsak, skule',
    SLUTTARSAK_LARE: 'Sluttårsak, lærekontrakt',
    AJOURHOLD: 'Ajourhald i august',
    ONSKESTATUS: 'Ønskestatus i inntaket',
    FYLKE: 'Fylke',
    KOMMUNE: 'Kommunar',
  },
};
