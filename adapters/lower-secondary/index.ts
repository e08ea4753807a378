import type { FeedAdapter } from '../../src/core/feedAdapter.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { rowAnnulment } from '../reading/annulment.ts';
import { institutionIn } from '../reading/institution.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { schoolYear } from '../reading/schoolYearField.ts';
import { ORGANISATION_NUMBER, SCHOOL_NUMBER } from '../reading/vigoNumber.ts';
import { type RecordFormat, readYouthRecord, recordTypes } from '../reading/youthRecord.ts';
import { LOWER_SECONDARY_COLUMNS } from './columns.ts';

// A lower secondary school reports which of its tenth-graders have no plans. Such schools are the municipalities', and
// not all of them have a VIGO number, so the organisation number serves as well.

const SCHOOL: read.TextForm = {
  accepts: (text) => SCHOOL_NUMBER.accepts(text) || ORGANISATION_NUMBER.accepts(text),
  must: FIELD.nb.noSchool,
  cure: CURE.nb.school,
};

const ROWS = { 'uten-planer': 'each-year' } as const;

const FORMAT: RecordFormat = {
  feed: 'lower-secondary',
  ids: 'own-or-row',
  source: (fields) => `grunnskole:${schoolOf(fields)}`,
  ownFields: ['skole'],
  types: recordTypes({
    'uten-planer': {
      one: ROWS['uten-planer'],
      fields: ['skole', 'skolear', 'dato', 'motedato'],
      read: (fields) => ({
        effective: read.date(fields, 'dato'),
        body: {
          kind: 'WithoutPlans',
          schoolYear: schoolYear(fields, 'skolear'),
          institution: schoolOf(fields),
          meeting: read.optionalDate(fields, 'motedato'),
        },
      }),
    },
    annullering: rowAnnulment(ROWS, ['skole']),
  }),
};

export const lowerSecondary: FeedAdapter = {
  feed: 'lower-secondary',
  title: 'Ungdomsskolene: elever på 10. trinn uten planer for neste skoleår',
  read: (record, context) => readYouthRecord(FORMAT, record, context),
  institutionOf: (value) => institutionIn(value, 'skole', SCHOOL),
  columns: LOWER_SECONDARY_COLUMNS,
};

function schoolOf(fields: RecordFields): string {
  return read.text(fields, 'skole', SCHOOL);
}
