import { apprenticeshipReason, apprenticeshipReasonChoice } from '../../src/core/codelists/leaveReason.ts';
import { reasonCure } from '../reading/codeCure.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteCode } from '../reading/recordProblems.ts';
import type { RecordContent } from '../reading/recordType.ts';
import { ORGANISATION_NUMBER } from '../reading/vigoNumber.ts';

/** A contract that ended before its time, or by a final test: what the reason leads to is the core's to decide. */
export function readTermination(fields: RecordFields): RecordContent {
  const effective = read.date(fields, 'sluttdato');
  const raw = read.text(fields, 'sluttaarsak', read.CODE);
  const reason = apprenticeshipReason(raw, effective);
  // One published version of C12: a code that is not in it has never been one.
  if (reason === undefined && raw !== '')
    noteCode(fields, 'sluttaarsak', 'UNKNOWN_CODE', reasonCure(apprenticeshipReasonChoice(effective, raw)));
  return {
    effective,
    body: {
      kind: 'Left',
      training: 'apprenticeship',
      institution: firmOf(fields),
      reason: reason?.code ?? '',
      list: reason?.list ?? '',
      lostRight: read.optionalFlag(fields, 'taptRett') ?? false,
    },
  };
}

export function readContract(fields: RecordFields): RecordContent {
  return {
    effective: read.date(fields, 'startdato'),
    body: { kind: 'Started', training: 'apprenticeship', institution: firmOf(fields), hovedskole: null },
  };
}

function firmOf(fields: RecordFields): string {
  return read.text(fields, 'bedriftsnummer', ORGANISATION_NUMBER);
}
