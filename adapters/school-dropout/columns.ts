import { schoolReasonsOn } from '../../src/core/codelists/leaveReason.ts';
import type { FeedColumns, FeedRowType } from '../../src/core/feedColumns.ts';
import {
  annulmentColumns,
  DATE_COLUMN,
  EVENT_COLUMNS,
  FIRST_EDITION,
  only,
  PERSON_COLUMNS,
  SCHOOL_COLUMN,
  SCHOOL_YEAR_COLUMN,
  typeColumn,
} from '../reading/listColumns.ts';
import { SCHOOL_KINDS } from '../reading/schoolKind.ts';

const ROWS: readonly FeedRowType[] = [
  {
    code: 'avbrudd',
    label: 'Avbrudd',
    example: { skolenummer: '40014', avbruddsdato: '06.10.2026', avbruddsarsak: 'Feilvalg', moteHoldt: 'ja' },
  },
  {
    code: 'fare-for-avbrudd',
    label: 'Fare for avbrudd',
    example: { skolenummer: '40014', dato: '06.10.2026', motedato: '09.10.2026' },
  },
  {
    code: 'oppstart',
    label: 'Oppstart',
    example: { skolenummer: '40014', startdato: '17.08.2026', skoletype: 'offentlig' },
  },
];

const ANNULMENT: FeedRowType = {
  code: 'annullering',
  label: 'Annullering',
  example: { skolenummer: '40014', annullererType: 'Avbrudd', skolear: '2026-27' },
};

export const SCHOOL_DROPOUT_COLUMNS: FeedColumns = {
  title: 'Avbrudd, fare for avbrudd og oppstart',
  types: [...ROWS, ANNULMENT],
  ids: 'own-or-row',
  editions: FIRST_EDITION,
  columns: [
    typeColumn([...ROWS, ANNULMENT]),
    ...PERSON_COLUMNS,
    SCHOOL_COLUMN,
    {
      field: 'avbruddsdato',
      heading: 'Avbruddsdato',
      also: ['sluttdato', 'sluttet', 'slutta', 'siste skoledag', 'avbrotsdato'],
      kind: 'date',
      help: 'dagen eleven sluttet',
      types: ['avbrudd'],
    },
    {
      field: 'avbruddsarsak',
      heading: 'Avbruddsårsak',
      also: ['årsak', 'sluttårsak', 'avbrotsårsak'],
      kind: 'code',
      help: 'koden eller navnet i B06, for eksempel FV eller Feilvalg',
      codes: schoolReasonsOn,
      types: ['avbrudd'],
    },
    {
      field: 'moteHoldt',
      heading: 'Møte holdt',
      also: ['avklaringsmøte holdt'],
      kind: 'flag',
      help: 'ja eller nei; kan være tom',
      types: ['avbrudd'],
    },
    {
      field: 'taptRett',
      heading: 'Tapt rett',
      also: ['bortvist med tap av rett'],
      kind: 'flag',
      help: 'ja når eleven er bortvist og har mistet retten; ellers tom',
      types: ['avbrudd'],
    },
    only(DATE_COLUMN, 'fare-for-avbrudd'),
    {
      field: 'motedato',
      heading: 'Møtedato',
      also: ['dato for møte'],
      kind: 'date',
      help: 'kan være tom',
      types: ['fare-for-avbrudd'],
    },
    {
      field: 'startdato',
      heading: 'Startdato',
      also: ['begynte'],
      kind: 'date',
      help: 'dagen eleven begynte',
      types: ['oppstart'],
    },
    {
      field: 'hovedskole',
      heading: 'Hovedskole',
      also: [],
      kind: 'flag',
      help: 'nei når eleven har hovedplassen sin et annet sted; ellers tom',
      types: ['oppstart'],
    },
    {
      field: 'skoletype',
      heading: 'Skoletype',
      also: [],
      kind: 'code',
      help: 'offentlig eller privat; kan være tom',
      codes: () => SCHOOL_KINDS,
      types: ['oppstart'],
    },
    ...annulmentColumns(ROWS),
    only(SCHOOL_YEAR_COLUMN, 'annullering'),
    ...EVENT_COLUMNS,
  ],
};
