import { expect, test } from 'vitest';
import type { KafkaLink } from '../../src/kafka/kafkaLink.ts';
import type { LaneTrouble } from '../../src/kafka/laneTrouble.ts';
import { openLane } from '../../src/kafka/openLane.ts';
import { KAFKA_ERRORS } from '../../src/kafka/protocol/errorCodes.ts';
import { verify } from '../../src/kafka/verification.ts';

// A link that answers as Kafka does between the deletion of a topic and the moment when its new id is known: offsets, asked
// for by name, are the new topic's. The same on real Kafka: test/flow/lanesGone.real.test.ts and the fault suite.

const PLACE = { from: 10n, shift: 0n, clusterId: 'c', topicId: 'old', mark: null };

function stage(byId: number) {
  const reported: (LaneTrouble | null)[] = [];
  let refreshed = 0;
  const lane = openLane('t', 0, PLACE, {
    take: () => undefined,
    found: () => undefined,
    stopped: (trouble) => void reported.push(trouble),
  });
  lane.leader = { nodeId: 1, epoch: 0, topicId: 'old' };
  const answers: Readonly<Record<string, unknown>> = {
    ListOffsets: [{ topic: 't', partition: 0, error: KAFKA_ERRORS.none, offset: 0n }],
    Fetch: { error: KAFKA_ERRORS.none, partitions: [{ error: byId, records: null }] },
  };
  const link = {
    send: async ({ apiName }: { apiName: string }) => answers[apiName],
    isUp: () => true,
    close: () => undefined,
  } as KafkaLink;
  const refresh = () => {
    refreshed += 1;
  };
  const parts = { link, clusterId: 'c', digest: () => 0n, refresh };
  return { verify: () => verify(parts, [lane]), reported, refreshes: () => refreshed };
}

test('offsets of a topic that was made anew are not laid to the one that is gone: its id is asked for again', async () => {
  const { verify, reported, refreshes } = stage(KAFKA_ERRORS.unknownTopicId);
  await verify();
  expect(reported).toEqual([]);
  expect(refreshes()).toBe(1);
});

test('a log that is shorter than what was read of it is reported once', async () => {
  const { verify, reported, refreshes } = stage(KAFKA_ERRORS.none);
  await verify();
  await verify();
  expect(reported).toMatchObject([{ code: 'OFFSETS_GONE', reason: 'LOG_SHORTER', offset: 10n, upto: 0n }]);
  expect(refreshes()).toBe(0);
});
