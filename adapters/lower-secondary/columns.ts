import type { FeedColumns, FeedRowType } from '../../src/core/feedColumns.ts';
import {
  annulmentColumns,
  DATE_COLUMN,
  EVENT_COLUMNS,
  FIRST_EDITION,
  only,
  PERSON_COLUMNS,
  SCHOOL_YEAR_COLUMN,
  typeColumn,
} from '../reading/listColumns.ts';

const ROWS: readonly FeedRowType[] = [
  {
    code: 'uten-planer',
    label: 'Uten planer',
    example: { skole: '974603268', skolear: '2026-27', dato: '20.05.2026', motedato: '02.06.2026' },
  },
];

const ANNULMENT: FeedRowType = {
  code: 'annullering',
  label: 'Annullering',
  example: { skole: '974603268', annullererType: 'Uten planer', skolear: '2026-27' },
};

export const LOWER_SECONDARY_COLUMNS: FeedColumns = {
  title: 'Elever på 10. trinn uten planer for neste skoleår',
  types: [...ROWS, ANNULMENT],
  ids: 'own-or-row',
  editions: FIRST_EDITION,
  columns: [
    typeColumn([...ROWS, ANNULMENT]),
    ...PERSON_COLUMNS,
    {
      field: 'skole',
      heading: 'Skole',
      also: ['skolenummer', 'skolenr', 'organisasjonsnummer', 'orgnr', 'skule'],
      kind: 'digits',
      help: 'VIGOs skolenummer (fem sifre) eller organisasjonsnummer (ni sifre)',
      types: null,
    },
    SCHOOL_YEAR_COLUMN,
    only(DATE_COLUMN, 'uten-planer'),
    {
      field: 'motedato',
      heading: 'Møtedato',
      also: ['dato for møte'],
      kind: 'date',
      help: 'kan være tom',
      types: ['uten-planer'],
    },
    ...annulmentColumns(ROWS),
    ...EVENT_COLUMNS,
  ],
};
