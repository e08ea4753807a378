import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { parseSchoolYear, type SchoolYear } from '../../src/core/time/schoolYear.ts';
import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';

/** `2026-27`, `2026-2027`, `2026/27`, or VIGO's file form `20262027`; '' and a problem for anything else. */
export function schoolYear(fields: RecordFields, name: string): SchoolYear {
  return parse(read.text(fields, name, FORM)) ?? '';
}

export function optionalSchoolYear(fields: RecordFields, name: string): SchoolYear | null {
  const text = read.optionalText(fields, name, FORM);
  return text === null ? null : (parse(text) ?? null);
}

const FORM: read.TextForm = {
  accepts: (text) => parse(text) !== undefined,
  must: FIELD.nb.noSchoolYear,
  cure: CURE.nb.yearForm,
};

function parse(text: string): SchoolYear | undefined {
  return parseSchoolYear(/^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4)}` : text);
}
