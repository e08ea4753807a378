import type { FeedColumns, FeedRowType } from '../../src/core/feedColumns.ts';
import {
  DATE_COLUMN,
  FIRST_EDITION,
  PERSON_COLUMNS,
  SCHOOL_COLUMN,
  typeColumn,
} from '../reading/listColumns.ts';

const ROWS: readonly FeedRowType[] = [
  {
    code: 'elev',
    label: 'Elev',
    example: { skolenummer: '40014', dato: '01.10.2026', startdato: '17.08.2026' },
  },
];

export const PRIVATE_SCHOOL_COLUMNS: FeedColumns = {
  title: 'Elever ved en privat videregående skole',
  types: ROWS,
  ids: 'own-or-row',
  editions: FIRST_EDITION,
  columns: [
    typeColumn(ROWS),
    ...PERSON_COLUMNS,
    SCHOOL_COLUMN,
    { ...DATE_COLUMN, help: 'dagen listen gjelder' },
    {
      field: 'startdato',
      heading: 'Startdato',
      also: ['begynte', 'elev fra'],
      kind: 'date',
      help: 'dagen eleven begynte',
      types: null,
    },
    {
      field: 'sluttdato',
      heading: 'Sluttdato',
      also: ['sluttet', 'elev til'],
      kind: 'date',
      help: 'siste dag; tom så lenge eleven går der',
      types: null,
    },
  ],
};
