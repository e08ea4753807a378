import type { Config } from '../config/config.ts';
import type { Logger } from '../telemetry/logger.ts';
import { startKafka } from './kafka.ts';
import { type EmbeddedPostgres, startPostgres } from './postgres.ts';
import { type Supervised, supervise } from './supervisor.ts';

/** Addresses of Kafka and the database, and the parts that were started to have them. */
export interface Parts {
  brokers: readonly string[];
  databaseUrl: string;
  stop(): Promise<void>;
}

/** Starts the embedded parts; external ones are never touched. @throws StartupError */
export async function startParts(config: Config, log: Logger, say: (line: string) => void): Promise<Parts> {
  const started: Supervised[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  const watch = {
    onDown: (part: string, exit: { code: number | null; signal: string | null }) =>
      log.event('embedded.restarted', {
        part,
        exitCode: exit.code ?? undefined,
        signal: exit.signal ?? undefined,
      }),
    onUp: (part: string) => log.event('part.ready', { part }),
    onFailed: (part: string, error: unknown) => log.event('part.waiting', { part, error }),
  };
  try {
    let databaseUrl = config.postgres.embedded ? '' : config.postgres.url;
    const { postgres, kafka } = config;
    const [database, broker] = await Promise.allSettled([
      postgres.embedded
        ? supervise({
            ...watch,
            name: 'PostgreSQL',
            start: async (): Promise<EmbeddedPostgres> => {
              const part = await startPostgres({ dir: postgres.dir, port: postgres.port, log: say });
              databaseUrl = part.url;
              return part;
            },
          })
        : null,
      kafka.embedded
        ? supervise({
            ...watch,
            name: 'Kafka',
            start: () =>
              startKafka({ dir: kafka.dir, port: kafka.port, cacheDir: config.cacheDir, log: say }),
          })
        : null,
    ]);
    // Both are checked before either is reported: the one that did start must be stopped again.
    for (const each of [database, broker])
      if (each.status === 'fulfilled' && each.value) started.push(each.value);
    for (const each of [database, broker]) if (each.status === 'rejected') throw each.reason;
    const brokers = kafka.embedded ? [`127.0.0.1:${kafka.port}`] : kafka.brokers;
    return { brokers, databaseUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
