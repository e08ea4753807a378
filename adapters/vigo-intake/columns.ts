import { schoolReasonsOn } from '../../src/core/codelists/leaveReason.ts';
import { WISH_CHOICES } from '../../src/core/codelists/wishStatus.ts';
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

const YEAR = { skolear: '2026-27' };

const ROWS: readonly FeedRowType[] = [
  { code: 'ikkesoker', label: 'Ikkesøker', example: { ...YEAR, dato: '15.03.2026' } },
  { code: 'neisvar', label: 'Nei-svar', example: { ...YEAR, dato: '20.07.2026' } },
  { code: 'ikkemott', label: 'Ikke møtt', example: { ...YEAR, dato: '25.08.2026', skolenummer: '40014' } },
  {
    code: 'tidligslutter',
    label: 'Tidligslutter',
    example: { dato: '28.08.2026', skolenummer: '40014', avbruddsarsak: 'Feilvalg' },
  },
  { code: 'sen-soknad', label: 'Sen søknad', example: { ...YEAR, dato: '02.09.2026' } },
  { code: 'plass', label: 'Plass', example: { dato: '17.08.2026', skolenummer: '40014' } },
];

const OTHERS: readonly FeedRowType[] = [
  {
    code: 'onskestatus',
    label: 'Ønskestatus',
    example: { ...YEAR, dato: '01.08.2026', onskestatus: 'TASINN' },
  },
  {
    code: 'nummerendring',
    label: 'Nummerendring',
    example: { dato: '05.10.2026', tidligereNummer: 'EKSEMPEL' },
  },
  { code: 'annullering', label: 'Annullering', example: { ...YEAR, annullererType: 'Nei-svar' } },
];

const WITH_SCHOOL = ['neisvar', 'ikkemott', 'tidligslutter', 'plass', 'onskestatus', 'annullering'];
const WITH_YEAR = ['ikkesoker', 'neisvar', 'ikkemott', 'sen-soknad', 'onskestatus', 'annullering'];

export const VIGO_INTAKE_COLUMNS: FeedColumns = {
  title: 'Ikkesøkere, nei-svar, ikke møtte, tidligsluttere og sene søknader',
  types: [...ROWS, ...OTHERS],
  ids: 'own-or-row',
  editions: FIRST_EDITION,
  columns: [
    typeColumn([...ROWS, ...OTHERS]),
    ...PERSON_COLUMNS,
    only(SCHOOL_YEAR_COLUMN, ...WITH_YEAR),
    only(
      DATE_COLUMN,
      ...[...ROWS, ...OTHERS].map(({ code }) => code).filter((code) => code !== 'annullering'),
    ),
    only(SCHOOL_COLUMN, ...WITH_SCHOOL),
    {
      field: 'fylkesnummer',
      heading: 'Fylkesnummer',
      also: ['fylkesnr', 'fylke'],
      kind: 'digits',
      help: 'to sifre; kan være tom',
      types: [...ROWS.map(({ code }) => code), 'onskestatus', 'annullering'],
    },
    {
      field: 'avbruddsarsak',
      heading: 'Avbruddsårsak',
      also: ['årsak', 'sluttårsak'],
      kind: 'code',
      help: 'koden eller navnet i B06; kan være tom',
      codes: schoolReasonsOn,
      types: ['tidligslutter'],
    },
    {
      field: 'skoletype',
      heading: 'Skoletype',
      also: [],
      kind: 'code',
      help: 'offentlig eller privat; kan være tom',
      codes: () => SCHOOL_KINDS,
      types: ['plass'],
    },
    {
      field: 'onskestatus',
      heading: 'Ønskestatus',
      also: ['ønskjestatus', 'status på ønsket'],
      kind: 'code',
      help: 'VIGOs kode, nummer eller navn, for eksempel STRNLV eller Nei til Vg3 i skole',
      codes: () => WISH_CHOICES,
      types: ['onskestatus'],
    },
    {
      field: 'tidligereNummer',
      heading: 'Tidligere nummer',
      also: ['gammelt fødselsnummer', 'gammelt nummer'],
      kind: 'digits',
      help: 'elleve sifre, formatert som tekst',
      types: ['nummerendring'],
    },
    ...annulmentColumns(ROWS),
    ...EVENT_COLUMNS,
  ],
};
