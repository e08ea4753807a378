import { maskNumbers } from '../core/person/numberInText.ts';
import { type ErrorFields, errorFields } from './errorFields.ts';
import { type FieldSpec, LOG_EVENTS, type LogEvent } from './names.ts';

interface ValueOf {
  text: string;
  number: number | bigint;
  flag: boolean;
  error: unknown;
}
type Value<S extends FieldSpec> = S extends `${infer K extends keyof ValueOf}?`
  ? ValueOf[K]
  : S extends keyof ValueOf
    ? ValueOf[S]
    : never;
type FieldsOf<E extends LogEvent> = (typeof LOG_EVENTS)[E]['fields'];
type Needed<F> = { [K in keyof F]: F[K] extends `${string}?` ? never : K }[keyof F];
type Shape<F> = { [K in Needed<F>]: F[K] extends FieldSpec ? Value<F[K]> : never } & {
  [K in Exclude<keyof F, Needed<F>>]?: (F[K] extends FieldSpec ? Value<F[K]> : never) | undefined;
};
export type LogFields<E extends LogEvent> = Shape<FieldsOf<E>>;

/** One JSON text with its line break. A field outside the event's table is left out. */
export function logLine(name: LogEvent, fields: Readonly<Record<string, unknown>>): string {
  const { level, fields: specs } = LOG_EVENTS[name];
  const time = new Date().toISOString();
  const line = JSON.stringify({ level, time, ...allowed(specs, { ...fields }), event: name });
  // The last mask, over the whole line, including values that a field should never have held.
  return `${maskNumbers(line)}\n`;
}

const MAX_TEXT = 300;

type Line = Record<string, string | number | boolean> & Partial<ErrorFields>;

function allowed(specs: Record<string, FieldSpec>, given: Record<string, unknown>): Line {
  const line: Line = {};
  for (const [field, spec] of Object.entries(specs)) {
    const value = given[field];
    if (value === undefined) continue;
    if (spec.startsWith('error')) Object.assign(line, errorFields(value));
    else if (spec.startsWith('text') && typeof value === 'string')
      line[field] = maskNumbers(value).slice(0, MAX_TEXT);
    else if (spec.startsWith('flag') && typeof value === 'boolean') line[field] = value;
    else if (spec.startsWith('number')) {
      const number = printable(value);
      if (number !== undefined) line[field] = number;
    }
  }
  return line;
}

/** Numbers that JSON can hold. One that the mask would match becomes text, or the masked line would not be JSON. */
function printable(value: unknown): number | string | undefined {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? printable(Number(value)) : maskNumbers(value.toString());
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const rounded = Number(value.toFixed(3));
  const text = String(rounded);
  return maskNumbers(text) === text ? rounded : maskNumbers(text);
}
