import type { ListEnvelope } from '../core/feedAdapter.ts';
import type { Problem } from '../core/problem.ts';
import { isSchoolList } from '../core/schoolList.ts';
import { CURE } from '../core/sentences/cures.ts';
import { FIELD } from '../core/sentences/fields.ts';
import {
  headerBytes,
  headerText,
  type RecordHeaders,
  SYNC_CORRELATION,
  SYNC_LIST,
  SYNC_TOTAL,
  SYNC_TYPE,
} from '../kafka/headers.ts';

const LISTS = ['laktiv', 'ot', 'nav'] as const;
const TYPES = ['FULL', 'DELTA'] as const;
/** No list of youths is longer; a larger number is a mistaken encoding. */
const LARGEST = 10_000_000;

/** The sync envelope of a record's headers; null when it has none. A half envelope is a problem, never a guess. */
export function decodeEnvelope(headers: RecordHeaders, problems: Problem[]): ListEnvelope | null {
  const list = headerText(headers, SYNC_LIST);
  const run = headerText(headers, SYNC_CORRELATION);
  const type = headerText(headers, SYNC_TYPE);
  if (list === null && run === null && type === null) return null;
  const knownList = list !== null && isSchoolList(list) ? list : LISTS.find((known) => known === list);
  const knownType = TYPES.find((known) => known === type);
  const knownRun = run !== null && isRunId(run) ? run : undefined;
  const total = totalOf(headerBytes(headers, SYNC_TOTAL));
  if (knownList === undefined) problems.push(broken(SYNC_LIST, list, CURE.nb.schoolList(LISTS.join(', '))));
  if (knownType === undefined) problems.push(broken(SYNC_TYPE, type, CURE.nb.oneOf(TYPES.join(', '))));
  if (knownRun === undefined) problems.push(broken(SYNC_CORRELATION, run, RUN_CURE));
  if (total === undefined) problems.push(broken(SYNC_TOTAL, '', CURE.nb.total));
  if (knownList === undefined || knownType === undefined || knownRun === undefined || total === undefined) {
    return null;
  }
  return { list: knownList, run: knownRun, type: knownType, total };
}

const RUN_CURE = CURE.nb.run;

/** A run id is shown to operators and logged: no eleven digits in a row, which could be an identity number. */
function isRunId(text: string): boolean {
  return /^[\p{L}\p{N}:._+-]{1,80}$/u.test(text) && !/(?<!\d)\d{11}(?!\d)/.test(text);
}

/** `undefined` = broken, null = not given. Eight digits are text: as a binary number they would exceed any list. */
function totalOf(bytes: Buffer | null): number | null | undefined {
  if (bytes === null) return null;
  const text = bytes.toString('latin1');
  const total = /^\d{1,8}$/.test(text)
    ? Number(text)
    : bytes.length === 8
      ? Number(bytes.readBigInt64BE())
      : -1;
  return total >= 0 && total <= LARGEST ? total : undefined;
}

function broken(header: string, value: string | null, cure: string): Problem {
  return value === null
    ? {
        code: 'MISSING_FIELD',
        field: header,
        text: FIELD.nb.headerMissing(header),
        cure,
      }
    : { code: 'INVALID_VALUE', field: header, text: FIELD.nb.headerWrong(header), cure };
}
