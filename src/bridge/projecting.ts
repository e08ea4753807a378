import { randomUUID } from 'node:crypto';
import { instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import { repeat } from '../jobs/repeat.ts';
import { createFintSync } from '../relay/fint/fintSync.ts';
import { publishVigo } from '../relay/vigo/publishVigo.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';

const EVERY_MS = 1_000;
const VIGO_EVERY_MS = 5_000;

/** Sends to the topics of other systems that the installation has. */
export function startProjecting(
  { projections = [] }: BridgeOptions,
  { organisations, requests, fint, store, publisher, operations, log, jobs }: BridgeParts,
  onStop: (stop: () => Promise<unknown>) => void,
): void {
  if (projections.includes('vigo')) {
    const files = repeat({
      everyMs: VIGO_EVERY_MS,
      async work() {
        for (const { id } of organisations.all) await publishVigo(requests.vigo, publisher, id);
      },
      failed: (error) => log.event('work.failed', { part: 'vigo', error }),
      seen: jobs.enter('vigo-topic', VIGO_EVERY_MS),
    });
    onStop(() => files.stop());
  }
  if (!projections.includes('fint')) return;
  for (const organisation of organisations.all) {
    const sync = createFintSync({
      projection: fint,
      store,
      publisher,
      organisation,
      holder: randomUUID(),
      newId: randomUUID,
      now: Date.now,
      today: async () => osloDate((await operations.virtualNow(organisation.id)) ?? instantOf(Date.now())),
    });
    const rounds = repeat({
      everyMs: EVERY_MS,
      work: () => sync.round(),
      failed: (error) => log.event('work.failed', { part: 'fint', error }),
      seen: jobs.enter('fint-topic', EVERY_MS),
    });
    onStop(() => rounds.stop());
  }
}
