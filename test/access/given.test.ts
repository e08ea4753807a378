import { describe, expect, test } from 'vitest';
import type { AccessRecords } from '../../src/store/accessPort.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { accessFaults } from './given.ts';

test('accesses in memory are those in force, of whom they are, and only ever revoked', async () => {
  expect(await accessFaults(createMemoryStore())).toEqual([]);
});

describe('a planted fault is found', () => {
  type Plant = (records: AccessRecords) => Partial<AccessRecords>;
  const planted: [string, Plant][] = [
    [
      'an access that has ended counts',
      ({ grantsOf }) => ({
        grantsOf: async (orgnr, at) => [
          ...(await grantsOf(orgnr, at)),
          ...(await grantsOf(orgnr, '2026-06-01T00:00:00.000Z')).filter(({ scope }) => scope === 'ended'),
        ],
      }),
    ],
    ['a revocation is forgotten', () => ({ revokeAccess: async () => true })],
    [
      'another county revokes',
      ({ revokeAccess }) => ({
        revokeAccess: async (org, id, by) => (await revokeAccess(org, id, by)) || by.by === 'y',
      }),
    ],
    [
      'turned down is given',
      ({ settleProposal }) => ({
        settleProposal: (org, id, by) => settleProposal(org, id, by ?? { grantedBy: 'y', approvedBy: null }),
      }),
    ],
  ];

  test.each(planted)('%s', async (_name, plant) => {
    const records = createMemoryStore();
    expect(await accessFaults({ ...records, ...plant(records) })).not.toEqual([]);
  });
});
