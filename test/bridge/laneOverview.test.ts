import { afterEach, describe, expect, test } from 'vitest';
import { type LaneOverview, startLaneOverview } from '../../src/bridge/laneOverview.ts';
import type { Lane, LaneKey } from '../../src/core/lane.ts';
import { type OrgId, orgId } from '../../src/core/organisation.ts';
import type { LaneState } from '../../src/store/queriesPort.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

const OWN = { org: orgId('a'), topic: 'a.ot.event.consent' };
const OTHER = { org: orgId('b'), topic: 'b.ot.event.consent' };

/** Two lanes of an organisation of ours and one of another's, each with two records that are not handled. */
function world(parts: { owned?: LaneKey[]; running?: LaneKey[]; held?: string[]; unreadOther?: boolean }) {
  const alarms: { code: string; detail: string | undefined; count: number | undefined }[] = [];
  const clock = { now: 0 };
  const state = { held: new Set(parts.held ?? []), kafka: true, handled: 5n, published: 4n };
  const stored = (lane: { org: OrgId; topic: string }, partition: number): LaneState => ({
    ...lane,
    partition,
    epoch: 1,
    nextOffset: state.handled,
    publishedUpto: state.published,
    shift: 0n,
    stopped: null,
    counts: { applied: 5, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 },
  });
  const overview = startLaneOverview({
    organisations: [{ id: orgId('a') }],
    source: {
      async endOffsets(topic) {
        if (!state.kafka) throw new Error('away');
        if (topic === OWN.topic)
          return new Map([
            [0, 7n],
            [1, 7n],
          ]);
        return topic === OTHER.topic ? new Map([[0, parts.unreadOther === false ? 5n : 7n]]) : new Map();
      },
    },
    queries: { lanes: async () => [stored(OWN, 0), stored(OWN, 1), stored(OTHER, 0)] },
    held: async (names) => new Set(names.filter((name) => state.held.has(name))),
    owned: () => parts.owned ?? [],
    running: () => (parts.running ?? []).map((lane) => ({ lane: lane as Lane })),
    alarm: (code, { detail, count }) => void alarms.push({ code, detail, count }),
    log: createLogger({ level: 'silent' }),
    now: () => clock.now,
    everyMs: 1_000_000,
  });
  opened.push(overview);
  return {
    overview,
    alarms,
    state,
    async after(ms: number) {
      clock.now += ms;
      return overview.loads();
    },
  };
}
const opened: LaneOverview[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
});
const lane0 = { ...OWN, partition: 0 };
const lane1 = { ...OWN, partition: 1 };

describe('case E1: a lane that no process works is seen by every process', () => {
  test('its lag is reported by a process that does not work it, and never as 0', async () => {
    const { after } = world({ owned: [lane0], running: [lane0], held: [`${OWN.topic}/0`] });
    const unmoved = await after(3_000);
    expect(
      unmoved.map(({ topic, partition, lag, unpublished }) => [topic, partition, lag, unpublished]),
    ).toEqual([
      [OWN.topic, 0, 2, 1],
      [OWN.topic, 1, 2, 1],
      [OTHER.topic, 0, 2, 1],
    ]);
  });

  test('it says since when records wait without one being handled or sent, and begins again with each that is', async () => {
    const { after, state } = world({ owned: [lane0], running: [lane0] });
    const still = async (ms: number) => {
      const [lane] = await after(ms);
      return [lane?.stillMs, lane?.unsentMs];
    };
    expect(await still(3_000)).toEqual([0, 0]);
    expect(await still(50_000)).toEqual([50_000, 50_000]);
    state.handled = 6n;
    expect(await still(10_000)).toEqual([0, 60_000]);
    expect(await still(4_000)).toEqual([4_000, 64_000]);
    state.handled = 7n;
    state.published = 7n;
    expect(await still(4_000)).toEqual([null, null]);
    state.kafka = false;
    state.published = 6n;
    expect(await still(4_000)).toEqual([null, 0]);
  });

  test('it is an alarm within a minute, once, and named by readiness until a worker has it', async () => {
    const { after, alarms, overview, state } = world({
      owned: [lane0],
      running: [lane0],
      held: [`${OWN.topic}/0`, `${OTHER.topic}/0`],
    });
    await after(3_000);
    await after(10_000);
    expect(overview.unworked()).toEqual([]);
    await after(36_000);
    await after(10_000);
    expect(overview.unworked()).toEqual([`${OWN.topic}/1`]);
    expect(alarms).toEqual([{ code: 'LANE_UNWORKED', detail: `${OWN.topic}/1`, count: 2 }]);
    state.held.add(`${OWN.topic}/1`);
    await after(10_000);
    expect(overview.unworked()).toEqual([]);
    state.held.delete(`${OWN.topic}/1`);
    await after(10_000);
    await after(36_000);
    expect(alarms).toHaveLength(2);
  });

  test('one that a process has and gets nowhere with is not worked', async () => {
    const { after, overview } = world({
      owned: [lane0, lane1],
      running: [lane0],
      held: [`${OWN.topic}/0`, `${OWN.topic}/1`],
    });
    await after(3_000);
    await after(36_000);
    expect(overview.unworked()).toEqual([`${OWN.topic}/1`]);
  });

  test('one that changes hands is no alarm', async () => {
    const { after, alarms, state } = world({
      held: [`${OWN.topic}/0`, `${OWN.topic}/1`, `${OTHER.topic}/0`],
    });
    for (let round = 0; round < 6; round += 1) {
      state.held.delete(`${OWN.topic}/1`);
      await after(15_000);
      state.held.add(`${OWN.topic}/1`);
      await after(15_000);
    }
    expect(alarms).toEqual([]);
  });

  test('of an organisation that no process here works for it is an alarm only when records wait', async () => {
    const held = [`${OWN.topic}/0`, `${OWN.topic}/1`];
    for (const unreadOther of [true, false]) {
      const { after, alarms, overview } = world({ held, unreadOther });
      await after(3_000);
      await after(36_000);
      expect(alarms.map(({ detail }) => detail)).toEqual(unreadOther ? [`${OTHER.topic}/0`] : []);
      expect(overview.unworked()).toEqual([]);
    }
  });

  test('while Kafka does not answer no lag is reported, and the lanes are still watched', async () => {
    const { after, overview, state } = world({});
    state.kafka = false;
    const unmoved = await after(3_000);
    expect(unmoved.map(({ lag }) => lag)).toEqual([null, null, null]);
    await after(36_000);
    expect(overview.unworked()).toEqual([`${OWN.topic}/0`, `${OWN.topic}/1`]);
  });
});
