import type { Problem } from '../../src/core/problem.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD, type FieldSentence } from '../../src/core/sentences/fields.ts';
import type { IsoDate, IsoInstant } from '../../src/core/time/date.ts';
import { isSentinelDate, LAST_EARLY_SENTINEL } from '../../src/core/time/sentinelDate.ts';
import type { RecordFields } from './recordProblems.ts';
import { note, noteInvalid, noteMissing, noteSentinel, noteType } from './recordProblems.ts';
import { parseRecordDate, parseRecordInstant } from './recordTime.ts';

// Reads the fields of one record by hand: this is the hot path, where a schema library costs more than the
// JSON parse. Each reader notes what is wrong and returns an empty value, so that one pass finds all
// problems; the caller uses nothing it has read while `problems` is not empty.
// Absent, null and the empty text are the same: VIGO and files send '' for «no value», Avro sends null.

/** What a text must look like. `must` says of a field that it does not, `cure` what the sender does. */
export interface TextForm {
  accepts(text: string): boolean;
  must: FieldSentence;
  cure: string;
}

/** A code before it is looked up: any short text. */
export const CODE: TextForm = {
  accepts: (text) => text.length <= 40,
  must: FIELD.nb.longForCode,
  cure: CURE.nb.codeAlone,
};

/** `undefined` when the value is not an object of fields (a list, a text, null …). */
export function openRecord(value: unknown, path = '', problems: Problem[] = []): RecordFields | undefined {
  return isRecord(value) ? { value, path, problems } : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(fields: RecordFields, name: string): boolean {
  const value = fields.value[name];
  return value === undefined || value === null || value === '';
}

/** Without spaces around; '' when absent or broken. */
function rawText(fields: RecordFields, name: string, required: boolean): string {
  if (isAbsent(fields, name)) {
    if (required) noteMissing(fields, name);
    return '';
  }
  const value = fields.value[name];
  if (typeof value === 'string') {
    const text = value.trim();
    if (text === '' && required) noteMissing(fields, name);
    return text;
  }
  noteType(fields, name, 'text');
  return '';
}

export function text(fields: RecordFields, name: string, form: TextForm): string {
  return inForm(fields, name, rawText(fields, name, true), form);
}

export function optionalText(fields: RecordFields, name: string, form: TextForm): string | null {
  const found = inForm(fields, name, rawText(fields, name, false), form);
  return found === '' ? null : found;
}

function inForm(fields: RecordFields, name: string, found: string, form: TextForm): string {
  if (found === '' || form.accepts(found)) return found;
  noteInvalid(fields, name, form.must, form.cure);
  return '';
}

/** One of `values`; the first of them when absent or broken. */
export function choice<T extends string>(
  fields: RecordFields,
  name: string,
  values: readonly [T, ...T[]],
): T {
  return chosen(fields, name, rawText(fields, name, true), values) ?? values[0];
}

export function optionalChoice<T extends string>(
  fields: RecordFields,
  name: string,
  values: readonly [T, ...T[]],
): T | null {
  return chosen(fields, name, rawText(fields, name, false), values);
}

function chosen<T extends string>(
  fields: RecordFields,
  name: string,
  found: string,
  values: readonly T[],
): T | null {
  if (found === '') return null;
  for (const value of values) if (value === found) return value;
  const value = alike(found, values);
  if (value !== undefined) return value;
  noteInvalid(fields, name, FIELD.nb.unknownValue, CURE.nb.oneOf(values.join(', ')));
  return null;
}

/** The one value that differs only in case: a withdrawal must not wait because it was written in small letters. */
function alike<T extends string>(found: string, values: readonly T[]): T | undefined {
  const wanted = found.trim().toUpperCase();
  const [value, second] = values.filter((candidate) => candidate.toUpperCase() === wanted);
  return second === undefined ? value : undefined;
}

export function flag(fields: RecordFields, name: string): boolean {
  if (isAbsent(fields, name)) noteMissing(fields, name);
  return optionalFlag(fields, name) ?? false;
}

export function optionalFlag(fields: RecordFields, name: string): boolean | null {
  if (isAbsent(fields, name)) return null;
  const value = fields.value[name];
  if (typeof value === 'boolean') return value;
  noteType(fields, name, 'flag');
  return null;
}

/** A whole number in [least, most]. */
export function wholeNumber(fields: RecordFields, name: string, least: number, most: number): number {
  if (isAbsent(fields, name)) noteMissing(fields, name);
  return optionalWholeNumber(fields, name, least, most) ?? least;
}

export function optionalWholeNumber(
  fields: RecordFields,
  name: string,
  least: number,
  most: number,
): number | null {
  if (isAbsent(fields, name)) return null;
  const value = fields.value[name];
  if (typeof value !== 'number' || !Number.isInteger(value)) noteType(fields, name, 'whole');
  else if (value >= least && value <= most) return value;
  else noteInvalid(fields, name, FIELD.nb.outside, CURE.nb.fixNumber);
  return null;
}

export function date(fields: RecordFields, name: string): IsoDate {
  return dateFrom(fields, name, rawText(fields, name, true), true);
}

/** Null also for a date that means «none» (sentinelDate.ts). */
export function optionalDate(fields: RecordFields, name: string): IsoDate | null {
  const found = dateFrom(fields, name, rawText(fields, name, false), false);
  return found === '' ? null : found;
}

function dateFrom(fields: RecordFields, name: string, found: string, required: boolean): IsoDate {
  if (found === '') return '';
  const read = parseRecordDate(found);
  if (read !== undefined && read > LAST_EARLY_SENTINEL) return read;
  if (isSentinelDate(found)) {
    if (required) noteSentinel(fields, name, 'INVALID_DATE');
    return '';
  }
  note(fields, name, {
    code: 'INVALID_DATE',
    text: FIELD.nb.noDate(name),
    cure: CURE.nb.dateForm,
  });
  return '';
}

export function instant(fields: RecordFields, name: string): IsoInstant {
  return instantFrom(fields, name, rawText(fields, name, true), true);
}

/** Null also for a moment that means «none» (sentinelDate.ts). */
export function optionalInstant(fields: RecordFields, name: string): IsoInstant | null {
  const found = instantFrom(fields, name, rawText(fields, name, false), false);
  return found === '' ? null : found;
}

function instantFrom(fields: RecordFields, name: string, found: string, required: boolean): IsoInstant {
  if (found === '') return '';
  const read = parseRecordInstant(found);
  if (read !== undefined && read.slice(0, 10) > LAST_EARLY_SENTINEL) return read;
  if (isSentinelDate(found)) {
    if (required) noteSentinel(fields, name, 'INVALID_TIME');
    return '';
  }
  note(fields, name, {
    code: 'INVALID_TIME',
    text: FIELD.nb.noTime(name),
    cure: CURE.nb.timeForm,
  });
  return '';
}
