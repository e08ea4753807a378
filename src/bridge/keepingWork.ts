import { setTimeout as sleep } from 'node:timers/promises';
import type { Organisation } from '../core/organisation.ts';
import { instantOf } from '../core/time/date.ts';
import { repeat } from '../jobs/repeat.ts';
import { followWork } from '../jobs/worklists/followWork.ts';
import type { BridgeParts } from './parts.ts';

const EVERY_MS = 1_000;
/** A step takes some hundredths of a second. While the process has much else to do it rests so long after one; otherwise
 *  as long as the step took. */
const BUSY_MS = 1_500;
const BUSY = 0.5;

/** Keeps the worklists' rows up to date behind the pipeline, which goes first: a request finds little left to do. */
export function startKeepingWork(
  {
    organisations,
    requests,
    operations,
    log,
  }: Pick<BridgeParts, 'organisations' | 'requests' | 'operations' | 'log'>,
  onStop: (stop: () => Promise<unknown>) => void,
): void {
  const stopping = new AbortController();
  const { signal } = stopping;
  async function keep({ id: org }: Organisation): Promise<void> {
    let busy = true;
    while (!signal.aborted) {
      const began = performance.now();
      const basis = {
        policy: organisations.policyOf(org),
        agreements: await requests.nav.agreements(org),
        now: (await operations.virtualNow(org)) ?? instantOf(Date.now()),
      };
      if ((await followWork(requests.work, org, basis)) === 'done') return;
      const pause = busy ? BUSY_MS : Math.min(performance.now() - began, BUSY_MS);
      const before = performance.eventLoopUtilization();
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      busy = performance.eventLoopUtilization(before).utilization > BUSY;
    }
  }
  const rounds = repeat({
    everyMs: EVERY_MS,
    async work() {
      for (const organisation of organisations.all) await keep(organisation);
    },
    failed: (error) => log.event('work.failed', { part: 'worklists', error }),
  });
  onStop(() => {
    stopping.abort();
    return rounds.stop();
  });
}
