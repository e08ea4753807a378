import { instantOf } from '../core/time/date.ts';
import { whilePermitted } from '../pipeline/publish/disclosure.ts';
import { limitConcurrency } from '../pipeline/publish/limitConcurrency.ts';
import type { RecoveryParts } from '../pipeline/publish/recovery.ts';
import type { BridgeParts } from './parts.ts';

/** What publishing asks of the bridge, for new batches and for those that a lane's last worker left. */
export type Publishing = Pick<RecoveryParts, 'publishRefused' | 'holds' | 'whilePermitted'>;

/** Batches that disclose something at a time: each has one of the pool's connections until Kafka has it, and asks for another. */
const MOST_DISCLOSING = 4;

/** @param stopping ends the retries of a refused publish */
export function createPublishing(
  {
    store,
    operations,
    organisations,
    log,
    nav,
    vault,
  }: Pick<BridgeParts, 'store' | 'operations' | 'organisations' | 'log' | 'nav' | 'vault'>,
  stopping: AbortSignal,
): Publishing {
  const disclosing = limitConcurrency(MOST_DISCLOSING);
  return {
    async publishRefused(error, attempt) {
      if (stopping.aborted) throw error;
      log.event('publish.retry', { topic: 'out', records: 0, attempt, error });
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * attempt, 5_000)));
    },
    holds: (lane) => store.published(lane, lane.publishedUpto),
    whilePermitted: (org, messages, send) =>
      disclosing(() =>
        whilePermitted(
          messages,
          {
            ...{ store, nav, vault, org, policy: organisations.policyOf(org) },
            onUnreadable: (ref) => log.event('youth.unreadable', { org, ref }),
            now: async () => (await operations.virtualNow(org)) ?? instantOf(Date.now()),
          },
          send,
        ),
      ),
  };
}
