import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startWorker, type WorkerParts } from '../../src/relay/worker.ts';
import type { LoadedYouth } from '../../src/store/port.ts';
import type { Leased } from '../../src/store/relayPort.ts';
import { createVault } from '../../src/store/vault.ts';
import { consent, navAnswer, story } from '../harness/story.ts';
import { newOrg } from '../store/commits.ts';
import { subscriptionOf } from '../store/relayCommits.ts';
import { HEARING } from './workerWorld.ts';

const NOW = Date.UTC(2026, 10, 12, 8);

/** NAV has answered about it, and both consents hold. */
function answered(): LoadedYouth['youth'] {
  const p02 = story({ born: '2006-11-02', county: '46' });
  for (const side of ['A', 'B'] as const)
    p02.when('2026-10-02T08:00:00Z', consent(side, 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
  p02.when('2026-10-05T08:00:00Z', navAnswer('2026-11', 'JA', '4601'), { source: 'nav', id: '2026-11:1' });
  return p02.youth();
}

/** One delivery is due. @param agreed at each time it is asked for @returns what is done with it */
async function worked(disclosesNav: boolean, ...agreed: boolean[]): Promise<string[]> {
  const done: string[] = [];
  const subscription = subscriptionOf(newOrg());
  const youth = answered();
  const subject = youth.alerts.find(({ kind }) => kind === 'KJENT_HOS_NAV')?.id;
  const delivery = {
    ...{ id: '1', kind: 'alert', subject, takesBack: false, disclosesNav, attempts: 0 },
  } as unknown as Leased['delivery'];
  const due: Leased[] = [{ delivery, subscription, testUrl: null, lease: 1 }];
  const over = Promise.withResolvers<void>();
  const parts: WorkerParts = {
    queue: {
      take: async () => due.splice(0),
      nextDue: async () => null,
      async begin(_leased, { judge }) {
        const judged = await judge({ subscription, youth: { youth } as LoadedYouth });
        done.push(`judged ${judged}`);
        if (judged !== 'AGREEMENT') over.resolve();
        return judged ?? 'lost';
      },
      end: async () => true,
      release: async () => true,
      async awaitAgreement() {
        done.push('waits');
        over.resolve();
        return true;
      },
    },
    records: { signingKeys: async () => [] },
    vault: createVault(Buffer.alloc(32, 7)),
    async connect() {
      done.push('connects');
      return new Socket();
    },
    hearing: async () => ({ ...HEARING, now: '2026-10-07T07:12:00.000Z' }),
    agreed: async () => agreed.shift() ?? false,
    base: () => 'https://ot.example.no',
    userAgent: 'test',
    now: () => NOW,
    chance: () => 0,
    ended: () => undefined,
    failed: () => over.resolve(),
  };
  const worker = startWorker(parts);
  await over.promise;
  await worker.stop();
  return done;
}

test('while no agreement with NAV holds, a call that discloses an answer waits, and is not tried', async () => {
  expect(await worked(true, false)).toEqual(['waits']);
});

test('with an agreement, or about something else, it is tried', async () => {
  expect(await worked(true, true, true)).toEqual(['connects', 'judged null']);
  expect(await worked(false)).toEqual(['connects', 'judged null']);
});

test('an agreement that is revoked while it connects keeps the request from being written, and the call waits', async () => {
  expect(await worked(true, true, false)).toEqual(['connects', 'judged AGREEMENT', 'waits']);
});
