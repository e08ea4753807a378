import { apprenticeshipReasonsOn } from '../../src/core/codelists/leaveReason.ts';
import type { FeedColumns, FeedRowType } from '../../src/core/feedColumns.ts';
import {
  annulmentColumns,
  EVENT_COLUMNS,
  FIRST_EDITION,
  PERSON_COLUMNS,
  typeColumn,
} from '../reading/listColumns.ts';

const ROWS: readonly FeedRowType[] = [
  {
    code: 'heving',
    label: 'Heving',
    example: {
      id: 'heving-2026-17',
      bedriftsnummer: '974603268',
      sluttdato: '06.10.2026',
      sluttaarsak: 'Feilvalg',
    },
  },
  {
    code: 'kontrakt',
    label: 'Kontrakt',
    example: { id: 'kontrakt-2026-17', bedriftsnummer: '974603268', startdato: '01.09.2026' },
  },
  {
    code: 'annullering',
    label: 'Annullering',
    example: { id: 'annullering-2026-3', annullerer: 'heving-2026-17' },
  },
];

export const APPRENTICESHIP_COLUMNS: FeedColumns = {
  title: 'Hevinger og kontrakter i fagopplæringen',
  types: ROWS,
  ids: 'own',
  editions: FIRST_EDITION,
  columns: [
    typeColumn(ROWS),
    ...EVENT_COLUMNS,
    ...PERSON_COLUMNS,
    {
      field: 'bedriftsnummer',
      heading: 'Bedriftsnummer',
      also: ['organisasjonsnummer', 'orgnr', 'org.nr', 'bedrift'],
      kind: 'digits',
      help: 'ni sifre',
      types: ['heving', 'kontrakt'],
    },
    {
      field: 'sluttdato',
      heading: 'Sluttdato',
      also: ['hevet dato', 'hevingsdato', 'avsluttet'],
      kind: 'date',
      help: 'dagen kontrakten sluttet',
      types: ['heving'],
    },
    {
      field: 'sluttaarsak',
      heading: 'Sluttårsak',
      also: ['årsak', 'hevingsårsak'],
      kind: 'code',
      help: 'koden eller navnet i C12, for eksempel FV eller Feilvalg',
      codes: apprenticeshipReasonsOn,
      types: ['heving'],
    },
    {
      field: 'taptRett',
      heading: 'Tapt rett',
      also: [],
      kind: 'flag',
      help: 'ja når retten er tapt; ellers tom',
      types: ['heving'],
    },
    {
      field: 'startdato',
      heading: 'Startdato',
      also: ['kontrakt fra'],
      kind: 'date',
      help: 'dagen kontrakten begynner',
      types: ['kontrakt'],
    },
    ...annulmentColumns([]),
  ],
};
