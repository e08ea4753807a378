import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import type { Told } from '../reading/recordType.ts';

/** Somebody turned to OT without a referral. Who it was is not told, only whether it was the youth. */
export function readReferral(fields: RecordFields): Told {
  return {
    effective: read.date(fields, 'dato'),
    body: { kind: 'Referral', by: read.choice(fields, 'fra', ['SELV', 'FORESATT', 'ANDRE']) },
  };
}
