import type { FeedAdapter } from '../../src/core/feedAdapter.ts';
import { ANNULMENT_FIELDS, ANNULMENT_NEEDS, readAnnulment } from '../reading/annulment.ts';
import { institutionIn } from '../reading/institution.ts';
import * as read from '../reading/recordFields.ts';
import { emptyList, unpackList } from '../reading/vigoList.ts';
import { ORGANISATION_NUMBER } from '../reading/vigoNumber.ts';
import { type RecordFormat, readYouthRecord, recordTypes } from '../reading/youthRecord.ts';
import { readActiveContract } from './activeContract.ts';
import { APPRENTICESHIP_COLUMNS } from './columns.ts';
import { readContract, readTermination } from './contract.ts';

const FORMAT: RecordFormat = {
  feed: 'apprenticeship',
  ids: 'own',
  source: (_fields, context) => `fagopplaring:${context.county}`,
  ownFields: [],
  types: recordTypes({
    heving: {
      fields: ['bedriftsnummer', 'sluttdato', 'sluttaarsak', 'taptRett'],
      read: readTermination,
    },
    kontrakt: { fields: ['bedriftsnummer', 'startdato'], read: readContract },
    annullering: { fields: ANNULMENT_FIELDS, needs: ANNULMENT_NEEDS, read: readAnnulment },
  }),
};

export const apprenticeship: FeedAdapter = {
  feed: 'apprenticeship',
  title: 'Fagopplæring: heving og kontrakter, og VIGOs liste over aktive kontrakter',
  read: (record, context) =>
    // VIGO's rows have no `type` of ours, but always the object `elev`.
    read.isRecord(record.value) && 'elev' in record.value
      ? readActiveContract(record, record.value, context)
      : (emptyList(record, 'laktiv', 'kontrakter') ?? readYouthRecord(FORMAT, record, context)),
  institutionOf: (value) => institutionIn(value, 'bedriftsnummer', ORGANISATION_NUMBER),
  unpack: (value, runId) => unpackList(value, runId, 'laktiv', 'kontrakter'),
  columns: APPRENTICESHIP_COLUMNS,
};
