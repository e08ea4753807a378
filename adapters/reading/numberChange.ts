import * as read from './recordFields.ts';
import { identityNumber } from './recordHead.ts';
import type { RecordType } from './recordType.ts';

/**
 * A person has got another number: `fodselsnummer` is the new one. A fictive number is replaced by a D-number and that by
 * a fødselsnummer; a wrong one by the right one. Facts under either are about one person from then on.
 */
export const numberChange: RecordType = {
  fields: ['tidligereNummer', 'dato'],
  // What is hidden under the old number must be hidden under the new one, from whatever day.
  needs: ['tidligereNummer'],
  read: (fields, context) => ({
    effective: read.date(fields, 'dato') || context.reportedOn(),
    body: { kind: 'Renumbered' },
    former: identityNumber(fields, 'tidligereNummer', context),
  }),
};
