/**
 * What is wrong with an input, for the person who can correct it. Problems accumulate: a record shows all of
 * them together. No field ever carries the value that was sent, except `raw`, which holds an unknown *code*
 * after `rawCode` has made sure that it looks like one.
 */
export interface Problem {
  /** Stable, e.g. `UNKNOWN_CODE`; part of the public contract. */
  code: ProblemCode;
  /** Dotted path of the field in the sender's record, e.g. `avbruddsarsak` or `elev.fnr`; '' for the whole. */
  field: string;
  /** Bokmål: what is wrong. */
  text: string;
  /** Bokmål: what the sender does about it. */
  cure: string;
  /** The unknown code as sent, when it can be shown. */
  raw?: string;
}

export const PROBLEM_CODES = [
  'NOT_JSON',
  'NOT_AVRO',
  'UNKNOWN_SCHEMA',
  'NUL_CHARACTER',
  'TOO_LARGE',
  'UNSTORABLE',
  'TOO_DEEP',
  'NOT_AN_OBJECT',
  'UNKNOWN_TYPE',
  'UNKNOWN_FIELD',
  'REPEATED_FIELD',
  'MISSING_FIELD',
  'WRONG_TYPE',
  'INVALID_DATE',
  'INVALID_TIME',
  'IMPOSSIBLE_DATE',
  'INVALID_VALUE',
  'INVALID_IDENTITY_NUMBER',
  'SYNTHETIC_IN_PRODUCTION',
  'REAL_IN_TEST',
  'UNKNOWN_CODE',
  'AMBIGUOUS_CODE',
  'CODE_NOT_VALID_ON_DATE',
  'WRONG_COUNTY',
  'INCOMPLETE_LIST',
  'UNKNOWN_PERSON',
  'ANNULS_NOTHING',
  'TOOK_EFFECT',
  'FOREIGN_INSTITUTION',
  'UNREADABLE_CELL',
  'CELL_WITHOUT_COLUMN',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** The text when it can only be a code (one short word, no long run of digits), else `undefined`: a name may have
 *  slipped into the field, and is never echoed. */
export function rawCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return /^[\p{L}\p{N}_.-]{1,12}( via)?$/u.test(value) && !/\d{6}/.test(value) ? value : undefined;
}
