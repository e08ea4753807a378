import { expect, test } from 'vitest';
import { startWorker, type WorkerParts } from '../../src/relay/worker.ts';
import type { Leased } from '../../src/store/relayPort.ts';
import { createVault } from '../../src/store/vault.ts';
import { newOrg } from '../store/commits.ts';
import { subscriptionOf } from '../store/relayCommits.ts';

const NOW = Date.UTC(2026, 10, 12, 8);

/** One delivery is due. @returns what is done with it first */
async function worked(disclosesNav: boolean, agreed: boolean): Promise<string | undefined> {
  const done: string[] = [];
  const subscription = subscriptionOf(newOrg());
  const delivery = { id: '1', disclosesNav, attempts: 0 } as unknown as Leased['delivery'];
  const due: Leased[] = [{ delivery, subscription, testUrl: null, lease: 1 }];
  const over = Promise.withResolvers<void>();
  const note = (what: string) => {
    done.push(what);
    over.resolve();
  };
  const parts: WorkerParts = {
    queue: {
      take: async () => due.splice(0),
      nextDue: async () => null,
      begin: async () => 'lost',
      end: async () => true,
      async release(_leased, at) {
        note(`waits until ${at}`);
        return true;
      },
    },
    records: { signingKeys: async () => [] },
    vault: createVault(Buffer.alloc(32, 7)),
    async connect() {
      note('connects');
      throw new Error('enough');
    },
    hearing: () => Promise.reject(new Error('not asked')),
    agreed: async () => agreed,
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
  return done[0];
}

test('while no agreement with NAV holds, a call that discloses an answer waits, and is not tried', async () => {
  expect(await worked(true, false)).toBe('waits until 2026-11-12T08:15:00.000Z');
});

test('with an agreement, or about something else, it is tried', async () => {
  expect(await worked(true, true)).toBe('connects');
  expect(await worked(false, false)).toBe('connects');
});
