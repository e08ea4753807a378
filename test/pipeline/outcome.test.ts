import { describe, expect, test } from 'vitest';
import type { ListEnvelope, Verdict } from '../../src/core/feedAdapter.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { numberRef, personRef } from '../../src/core/person/reference.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import { decideAll } from '../../src/pipeline/decideBatch.ts';
import type { Ending } from '../../src/pipeline/outcome.ts';
import type { Reading } from '../../src/pipeline/read.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import type { Outcome } from '../../src/store/port.ts';
import { createVault } from '../../src/store/vault.ts';
import { unpackRecord } from '../../src/wire/sealedRecord.ts';
import { factOf, left } from '../harness/story.ts';

const REF = personRef('ref-1');
const RECEIVED = '2026-11-20T08:00:00.000Z';
const RECEIPT = '11111111-2222-4333-8444-555555555555';
const envelope: ListEnvelope = { list: 'laktiv', run: 'run-1', type: 'FULL', total: 1 };
const dropout = factOf(left('40014', 'FV'), {}, '2009-03-14', RECEIVED, 1);
const event: Verdict = { kind: 'event', person: { ref: REF }, event: dropout };
const listed: Verdict = {
  kind: 'listed',
  person: { ref: REF },
  event: dropout,
  envelope,
  rowKey: '1',
  hold: true,
};

interface Case {
  verdicts: Verdict[];
  /** From one of NAV's registers. */
  asked?: boolean;
  stored?: { parked?: boolean; broken?: boolean };
  outcome: Outcome;
  /** Where the last record is found afterwards. */
  kept: 'applied' | 'quarantined' | 'parked' | 'listRows' | null;
}

const CASES: Record<Ending, Case> = {
  decided: { verdicts: [event], outcome: 'applied', kept: 'applied' },
  unchanged: { verdicts: [event, event], outcome: 'duplicate', kept: null },
  held: { verdicts: [listed], outcome: 'applied', kept: 'listRows' },
  manifest: { verdicts: [{ kind: 'manifest', envelope }], outcome: 'applied', kept: 'listRows' },
  'not-ours': { verdicts: [{ kind: 'notOurs', reason: 'lærling' }], outcome: 'rejected', kept: null },
  'not-kept': { verdicts: [event], asked: true, outcome: 'rejected', kept: null },
  malformed: {
    verdicts: [{ kind: 'malformed', problems: [] }],
    outcome: 'quarantined',
    kept: 'quarantined',
  },
  'behind-parked': { verdicts: [event], stored: { parked: true }, outcome: 'parked', kept: 'parked' },
  'decision-failed': { verdicts: [event], stored: { broken: true }, outcome: 'parked', kept: 'parked' },
};

function decide({ verdicts, stored = {}, asked = false }: Case, mayKeep = false) {
  const readings = verdicts.map((verdict, index): Reading => {
    const record = { offset: BigInt(index), timestamp: 0, value: Buffer.from('{}'), headers: {} };
    const about = { received: RECEIVED, receipt: RECEIPT, row: index + 1, traceparent: null };
    return { record, ...about, verdict, asked };
  });
  const failed: string[] = [];
  const loaded = {
    ...{ ref: REF, version: 0, mergedInto: null, parked: stored.parked ?? false, last: null, tail: 0 },
    get youth(): Youth {
      if (stored.broken) throw new Error('what is stored cannot be read');
      return UNKNOWN_YOUTH;
    },
  };
  const { commit } = decideAll(
    {
      lane: {
        ...{
          org: orgId('telemarkfylke-no'),
          topic: 'telemarkfylke-no.ot.event.school-dropout',
          partition: 0,
        },
        ...{ id: 1, epoch: 1, nextOffset: 0n, publishedUpto: 0n, producerId: 1n, fence: 1 },
        ...{ shift: 0n, clusterId: null, topicId: null, mark: null },
      },
      policy: defaultPolicy(countyNumber('40')),
      agreements: [],
      mayKeep: (_event, youth) => mayKeep && youth === UNKNOWN_YOUTH,
      vault: createVault(Buffer.alloc(32, 7)),
      packing: { record: appliedRecord, youth: youthWrite, message: (message) => message },
      onDecisionFailed: (ref) => failed.push(ref),
    },
    readings,
    {
      refOf: () => REF,
      knownRefOf: () => REF,
      numberRefOf: () => numberRef('ref-1'),
      metAs: () => 0,
      youths: new Map([[REF, loaded]]),
    },
  );
  return { commit, failed };
}

describe('a record that ends as', () => {
  test.each(Object.entries(CASES))(
    '%s is counted once, receipted and kept where it belongs',
    (name, given) => {
      const { commit, failed } = decide(given);
      const last = BigInt(given.verdicts.length - 1);
      const counted = Object.values(commit.counts).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(given.verdicts.length);
      expect(commit.counts[given.outcome]).toBe(1);
      const shown = given.asked ? 'applied' : given.outcome;
      expect(commit.receipts.find(({ row }) => row === Number(last) + 1)?.outcome).toBe(shown);
      for (const where of ['applied', 'quarantined', 'parked', 'listRows'] as const) {
        const there = commit[where].some(({ offset }) => offset === last);
        expect(there, where).toBe(where === given.kept);
      }
      expect(failed).toEqual(name === 'decision-failed' ? [REF] : []);
    },
  );
});

describe('a record of one of NAV’s registers', () => {
  const asked = { verdicts: [event], asked: true, outcome: 'applied', kept: null } as const;
  const content = (commit: ReturnType<typeof decide>['commit']) =>
    Object.values(commit).flatMap((rows): unknown[] => (Array.isArray(rows) ? rows : []));

  test.each([
    ['is kept where that is permitted', {}, true, 'applied'],
    ['waits behind a parked youth who has consented', { parked: true }, true, 'parked'],
    ['is not kept of a youth who has not', {}, false, null],
    ['nor parked behind one', { parked: true }, false, null],
    ['nor kept of a youth that cannot be read', { broken: true }, true, null],
  ] as const)('%s, and its receipt says no more than that it came', (_what, stored, mayKeep, kept) => {
    const { commit, failed } = decide({ ...asked, verdicts: [event], stored }, mayKeep);
    for (const where of ['applied', 'parked'] as const)
      expect(commit[where]).toHaveLength(where === kept ? 1 : 0);
    expect(commit.receipts).toEqual([{ receipt: RECEIPT, row: 1, outcome: 'applied', problems: [] }]);
    if (kept === null) expect(content(commit)).toEqual(commit.receipts);
    expect(failed).toEqual([]);
  });

  test('that cannot be read is counted, without its content', () => {
    const vault = createVault(Buffer.alloc(32, 7));
    const { commit } = decide({ ...asked, verdicts: [{ kind: 'malformed', problems: [] }] });
    const [item] = commit.quarantined;
    expect(unpackRecord(vault.open(item?.sealed ?? Buffer.alloc(0)))).toEqual({
      ...{ value: null, headers: {} },
      shed: { why: 'NOT_ASKED', bytes: 2 },
    });
  });
});
