import { setTimeout as sleep } from 'node:timers/promises';
import { alertLines, type ShownAlert } from '../text/alertLines.ts';

const EVERY_MS = 250;

/**
 * Waits for an organisation's first alert and describes it; undefined when aborted.
 * @param ask the newest alerts, as the API returns them
 */
export async function firstAlert(
  ask: () => Promise<readonly ShownAlert[]>,
  off: AbortSignal,
): Promise<string | undefined> {
  while (!off.aborted) {
    const alerts = await ask();
    if (alerts.length > 0) return alertLines(alerts.slice(0, 1));
    await sleep(EVERY_MS, undefined, { signal: off }).catch(() => undefined);
  }
  return undefined;
}
