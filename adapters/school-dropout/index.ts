import * as read from '../../src/core/recordFields.ts';
import { SCHOOL_NUMBER } from '../../src/core/vigoNumber.ts';
import type { FeedAdapter } from '../../src/intake/adapter.ts';
import { schoolKind } from '../schoolKind.ts';
import { schoolLeaving } from '../schoolLeaving.ts';
import {
  ANNULMENT_FIELDS,
  type RecordFormat,
  readAnnulment,
  readYouthRecord,
  recordTypes,
} from '../youthRecord.ts';

// A school reports on its own pupils. The county of the organisation answers for them also when the school
// stands in another county: where one studies is no move (Q15).

const FORMAT: RecordFormat = {
  feed: 'school-dropout',
  ids: 'own-or-content',
  source: (fields) => `skole:${schoolOf(fields)}`,
  types: recordTypes({
    avbrudd: {
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
    annullering: { fields: ['skolenummer', ...ANNULMENT_FIELDS], read: readAnnulment },
  }),
};

export const schoolDropout: FeedAdapter = {
  feed: 'school-dropout',
  title: 'Skolene: fare for avbrudd, avbrudd, oppstart, rettelse og annullering',
  read: (record, context) => readYouthRecord(FORMAT, record, context),
};

function schoolOf(fields: read.RecordFields): string {
  return read.text(fields, 'skolenummer', SCHOOL_NUMBER);
}
