import type { FeedAdapter } from '../../src/core/feedAdapter.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { ANNULMENT_FIELDS, ANNULMENT_NEEDS, readAnnulment } from '../reading/annulment.ts';
import * as read from '../reading/recordFields.ts';
import { emptyList, unpackList } from '../reading/vigoList.ts';
import { type RecordFormat, readYouthRecord, recordTypes } from '../reading/youthRecord.ts';
import { readAttempt, readContact } from './contact.ts';
import { readHandover } from './handover.ts';
import { readMeasure } from './measure.ts';
import { readReferral } from './referral.ts';
import { readRegisterRow } from './registerRow.ts';
import { readRecode, readStatus } from './status.ts';

// What an OT system reports of its advisers' work. `kilde` says which system or unit, so that two systems may use the
// same event ids.

const FORMAT: RecordFormat = {
  feed: 'ot-adviser',
  ids: 'own',
  source: (fields) => read.text(fields, 'kilde', SOURCE),
  ownFields: ['kilde'],
  types: recordTypes({
    kontaktforsok: {
      fields: ['kilde', 'dato', 'kanal', 'besvart', 'besvartAv', 'grunn', 'skolear', 'brev'],
      read: readAttempt,
    },
    kontakt: { fields: ['kilde', 'dato', 'via', 'grunn', 'skolear'], read: readContact },
    status: {
      fields: ['kilde', 'dato', 'skolear', 'kode', 'viaOT', 'innlest', 'grunnlag', 'fastholdtFordi', 'enhet'],
      read: readStatus,
    },
    tiltak: { fields: ['kilde', 'dato', 'eier', 'innhold', 'til'], read: readMeasure },
    henvendelse: { fields: ['kilde', 'dato', 'fra'], read: readReferral },
    overlevering: { fields: ['kilde', 'dato', 'tilFylke', 'fraFylke', 'svar', 'enhet'], read: readHandover },
    omkoding: { fields: ['kilde', 'dato', 'skolear', 'tilmeldingskode'], read: readRecode },
    annullering: { fields: ['kilde', ...ANNULMENT_FIELDS], needs: ANNULMENT_NEEDS, read: readAnnulment },
  }),
};

const SOURCE: read.TextForm = {
  accepts: (text) => /^ot:(\d{5}|[a-z][a-z-]{1,19})$/.test(text),
  must: FIELD.nb.noSource,
  cure: CURE.nb.otSource,
};

export const otAdviser: FeedAdapter = {
  feed: 'ot-adviser',
  title:
    'Oppfølgingstjenesten: kontaktforsøk, kontakt, status, omkoding, tiltak, henvendelse og overlevering, og VIGOs nattlige OT-liste',
  read: (record, context) =>
    // VIGO's rows have no `type` of ours, but always the object `otData`.
    read.isRecord(record.value) && 'otData' in record.value
      ? readRegisterRow(record, record.value, context)
      : (emptyList(record, 'ot', 'otungdommer') ?? readYouthRecord(FORMAT, record, context)),
  unpack: (value, runId) => unpackList(value, runId, 'ot', 'otungdommer'),
};
