import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_FOR_MS = 20_000;

/** Retries for a limited time: a broker that has just started answers before its partitions have leaders. */
export async function retryForAWhile<T>(work: () => Promise<T>, stopped: () => boolean): Promise<T> {
  const end = performance.now() + RETRY_FOR_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (stopped() || performance.now() > end) throw error;
      await sleep(250);
    }
  }
}
