import { describe, expect, test } from 'vitest';
import { OthersBehind, othersRead } from '../../src/bridge/othersRead.ts';
import { orgId } from '../../src/core/organisation.ts';
import type { LaneState } from '../../src/store/queriesPort.ts';

const ORG = orgId('telemarkfylke-no');
const CONSENT = `${ORG}.ot.event.consent`;

/** What Kafka holds, by topic; and how far the lanes are, the next answer each time. */
function bridge(ends: Readonly<Record<string, bigint>>, answers: Partial<LaneState>[][]) {
  let asked = 0;
  return {
    patienceMs: 60,
    source: { endOffsets: async (topic: string) => new Map([[0, ends[topic] ?? 0n]]) },
    queries: {
      lanes: async () => (answers[Math.min(asked++, answers.length - 1)] ?? []) as LaneState[],
    },
    asked: () => asked,
  };
}
const lane = (nextOffset: bigint, shift = 0n) => ({ topic: CONSENT, partition: 0, nextOffset, shift });

describe('what the other feeds held', () => {
  test('is waited for until it is decided', async () => {
    const parts = bridge({ [CONSENT]: 3n }, [[], [lane(2n)], [lane(3n)]]);
    await othersRead(parts, ORG);
    expect(parts.asked()).toBe(3);
  });

  test('counts as the lane counts, where its log was another before', async () => {
    const parts = bridge({ [CONSENT]: 3n }, [[lane(12n, 10n)], [lane(13n, 10n)]]);
    await othersRead(parts, ORG);
    expect(parts.asked()).toBe(2);
  });

  test('is nothing in an empty organisation; and what NAV or the bridge itself says is not waited for', async () => {
    const ends = { [`${ORG}.ot.event.bridge`]: 5n, [`${ORG}.ot.event.nav-deltaker`]: 5n };
    const parts = bridge(ends, [[]]);
    await othersRead(parts, ORG);
    expect(parts.asked()).toBe(1);
  });

  test('that is never decided makes the lane try again', async () => {
    await expect(othersRead(bridge({ [CONSENT]: 3n }, [[lane(1n)]]), ORG)).rejects.toThrow(OthersBehind);
  });
});
