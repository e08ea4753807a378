import { follows } from '../../src/core/derive/county/restructuring.ts';
import type { FeedAdapter } from '../../src/core/feedAdapter.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { ROW } from '../../src/core/sentences/rows.ts';
import { rowAnnulment } from '../reading/annulment.ts';
import { numberChange } from '../reading/numberChange.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { note } from '../reading/recordProblems.ts';
import { schoolKind } from '../reading/schoolKind.ts';
import { schoolLeaving } from '../reading/schoolLeaving.ts';
import { schoolYear } from '../reading/schoolYearField.ts';
import { COUNTY_NUMBER, SCHOOL_NUMBER } from '../reading/vigoNumber.ts';
import { type RecordFormat, readYouthRecord, recordTypes } from '../reading/youthRecord.ts';
import { VIGO_INTAKE_COLUMNS } from './columns.ts';
import { readWish } from './wish.ts';

// The intake office reports what VIGO knows about applications and places. `skolear` is the year applied for,
// which in spring is not the year of the date (I01).

// A wish is not among them: a youth has several, and a row does not say which of them it is.
const ROWS = {
  ikkesoker: 'each-year',
  neisvar: 'each-year',
  ikkemott: 'each-year-and-school',
  tidligslutter: 'each-year-and-school',
  'sen-soknad': 'each-year',
  plass: 'each-year-and-school',
} as const;

const FORMAT: RecordFormat = {
  feed: 'vigo-intake',
  ids: 'own-or-row',
  source: () => 'vigo',
  ownFields: ['fylkesnummer'],
  // A row from before the county was split or joined has the number of that time, and keeps it (O07).
  county(fields, context) {
    const county = countyNumber(read.optionalText(fields, 'fylkesnummer', COUNTY_NUMBER) ?? context.county);
    if (county !== context.county && !follows(county, context.county)) noteCounty(fields);
    return county;
  },
  types: recordTypes({
    ikkesoker: {
      one: ROWS.ikkesoker,
      fields: ['fylkesnummer', 'skolear', 'dato'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: { kind: 'NotApplied', schoolYear: schoolYear(fields, 'skolear') },
      }),
    },
    neisvar: {
      one: ROWS.neisvar,
      fields: ['fylkesnummer', 'skolear', 'dato', 'skolenummer'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: {
          kind: 'PlaceDeclined',
          schoolYear: schoolYear(fields, 'skolear'),
          code: null,
          institution: schoolIfTold(fields),
        },
      }),
    },
    ikkemott: {
      one: ROWS.ikkemott,
      fields: ['fylkesnummer', 'skolear', 'dato', 'skolenummer'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: {
          kind: 'NoShow',
          schoolYear: schoolYear(fields, 'skolear'),
          institution: schoolIfTold(fields),
        },
      }),
    },
    tidligslutter: {
      one: ROWS.tidligslutter,
      fields: ['fylkesnummer', 'dato', 'skolenummer', 'avbruddsarsak'],
      read(fields) {
        const effective = read.date(fields, 'dato');
        return { effective, body: schoolLeaving(fields, 'avbruddsarsak', effective, schoolOf(fields), 'AF') };
      },
    },
    'sen-soknad': {
      one: ROWS['sen-soknad'],
      fields: ['fylkesnummer', 'skolear', 'dato'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: { kind: 'Applied', schoolYear: schoolYear(fields, 'skolear') },
      }),
    },
    plass: {
      one: ROWS.plass,
      fields: ['fylkesnummer', 'dato', 'skolenummer', 'skoletype'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: {
          kind: 'Started',
          training: schoolKind(fields),
          institution: schoolOf(fields),
          hovedskole: null,
        },
      }),
    },
    onskestatus: {
      fields: ['fylkesnummer', 'skolear', 'dato', 'onskestatus', 'skolenummer'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: readWish(fields, schoolYear(fields, 'skolear'), schoolIfTold(fields)),
      }),
    },
    nummerendring: numberChange,
    annullering: rowAnnulment(ROWS, ['fylkesnummer']),
  }),
};

export const vigoIntake: FeedAdapter = {
  feed: 'vigo-intake',
  title: 'Inntakskontoret: ikkesøkere, neisvar, ikkemøtte, tidligsluttere, sene søknader og plasser fra VIGO',
  read: (record, context) => readYouthRecord(FORMAT, record, context),
  columns: VIGO_INTAKE_COLUMNS,
};

function schoolOf(fields: RecordFields): string {
  return read.text(fields, 'skolenummer', SCHOOL_NUMBER);
}

function schoolIfTold(fields: RecordFields): string | null {
  return read.optionalText(fields, 'skolenummer', SCHOOL_NUMBER);
}

function noteCounty(fields: RecordFields): void {
  note(fields, 'fylkesnummer', {
    code: 'WRONG_COUNTY',
    text: ROW.nb.otherCounty,
    cure: ROW.nb.otherCountyCure,
  });
}
