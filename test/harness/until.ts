import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 30_000;

/** Asks until it holds. @throws with `what` when it does not in time */
export async function until(what: string, holds: () => Promise<boolean>, patience = PATIENCE_MS) {
  const deadline = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await sleep(50);
  }
}
