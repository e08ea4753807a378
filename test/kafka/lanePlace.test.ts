import { describe, expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { planRepair } from '../../src/desk/lanes/laneRepair.ts';
import { judge, type KnownLog, type SeenLog } from '../../src/kafka/lanePlace.ts';
import { laneStopOf } from '../../src/kafka/laneTrouble.ts';
import type { LaneState } from '../../src/store/queriesPort.ts';

const NOW = '2026-11-20T08:00:00.000Z';
const known: KnownLog = { position: 100n, clusterId: 'c', topicId: 't', trouble: null };
const seen: SeenLog = { clusterId: 'c', topicId: 't', start: 0n, end: 100n, mark: 'same', markOffset: 99n };
const verdict = (log: Partial<SeenLog>, lane: Partial<KnownLog> = {}) => {
  const trouble = judge({ ...known, ...lane }, { ...seen, ...log }, NOW);
  return trouble && `${trouble.code} ${trouble.reason}`;
};

describe('whether a lane may go on in the log that is there', () => {
  test.each([
    ['nothing has come', {}, {}, null],
    ['more has come', { end: 120n }, {}, null],
    ['everything read has been deleted by its time', { start: 100n, mark: 'unknown' }, {}, null],
    ['a record not read has been deleted', { start: 101n, end: 120n }, {}, 'OFFSETS_GONE DELETED'],
    ['the log ends before what was read', { end: 99n, mark: 'unknown' }, {}, 'OFFSETS_GONE LOG_SHORTER'],
    [
      'another record stands where the last one read stood',
      { mark: 'other' },
      {},
      'LOG_REPLACED OTHER_RECORD',
    ],
    ['the topic was made anew', { topicId: 'u', end: 500n }, {}, 'TOPIC_REPLACED TOPIC_ID'],
    ['another cluster answers', { clusterId: 'd' }, {}, 'LOG_REPLACED CLUSTER_ID'],
    ['nothing is known of the log yet', {}, { clusterId: null, topicId: null }, null],
  ] as const)('%s', (_what, log, lane, expected) => {
    expect(verdict(log, lane)).toBe(expected);
  });

  test('a log that was too short and has grown is gone on in only where the last record read is there', () => {
    const trouble = judge(known, { ...seen, end: 80n, mark: 'unknown' }, NOW);
    expect(verdict({ end: 130n, mark: 'unknown' }, { trouble })).toBe('OFFSETS_GONE LOG_SHORTER');
    expect(verdict({ end: 130n, mark: 'same' }, { trouble })).toBe(null);
  });
});

describe('where a stopped lane may go on', () => {
  const lane = (log: Partial<SeenLog>): LaneState => {
    const trouble = judge(known, { ...seen, ...log }, NOW);
    return {
      org: orgId('o'),
      topic: 't',
      partition: 0,
      epoch: 1,
      nextOffset: 130n,
      publishedUpto: 130n,
      shift: 30n,
      stopped: trouble && laneStopOf(trouble),
      counts: { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 },
    };
  };
  const unreadable = (upto: bigint | null): LaneState => ({
    ...lane({}),
    stopped: laneStopOf({ code: 'BATCH_UNREADABLE', reason: 'CHECKSUM', offset: 100n, upto, since: NOW }),
  });

  test('behind what was deleted, which is named', () => {
    const planned = planRepair(lane({ start: 105n, end: 120n }), { start: 105n, end: 120n }, null);
    expect(planned).toMatchObject({ ok: true, repair: { stoppedAt: 100n, from: 105n, otherLog: false } });
    expect(planned.ok && planned.repair.says.join(' ')).toContain('100 til 104');
  });

  test('in another log at its beginning, so that nothing in it is passed over', () => {
    const log = { start: 3n, end: 40n };
    for (const each of [lane({ topicId: 'u' }), lane({ mark: 'other' }), lane({ end: 40n })])
      expect(planRepair(each, log, null)).toMatchObject({ ok: true, repair: { from: 3n, otherLog: true } });
    const later = planRepair(lane({ topicId: 'u' }), log, 20n);
    expect(later.ok && later.repair.says.join(' ')).toContain('3 til 19');
  });

  test('behind a batch that cannot be read, where its end is known or named', () => {
    const log = { start: 0n, end: 120n };
    expect(planRepair(unreadable(103n), log, null)).toMatchObject({ ok: true, repair: { from: 103n } });
    expect(planRepair(unreadable(null), log, null)).toMatchObject({ ok: false });
    expect(planRepair(unreadable(null), log, 104n)).toMatchObject({ ok: true, repair: { from: 104n } });
  });

  test('never back in the same log, never outside of it, never over an open transaction, never without need', () => {
    const log = { start: 0n, end: 120n };
    const open = {
      code: 'TRANSACTION_OPEN',
      reason: 'OPEN',
      offset: 100n,
      producerId: 7n,
      since: NOW,
    } as const;
    for (const [each, from] of [
      [unreadable(103n), 100n],
      [unreadable(103n), 121n],
      [{ ...lane({}), stopped: laneStopOf(open) }, 110n],
      [lane({}), 110n],
    ] as const)
      expect(planRepair(each, log, from)).toMatchObject({ ok: false });
  });
});
