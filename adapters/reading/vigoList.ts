import type { ListEnvelope, SourceRecord, Unpacked, Verdict } from '../../src/core/feedAdapter.ts';
import type { Problem } from '../../src/core/problem.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { ROW } from '../../src/core/sentences/rows.ts';
import type { IsoInstant } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { isRecord } from './recordFields.ts';

// What VIGO's two nightly lists have in common: one document with all youths, `{errorMessage, antall, <rows>}`.
// VIGO answers 200 also when something failed, so nothing is taken from a document that does not add up (E02).

const MALFORMED = 'malformed';

/** `undefined` when the value is not such a document: a row of the list, or another record of the feed. */
export function unpackList(
  value: unknown,
  run: string,
  list: 'laktiv' | 'ot',
  rowsField: 'kontrakter' | 'otungdommer',
): Unpacked | undefined {
  if (!isRecord(value)) return undefined;
  if (!('antall' in value || 'errorMessage' in value || rowsField in value)) return undefined;
  const { errorMessage, antall: total, [rowsField]: rows } = value;
  const problems: Problem[] = [];
  // VIGO's own words are not passed on: they may repeat the content of the request.
  if (errorMessage !== undefined && errorMessage !== null && errorMessage !== '') {
    problems.push(incomplete('errorMessage', ROW.nb.vigoFault));
  }
  if (!Array.isArray(rows)) {
    problems.push(incomplete(rowsField, FIELD.nb.missingList(rowsField)));
  } else if (typeof total !== 'number' || !Number.isInteger(total) || total !== rows.length) {
    problems.push(incomplete('antall', FIELD.nb.wrongTotal('antall')));
  }
  if (problems.length > 0 || !Array.isArray(rows)) return { kind: MALFORMED, problems };
  return { kind: 'rows', rows, envelope: { list, run, type: 'FULL', total: rows.length } };
}

/** An empty list has no row to show that it came: the document itself does, and is no row. */
export function emptyList(
  { value, envelope }: SourceRecord,
  list: 'laktiv' | 'ot',
  rowsField: 'kontrakter' | 'otungdommer',
): Verdict | undefined {
  if (envelope?.list !== list || envelope.total !== 0) return undefined;
  const unpacked = unpackList(value, envelope.run, list, rowsField);
  if (unpacked?.kind !== 'rows' || unpacked.rows.length > 0) return undefined;
  return { kind: 'manifest', envelope };
}

function incomplete(field: string, text: string): Problem {
  return {
    code: 'INCOMPLETE_LIST',
    field,
    text,
    cure: ROW.nb.vigoCure,
  };
}

/** A row says who is on a list, so it counts only with the list's envelope. */
export function listOf(record: SourceRecord, list: 'laktiv' | 'ot'): ListEnvelope | Problem {
  if (record.envelope?.list === list) return record.envelope;
  return {
    code: 'INCOMPLETE_LIST',
    field: '',
    text: ROW.nb.withoutList,
    cure: ROW.nb.withoutListCure,
  };
}

/**
 * The list of a later day replaces an earlier one: without a version a status or an end date that goes A → B → A
 * would be taken for a duplicate. The same day's list fetched twice is a duplicate.
 */
export function versionOf(received: IsoInstant): number {
  return Number(osloDate(received).replaceAll('-', ''));
}
