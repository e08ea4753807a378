import type { FeedAdapter } from '../../src/core/feedAdapter.ts';
import { ANNULMENT_FIELDS, ANNULMENT_NEEDS, readAnnulment } from '../reading/annulment.ts';
import { numberChange } from '../reading/numberChange.ts';
import { type RecordFormat, readYouthRecord, recordTypes } from '../reading/youthRecord.ts';
import { readProtection } from './protection.ts';
import { RESIDENCE_FIELDS, readEmigration, readResidence } from './residence.ts';

// What the county's subscription to Folkeregisteret reports about youths. An `annullering` takes a whole event back; a
// higher version corrects it.

const FORMAT: RecordFormat = {
  feed: 'folkeregister',
  ids: 'own',
  source: () => 'folkeregisteret',
  ownFields: [],
  types: recordTypes({
    flytting: { fields: RESIDENCE_FIELDS, read: readResidence },
    innvandring: { fields: RESIDENCE_FIELDS, read: readResidence },
    utvandring: { fields: ['dato'], read: readEmigration },
    adressebeskyttelse: { fields: ['dato', 'gradering'], needs: [], read: readProtection },
    nummerendring: numberChange,
    annullering: { fields: ANNULMENT_FIELDS, needs: ANNULMENT_NEEDS, read: readAnnulment },
  }),
};

export const folkeregister: FeedAdapter = {
  feed: 'folkeregister',
  title: 'Folkeregisteret: flytting, utvandring, innvandring, adressebeskyttelse og nummerendring',
  read: (record, context) => readYouthRecord(FORMAT, record, context),
};
