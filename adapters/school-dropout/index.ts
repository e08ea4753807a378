import type { FeedAdapter } from '../../src/core/feedAdapter.ts';
import { rowAnnulment } from '../reading/annulment.ts';
import { institutionIn } from '../reading/institution.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { schoolKind } from '../reading/schoolKind.ts';
import { schoolLeaving } from '../reading/schoolLeaving.ts';
import { SCHOOL_NUMBER } from '../reading/vigoNumber.ts';
import { type RecordFormat, readYouthRecord, recordTypes } from '../reading/youthRecord.ts';
import { SCHOOL_DROPOUT_COLUMNS } from './columns.ts';

// A school reports on its own pupils. The county of the organisation answers for them also when the school
// is in another county: the place of study is no move (Q15).

const ROWS = { avbrudd: 'each-year', 'fare-for-avbrudd': 'each-year', oppstart: 'each-year' } as const;

const FORMAT: RecordFormat = {
  feed: 'school-dropout',
  ids: 'own-or-row',
  source: (fields) => `skole:${schoolOf(fields)}`,
  ownFields: ['skolenummer'],
  types: recordTypes({
    avbrudd: {
      one: ROWS.avbrudd,
      fields: ['skolenummer', 'avbruddsdato', 'avbruddsarsak', 'moteHoldt', 'taptRett'],
      read(fields) {
        const effective = read.date(fields, 'avbruddsdato');
        read.optionalFlag(fields, 'moteHoldt');
        const lostRight = read.optionalFlag(fields, 'taptRett') ?? false;
        const body = schoolLeaving(fields, 'avbruddsarsak', effective, schoolOf(fields));
        return { effective, body: body.kind === 'Left' ? { ...body, lostRight } : body };
      },
    },
    'fare-for-avbrudd': {
      one: ROWS['fare-for-avbrudd'],
      fields: ['skolenummer', 'dato', 'motedato'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: {
          kind: 'AtRisk',
          institution: schoolOf(fields),
          meeting: read.optionalDate(fields, 'motedato'),
        },
      }),
    },
    oppstart: {
      one: ROWS.oppstart,
      fields: ['skolenummer', 'startdato', 'hovedskole', 'skoletype'],
      read: (fields) => ({
        effective: read.date(fields, 'startdato'),
        body: {
          kind: 'Started',
          training: schoolKind(fields),
          institution: schoolOf(fields),
          hovedskole: read.optionalFlag(fields, 'hovedskole'),
        },
      }),
    },
    annullering: rowAnnulment(ROWS, ['skolenummer']),
  }),
};

export const schoolDropout: FeedAdapter = {
  feed: 'school-dropout',
  title: 'Skolene: fare for avbrudd, avbrudd, oppstart, rettelse og annullering',
  read: (record, context) => readYouthRecord(FORMAT, record, context),
  institutionOf: (value) => institutionIn(value, 'skolenummer', SCHOOL_NUMBER),
  columns: SCHOOL_DROPOUT_COLUMNS,
};

function schoolOf(fields: RecordFields): string {
  return read.text(fields, 'skolenummer', SCHOOL_NUMBER);
}
