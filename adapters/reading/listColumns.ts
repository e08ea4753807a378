import type { FeedColumn, FeedRowType, TemplateEdition } from '../../src/core/feedColumns.ts';

// Columns that the lists of several feeds share.

/** What the feed's rows report, when there are several kinds of them. */
export function typeColumn(types: readonly FeedRowType[]): FeedColumn {
  return {
    field: 'type',
    heading: 'Hva raden gjelder',
    also: ['hendelse', 'hendelsestype', 'gjelder'],
    kind: 'type',
    help: `en av disse: ${types.map(({ label }) => label).join(', ')}`,
    types: null,
  };
}

export const PERSON_COLUMNS: readonly FeedColumn[] = [
  {
    field: 'fodselsnummer',
    heading: 'Fødselsnummer',
    also: [
      'fnr',
      'f.nr',
      'fødselsnr',
      'personnummer',
      'personnr',
      'fødsels- og personnummer',
      'd-nummer',
      'fødselsnummer/d-nummer',
    ],
    kind: 'digits',
    help: 'elleve sifre, formatert som tekst',
    types: null,
  },
  {
    field: 'fodselsdato',
    heading: 'Fødselsdato',
    also: ['født', 'f.dato', 'fødd'],
    kind: 'date',
    help: 'dag, måned og år; kan være tom',
    types: null,
  },
  {
    field: 'navn',
    heading: 'Navn',
    also: ['elevnavn', 'fullt navn', 'elev', 'namn'],
    kind: 'text',
    help: 'fornavn og etternavn; kan være tom',
    types: null,
  },
  {
    field: 'fornavn',
    heading: 'Fornavn',
    also: ['førenamn'],
    kind: 'text',
    help: 'kan være tom',
    types: null,
  },
  {
    field: 'etternavn',
    heading: 'Etternavn',
    also: ['etternamn'],
    kind: 'text',
    help: 'kan være tom',
    types: null,
  },
];

/** How a row is named, so that it can be corrected and taken back. */
export const EVENT_COLUMNS: readonly FeedColumn[] = [
  {
    field: 'id',
    heading: 'Hendelses-id',
    also: ['hendelsesid', 'referanse'],
    kind: 'text',
    help: 'avsenderens egen id for hendelsen, aldri et fødselsnummer',
    types: null,
  },
  {
    field: 'version',
    heading: 'Versjon',
    also: ['versjonsnummer'],
    kind: 'number',
    help: '1, og høyere for en rettelse',
    types: null,
  },
];

export const SCHOOL_COLUMN: FeedColumn = {
  field: 'skolenummer',
  heading: 'Skolenummer',
  also: ['skolenr', 'vigo-nummer', 'vigonr', 'skulenummer'],
  kind: 'digits',
  help: 'VIGOs skolenummer, fem sifre, formatert som tekst',
  types: null,
};

export const DATE_COLUMN: FeedColumn = {
  field: 'dato',
  heading: 'Dato',
  also: ['hendelsesdato', 'gjelder fra', 'meldt dato'],
  kind: 'date',
  help: 'dagen det gjelder fra',
  types: null,
};

export const SCHOOL_YEAR_COLUMN: FeedColumn = {
  field: 'skolear',
  heading: 'Skoleår',
  also: ['skuleår', 'søkeår', 'inntaksår'],
  kind: 'school-year',
  help: 'begge år, for eksempel 2026-27',
  types: null,
};

export function only(column: FeedColumn, ...types: readonly string[]): FeedColumn {
  return { ...column, types };
}

/** What takes an earlier row back. */
export function annulmentColumns(rows: readonly FeedRowType[]): readonly FeedColumn[] {
  const types = ['annullering'];
  return [
    {
      field: 'annullerer',
      heading: 'Annullerer',
      also: ['annullerer id'],
      kind: 'text',
      help: 'hendelses-id-en til raden som trekkes tilbake',
      types,
    },
    ...(rows.length === 0
      ? []
      : [
          {
            field: 'annullererType',
            heading: 'Annullerer type',
            also: ['annullert hendelse'],
            kind: 'type' as const,
            help: `hva raden gjaldt, når den ikke hadde id: ${rows.map(({ label }) => label).join(', ')}`,
            types,
            codes: () => rows.map(({ code, label }) => ({ code, text: label })),
          },
        ]),
  ];
}

export const FIRST_EDITION: readonly [TemplateEdition] = [
  { edition: 1, from: '2026-12-01', news: 'Første utgave.' },
];
