import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';
import { noteInvalid } from './recordProblems.ts';

// Batch ids of the monthly NAV list, as the extract names them: `B-2026-11`, delivered again as `B-2026-11b`,
// `B-2026-11c` …

/** What the id says of a month's batch; '' and problems when broken. */
export interface NavBatch {
  batch: string;
  month: string;
  /** 1 for the first delivery, 2 for `b` … A later delivery corrects the answers of an earlier one (N03). */
  version: number;
}

const BATCH: read.TextForm = {
  accepts: (text) => /^B-\d{4}-(0[1-9]|1[0-2])[b-z]?$/.test(text),
  must: FIELD.nb.noBatch,
  cure: CURE.nb.batchForm,
};

const MONTH: read.TextForm = {
  accepts: (text) => /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text),
  must: FIELD.nb.noMonth,
  cure: CURE.nb.monthForm,
};

export function readBatch(fields: RecordFields, batchField: 'batchId' | 'batch'): NavBatch {
  const batch = read.text(fields, batchField, BATCH);
  const month = read.text(fields, 'maaned', MONTH);
  if (batch !== '' && month !== '' && batch.slice(2, 9) !== month) {
    noteInvalid(fields, 'maaned', FIELD.nb.otherMonth, CURE.nb.fixMonth);
  }
  return { batch, month, version: batch.length === 10 ? batch.charCodeAt(9) - 'a'.charCodeAt(0) + 1 : 1 };
}

/** The NAV office by its unit number: enough to make contact. */
export const OFFICE: read.TextForm = {
  accepts: (text) => /^\d{4}$/.test(text),
  must: FIELD.nb.noOffice,
  cure: CURE.nb.office,
};

export const NAV_ANSWERS = ['JA', 'NEI', 'IKKE_SVART'] as const;
