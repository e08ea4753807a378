import sonicBoom from 'sonic-boom';
import { maskNumbers } from '../core/person/numberInText.ts';
import { type ErrorFields, errorFields } from './errorFields.ts';
import { type FieldSpec, LOG_EVENTS, type LogEvent } from './names.ts';

// sonic-boom is CommonJS: Node does not detect its class as a named export.
const { SonicBoom } = sonicBoom;

// Allow-list logging: an event is in the table with its fields, or it is not written. No method takes a free text or
// a free object, so no record, row or message can slip in.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

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

export interface Logger {
  event<E extends LogEvent>(
    name: E,
    ...fields: Record<never, never> extends LogFields<E> ? [fields?: LogFields<E>] : [fields: LogFields<E>]
  ): void;
}

/** Takes whole lines, each with its line break. */
export interface LogDestination {
  write(line: string): void;
}

const SEVERITY: Record<LogLevel, number> = { debug: 1, info: 2, warn: 3, error: 4, silent: 5 };
const STANDARD_OUTPUT = 1;

/** @param options.destination standard output by default. */
export function createLogger(options: { level: LogLevel; destination?: LogDestination }): Logger {
  const least = SEVERITY[options.level];
  const destination = options.destination ?? logFile(STANDARD_OUTPUT);
  return {
    event(name, ...[fields]) {
      // A name outside the table can only come from untyped code; it is dropped like any unknown field.
      if (!Object.hasOwn(LOG_EVENTS, name)) return;
      const { level, fields: specs } = LOG_EVENTS[name];
      if (SEVERITY[level] < least) return;
      const time = new Date().toISOString();
      const line = JSON.stringify({ level, time, ...allowed(specs, { ...fields }), event: name });
      // The last mask, over the whole line, including values that a field should never have held.
      destination.write(`${maskNumbers(line)}\n`);
    },
  };
}

/** @param where a path, or the number of an open file */
export function logFile(where: string | number): LogDestination {
  // Written before the call returns: the last line of a program that fails is the one that is wanted.
  const file = new SonicBoom({ dest: where, sync: true });
  let readable = true;
  file.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of the log has gone; the work goes on without it.
    if (error.code !== 'EPIPE') throw error;
    readable = false;
  });
  return {
    write(line) {
      if (readable) file.write(line);
    },
  };
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
