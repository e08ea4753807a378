import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../src/config/config.ts';
import type { EmbeddedProcess } from '../../src/local/daemon.ts';
import { startKafka } from '../../src/local/kafka.ts';
import { freePort, RUN_FOLDER } from './realParts.ts';

/** A Kafka that a test may stop, and whose data it may take away or put back from a copy. */
export interface OwnKafka {
  brokers: string[];
  /** Its log as it is now, for `putBack`. It is stopped meanwhile. */
  keepCopy(): Promise<void>;
  /**
   * Everything since the copy is gone. `meanwhile` is called with it at another address, before it answers at its own
   * again: what is written then was never seen by clients that know the first address.
   */
  putBack(meanwhile?: (brokers: string[]) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export async function startOwnKafka(): Promise<OwnKafka> {
  const dir = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  const kafka = join(dir, 'kafka');
  const [log, copy] = [join(kafka, 'log'), join(dir, 'copy')];
  const port = await freePort();
  const elsewhere = await freePort(port);
  const start = (at: number) =>
    startKafka({ dir: kafka, port: at, cacheDir: cacheFolder(process.env), log: () => undefined });
  let running: EmbeddedProcess = await start(port);
  return {
    brokers: [`127.0.0.1:${port}`],
    async keepCopy() {
      await running.stop();
      rmSync(copy, { recursive: true, force: true });
      cpSync(log, copy, { recursive: true });
      running = await start(port);
    },
    async putBack(meanwhile) {
      await running.stop();
      rmSync(log, { recursive: true, force: true });
      cpSync(copy, log, { recursive: true });
      if (meanwhile) {
        const apart = await start(elsewhere);
        await meanwhile([`127.0.0.1:${elsewhere}`]);
        await apart.stop();
      }
      running = await start(port);
    },
    async stop() {
      await running.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
