import type { IsoDate } from '../time/date.ts';

// The documents that the rules are read from, as the domain reference lists them. A rule names them by letter («K, kode
// 4.1») or by name («Udir, april 2021»).

/** A document that rules are read from. Texts in bokmål. */
export interface RuleSource {
  name: string;
  publisher: string;
  /** Which edition was read. */
  version: string;
  /** The first day that the document is known to hold; null where it does not say. */
  from: IsoDate | null;
  /** The law that it quotes, and where that is now; null for a document that quotes none. */
  law: string | null;
}

/** One of a rule's sources, with the place in it. */
export interface CitedSource extends RuleSource {
  /** As the rule has it, e.g. `K, kode 4.1`. */
  reference: string;
}

const REFERENCE: RuleSource = {
  name: 'Domenereferansen',
  publisher: 'OT Bridge',
  version: 'per 28. november 2026',
  from: null,
  law: null,
};

/** By how a reference begins. */
const SOURCES: readonly [prefix: string, source: RuleSource][] = [
  [
    'K',
    {
      name: 'Kodeverk for oppfølgingstjenesten (OT)',
      publisher: 'Utdanningsdirektoratet',
      version: 'gjelder fra 01.07.2016, tekst oppdatert februar 2019 og april 2021',
      from: '2016-07-01',
      law: null,
    },
  ],
  [
    'V',
    {
      name: 'Årsrapport fra oppfølgingstjenesten (OT) 2020–2021',
      publisher: 'Vestfold og Telemark fylkeskommune',
      version: 'september 2021',
      from: null,
      law: 'Gjengir loven som gjaldt til 31.07.2024. Fra 01.08.2024 gjelder opplæringslova § 9-4 og opplæringsforskrifta § 8-3.',
    },
  ],
  [
    'H',
    {
      name: 'Fråfall og oppfølging – tiltak',
      publisher: 'Hordaland fylkeskommune',
      version: '27. mars 2018',
      from: '2018-03-27',
      law: null,
    },
  ],
  [
    'Å',
    {
      name: 'Årshjul for oppfølgingstjenesten',
      publisher: 'et fylke som ikke er navngitt',
      version: 'uten dato',
      from: null,
      law: null,
    },
  ],
  [
    'N',
    {
      name: 'Oppfølgingsprosjektet i Ny GIV',
      publisher: 'Kunnskapsdepartementet',
      version: '2011, tall per 01.01.2011',
      from: '2011-01-01',
      law: null,
    },
  ],
  [
    'Udir',
    {
      name: 'Kodeverk for oppfølgingstjenesten (OT)',
      publisher: 'Utdanningsdirektoratet',
      version: 'oppdatert april 2021',
      from: '2021-04-01',
      law: null,
    },
  ],
  [
    'Udirs registreringshåndbok',
    {
      name: 'Registreringshåndboka',
      publisher: 'Utdanningsdirektoratet',
      version: 'felt A01, B01, B06 og C12',
      from: null,
      law: null,
    },
  ],
  [
    'Datatilsynet',
    {
      name: 'Veiledning om samtykke fra barn og unge',
      publisher: 'Datatilsynet',
      version: 'lest november 2026',
      from: null,
      law: 'Viser til vergemålsloven § 9 og barneloven § 33.',
    },
  ],
  [
    'NAV',
    {
      name: 'Åpen kildekode',
      publisher: 'NAV',
      version: 'lest november 2026',
      from: null,
      law: null,
    },
  ],
  [
    'FINT',
    {
      name: 'Informasjonsmodellen',
      publisher: 'Novari (FINT)',
      version: 'lest november 2026',
      from: null,
      law: null,
    },
  ],
  [
    'VIGO',
    {
      name: 'Grensesnittene i VIGO',
      publisher: 'Novari (VIGO)',
      version: 'lest november 2026',
      from: null,
      law: null,
    },
  ],
  ['Domenereferansen', REFERENCE],
  ['domenereferansen', REFERENCE],
];

/** @param source of a rule: references with a semicolon between them
 *  @throws when one begins as no known source does: a rule must be traceable */
export function sourcesOf(source: string): CitedSource[] {
  return source.split('; ').map((reference) => {
    const beginning = reference.split(/[,:]/)[0] ?? '';
    const found = SOURCES.find(([prefix]) => prefix === beginning.trim());
    if (found === undefined) throw new Error(`no source is known as «${beginning}»`);
    return { ...found[1], reference };
  });
}
