import { createLogger, type Logger, type LogLevel } from '../../src/telemetry/logger.ts';

/** A real logger whose lines are kept. */
export function loggerWithLines(level: LogLevel = 'debug'): {
  log: Logger;
  lines: string[];
  events(): Record<string, unknown>[];
} {
  const lines: string[] = [];
  const log = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, events: () => lines.map((line): Record<string, unknown> => JSON.parse(line)) };
}
