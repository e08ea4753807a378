import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import type { RecordContent } from '../reading/recordType.ts';

/** A request for help without a referral. Who made it is not reported, only whether it was the youth. */
export function readReferral(fields: RecordFields): RecordContent {
  return {
    effective: read.date(fields, 'dato'),
    body: { kind: 'Referral', by: read.choice(fields, 'fra', ['SELV', 'FORESATT', 'ANDRE']) },
  };
}
