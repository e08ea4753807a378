import { type Problem, type ProblemCode, rawCode } from '../../src/core/problem.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD, type FieldSentence } from '../../src/core/sentences/fields.ts';
import { ROW } from '../../src/core/sentences/rows.ts';

// What can be wrong with a record whatever its source, in words for the sender. No text holds the value.

/** One record that is being read. */
export interface RecordFields {
  readonly value: Readonly<Record<string, unknown>>;
  /** Prefix of field names in problems: '' or e.g. `elev.`. */
  readonly path: string;
  /** At most one per field: the first that was found. */
  readonly problems: Problem[];
}

const LONGEST_TEXT = 400;
const MOST_UNKNOWN = 20;

export function notAnObject(): Problem {
  return {
    code: 'NOT_AN_OBJECT',
    field: '',
    text: ROW.nb.notObject,
    cure: ROW.nb.notObjectCure,
  };
}

/** Refuses texts that cannot be stored and, when `known` is given, every field that is not in it. */
export function sweep(fields: RecordFields, known: ReadonlySet<string> | null): void {
  let unknown = 0;
  for (const name in fields.value) {
    if (known !== null && !known.has(name)) {
      unknown += 1;
      noteUnknown(fields, name, unknown);
      if (unknown > MOST_UNKNOWN) return;
      continue;
    }
    const value = fields.value[name];
    if (typeof value !== 'string') continue;
    if (value.includes('\0')) noteNul(fields, name);
    else if (value.length > LONGEST_TEXT) noteInvalid(fields, name, FIELD.nb.tooLong, CURE.nb.shorten);
  }
}

/** A field name is the sender's text too: '' when it might hold a person. */
export function shownName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]{0,39}$/u.test(name) && !/\d{6}/.test(name) ? name : '';
}

/** First among the problems of a record that took effect in spite of them. */
export function tookEffect(): Problem {
  return {
    code: 'TOOK_EFFECT',
    field: '',
    text: ROW.nb.tookEffect,
    cure: ROW.nb.tookEffectCure,
  };
}

/** @param path as `repeatedField` gives it. */
export function standsTwice(path: string): Problem {
  return {
    code: 'REPEATED_FIELD',
    field: path,
    text: path === '' ? ROW.nb.fieldTwice : FIELD.nb.twice(path),
    cure: CURE.nb.once,
  };
}

function noteUnknown(fields: RecordFields, name: string, count: number): void {
  const shown = shownName(name);
  const more = count > MOST_UNKNOWN;
  note(fields, more ? '' : shown, {
    code: 'UNKNOWN_FIELD',
    text: more ? ROW.nb.moreUnknown : shown === '' ? ROW.nb.unnamedField : FIELD.nb.unknown(shown),
    cure: CURE.nb.removeField,
  });
}

function noteNul(fields: RecordFields, name: string): void {
  note(fields, name, {
    code: 'NUL_CHARACTER',
    text: FIELD.nb.nul(name),
    cure: CURE.nb.removeSign,
  });
}

export function note(fields: RecordFields, name: string, problem: Omit<Problem, 'field'>): void {
  const field = fields.path + name;
  if (fields.problems.some((known) => known.field === field && (field !== '' || known.code === problem.code)))
    return;
  fields.problems.push({ ...problem, field });
}

export function noteMissing(fields: RecordFields, name: string, cure = CURE.nb.fillIn): void {
  note(fields, name, { code: 'MISSING_FIELD', text: FIELD.nb.missing(name), cure });
}

export function noteInvalid(fields: RecordFields, name: string, must: FieldSentence, cure: string): void {
  note(fields, name, { code: 'INVALID_VALUE', text: must(name), cure });
}

const WANTED = {
  text: [FIELD.nb.notText, CURE.nb.sendText],
  flag: [FIELD.nb.notFlag, CURE.nb.sendFlag],
  whole: [FIELD.nb.notWhole, CURE.nb.sendWhole],
  keywords: [FIELD.nb.notKeywords, CURE.nb.sendKeywords],
  words: [FIELD.nb.notWords, CURE.nb.sendWords],
} as const;

/** @param wanted what the field should have held */
export function noteType(fields: RecordFields, name: string, wanted: keyof typeof WANTED): void {
  const [is, cure] = WANTED[wanted];
  note(fields, name, { code: 'WRONG_TYPE', text: is(name), cure });
}

/** A required date or moment that is only what a program writes for «none». */
export function noteSentinel(
  fields: RecordFields,
  name: string,
  code: 'INVALID_DATE' | 'INVALID_TIME',
): void {
  note(fields, name, {
    code,
    text: FIELD.nb.sentinel(name),
    cure: CURE.nb.fillDate,
  });
}

const CODE_PROBLEMS = {
  UNKNOWN_TYPE: [FIELD.nb.unknownType, CURE.nb.describedType],
  UNKNOWN_CODE: [FIELD.nb.unknownCode, CURE.nb.fixCode],
  AMBIGUOUS_CODE: [FIELD.nb.ambiguousCode, CURE.nb.codeAsNow],
  CODE_NOT_VALID_ON_DATE: [FIELD.nb.codeNotOnDate, CURE.nb.codeOnDate],
} as const satisfies Partial<Record<ProblemCode, readonly [FieldSentence, string]>>;

/** Codes of the lists have capitals alone; types do not. A word in small letters may be a name in the wrong column. */
function shownCode(code: keyof typeof CODE_PROBLEMS, value: unknown): string | undefined {
  const raw = rawCode(value);
  if (raw === undefined || code === 'UNKNOWN_TYPE') return raw;
  return /\p{Ll}/u.test(raw.replace(/ via$/, '')) ? undefined : raw;
}

/** Notes a code that cannot be read, with the raw code when it can only be a code. */
export function noteCode(
  fields: RecordFields,
  name: string,
  code: keyof typeof CODE_PROBLEMS,
  knownCure?: string,
): void {
  const [says, cure] = CODE_PROBLEMS[code];
  const raw = shownCode(code, fields.value[name]);
  const problem = { code, text: says(name), cure: knownCure ?? cure };
  note(fields, name, raw === undefined ? problem : { ...problem, raw });
}
