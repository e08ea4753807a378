import type { ListSubject } from '../core/codelists/published.ts';
import type { Written } from '../core/language.ts';
import type { Feed } from '../core/youth/statusEvent.ts';
import type { JobName } from '../telemetry/jobBook.ts';

// Names of what the bridge takes in, for people.

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

/** Jobs that go by themselves. */
export const JOB_NAMES: Written<Record<JobName, string>> = {
  nb: {
    deadlines: 'Frister som forfaller',
    lists: 'Hele lister',
    nav: 'Lister til NAV og svar derfra',
    vigo: 'Henting fra VIGO',
    lanes: 'Tilsyn med partisjonene',
    reports: 'Rapporter på tellingsdager',
    sheets: 'Rapporter i konsollen',
    worklists: 'Arbeidslistene',
    overview: 'Etterslepet i strømmene',
    checkpoints: 'Sjekkpunkter av revisjonssporet',
    replays: 'Omsendinger til mottakere',
    receivers: 'Tilsyn med mottakerne',
    cleaning: 'Sletting av gamle leveringer',
    sessions: 'Sletting av utløpte innlogginger',
    'vigo-topic': 'Filer til VIGO',
    'fint-topic': 'FINT-visningen',
  },
  nn: {
    deadlines: 'Fristar som forfell',
    lists: 'Heile lister',
    nav: 'Lister til NAV og svar derifrå',
    vigo: 'Henting frå VIGO',
    lanes: 'Tilsyn med partisjonane',
    reports: 'Rapportar på teljingsdagar',
    sheets: 'Rapportar i konsollen',
    worklists: 'Arbeidslistene',
    overview: 'Etterslepet i straumane',
    checkpoints: 'Sjekkpunkt av revisjonssporet',
    replays: 'Omsendingar til mottakarar',
    receivers: 'Tilsyn med mottakarane',
    cleaning: 'Sletting av gamle leveringar',
    sessions: 'Sletting av utgåtte innloggingar',
    'vigo-topic': 'Filer til VIGO',
    'fint-topic': 'FINT-visinga',
  },
};
