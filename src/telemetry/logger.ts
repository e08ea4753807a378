import { type LogDestination, logFile } from './logFile.ts';
import { type LogFields, logLine } from './logLine.ts';
import { LOG_EVENTS, type LogEvent } from './names.ts';

// Allow-list logging: an event is in the table with its fields, or it is not written. No method takes a free text or
// a free object, so no record, row or message can slip in.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface Logger {
  event<E extends LogEvent>(
    name: E,
    ...fields: Record<never, never> extends LogFields<E> ? [fields?: LogFields<E>] : [fields: LogFields<E>]
  ): void;
}

const SEVERITY: Record<LogLevel, number> = { debug: 1, info: 2, warn: 3, error: 4, silent: 5 };
export const STANDARD_OUTPUT = 1;

/** @param options.destination standard output by default. */
export function createLogger(options: { level: LogLevel; destination?: LogDestination }): Logger {
  const least = SEVERITY[options.level];
  const destination = options.destination ?? logFile(STANDARD_OUTPUT);
  return {
    event(name, ...[fields]) {
      // A name outside the table can only come from untyped code; it is dropped like any unknown field.
      if (!Object.hasOwn(LOG_EVENTS, name)) return;
      if (SEVERITY[LOG_EVENTS[name].level] < least) return;
      destination.write(logLine(name, { ...fields }));
    },
  };
}
