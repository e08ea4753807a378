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
    jobs,
  }: Pick<BridgeParts, 'organisations' | 'requests' | 'operations' | 'log' | 'jobs'>,
  onStop: (stop: () => Promise<unknown>) => void,
): void {
  const stopping = new AbortController();
  const { signal } = stopping;
  async function keep({ id: org }: Organisation): Promise<boolean> {
    const basis = {
      policy: organisations.policyOf(org),
      agreements: await requests.nav.agreements(org),
      now: (await operations.virtualNow(org)) ?? instantOf(Date.now()),
    };
    return (await followWork(requests.work, org, basis)) === 'done';
  }

  const failed = (error: unknown) => log.event('work.failed', { part: 'worklists', error });
  const rounds = repeat({
    everyMs: EVERY_MS,
    async work() {
      // A step of each in turn: none waits for another's flood, nor for one whose rows cannot be kept.
      let left = [...organisations.all];
      for (let busy = true; left.length > 0 && !signal.aborted; ) {
        const more: Organisation[] = [];
        for (const organisation of left) {
          const began = performance.now();
          const done = await keep(organisation).catch((error: unknown) => {
            failed(error);
            return true;
          });
          if (done) continue;
          more.push(organisation);
          const pause = busy ? BUSY_MS : Math.min(performance.now() - began, BUSY_MS);
          const before = performance.eventLoopUtilization();
          await sleep(pause, undefined, { signal }).catch(() => undefined);
          if (signal.aborted) return;
          busy = performance.eventLoopUtilization(before).utilization > BUSY;
        }
        left = more;
      }
    },
    failed,
    seen: jobs.enter('worklists', EVERY_MS),
  });
  onStop(() => {
    stopping.abort();
    return rounds.stop();
  });
}
