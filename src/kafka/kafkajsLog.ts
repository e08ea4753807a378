import { type LogEntry, logLevel } from 'kafkajs';

/**
 * A Kafka client's log line: a stable code and its place, never a key, a value or a free text. `error` is the name
 * or protocol type of an error, e.g. `KafkaJSConnectionError` or `NOT_LEADER_FOR_PARTITION`.
 */
export interface KafkaLine {
  code: string;
  level: 'error' | 'warn' | 'info';
  topic?: string;
  partition?: number;
  attempt?: number;
  broker?: string;
  error?: string;
}

export type KafkaLog = (line: KafkaLine) => void;

/** Logger settings for `new Kafka({ … })`. The text of a kafkajs line may hold a whole message (a message without a
 *  value is printed as JSON), so only its origin and level are passed on. */
export function kafkajsLogging(log: KafkaLog) {
  return {
    logLevel: logLevel.ERROR,
    logCreator: () => (entry: LogEntry) => {
      const broker: unknown = entry.log.broker;
      log({
        code: `kafkajs.${entry.namespace || 'Client'}`,
        level: entry.level <= logLevel.ERROR ? 'error' : 'warn',
        ...(typeof broker === 'string' ? { broker } : {}),
      });
    },
  };
}

/** The most specific name of an error thrown by kafkajs: protocol type, system code or class. Never its text. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const inner = error.cause instanceof Error ? errorName(error.cause) : undefined;
  if (inner !== undefined && inner !== 'Error') return inner;
  if ('type' in error && typeof error.type === 'string') return error.type;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}
