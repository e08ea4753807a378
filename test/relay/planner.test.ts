import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lane } from '../../src/core/lane.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import type { YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import { planOnce } from '../../src/relay/planner.ts';
import { memoryRelay } from '../../src/store/memory/relayQueue.ts';
import { emptyState } from '../../src/store/memory/state.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { memorySubscriptions } from '../../src/store/memory/subscriptions.ts';
import type { Plan, PlanningTurn, RelayQueue } from '../../src/store/relayPort.ts';
import { runs } from '../harness/propertyRuns.ts';
import { batch, claimed, committed, newOrg, newRef, youth } from '../store/commits.ts';
import { alertOf, at, drained, type Place, planned, subscriptionOf } from '../store/relayCommits.ts';

const LANES = 3;
const YOUTHS = 4;
const OWNERS = ['40001', '40002'];

const lane = fc.nat(LANES - 1);
const who = fc.nat(YOUTHS - 1);
type Step =
  | { do: 'record'; lane: number; who: number; owner: number; silent: boolean }
  | { do: 'merge'; lane: number; gone: number; stays: number }
  /** Sees less of some lanes than is committed. `dies`: after it has planned, before it has written. */
  | { do: 'plan'; planner: number; page: number; unseen: number[]; dies: boolean }
  | { do: 'pause' | 'disable' | 'enable'; subscription: number }
  | { do: 'send' };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('record'), lane, who, owner: fc.nat(1), silent: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge'), lane, gone: who, stays: who }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{
        do: fc.constant('plan'),
        planner: fc.nat(1),
        page: fc.integer({ min: 1, max: 4 }),
        dies: fc.boolean(),
      },
      unseen: fc.array(fc.nat(3), { minLength: LANES, maxLength: LANES }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('pause', 'disable', 'enable'), subscription: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('send') }) },
);

/** A turn as of a planner whose view of the lanes is older, and that may be killed. */
function seeing(queue: RelayQueue, { unseen, dies }: Step & { do: 'plan' }): Pick<RelayQueue, 'planTurn'> {
  const older = (turn: PlanningTurn): PlanningTurn => ({
    ...turn,
    lanes: turn.lanes.map(({ id, nextOffset }, index) => {
      const less = nextOffset - BigInt(unseen[index] ?? 0);
      return { id, nextOffset: less < 0n ? 0n : less };
    }),
  });
  return {
    planTurn: (org, moment, plan) =>
      queue.planTurn(org, moment, async (turn): Promise<Plan> => {
        const done = await plan(older(turn));
        if (dies) throw new Error('killed');
        return done;
      }),
  };
}

async function walked(steps: readonly Step[]) {
  const state = emptyState();
  const store = createMemoryStore(state);
  const records = memorySubscriptions(state);
  const queues = [memoryRelay(state), memoryRelay(state)];
  const [queue = memoryRelay(state)] = queues;
  const org = newOrg();
  const lanes: Lane[] = [];
  for (let partition = 0; partition < LANES; partition += 1) lanes.push(await claimed(store, org, partition));
  const all = subscriptionOf(org);
  const one = subscriptionOf(org, { owners: [OWNERS[0] ?? ''] });
  for (const each of [all, one]) await records.addSubscription(each, []);
  const youths = Array.from({ length: YOUTHS }, () => ({
    ref: newRef(),
    version: 0,
    last: null as Place,
    gone: false,
  }));
  const expected = new Map([all, one].map(({ id }) => [id, [] as string[]]));
  const sent = new Map<string, { ref: PersonRef | null; version: number }[]>();

  const raised = (n: number, version: number, owner: string): YouthEvent => ({
    type: 'AlertRaised',
    alert: alertOf({
      id: `${n.toString(16).padStart(8, '0')}${version.toString(16).padStart(8, '0')}`,
      owner,
    }),
  });
  /** Commits the events of one record, each youth's. */
  async function commit(on: Lane, effects: { who: number; events: YouthEvent[]; into?: PersonRef }[]) {
    const offset = on.nextOffset;
    const written = effects.map(({ who: n, events, into }) => {
      const known = youths[n];
      if (known === undefined) throw new Error('no such youth');
      const previous = known.last;
      known.version += 1;
      known.last = { lane: on.id, offset };
      known.gone = into !== undefined;
      const { ref, version } = known;
      const after = { ...youth(), mergedInto: into ?? null };
      return {
        applied: appliedRecord({ offset, ref, version, previous, recorded: at(-30), events }),
        youth: youthWrite({ ref, expectedVersion: version - 1, version, youth: after }),
      };
    });
    const parts = { applied: written.map((each) => each.applied), youths: written.map((each) => each.youth) };
    await committed(store, batch(on, offset + 1n, parts));
  }
  function expects(on: Lane, owner: string, number = 1) {
    const id = `${on.topic}/${on.partition}/${on.nextOffset}/${number}`;
    expected.get(all.id)?.push(id);
    if (owner === OWNERS[0]) expected.get(one.id)?.push(id);
  }
  async function send(now: number) {
    for (const { id } of [all, one]) {
      const done = await drained({ queue }, { id }, now);
      const list = sent.get(id) ?? [];
      list.push(...done.map(({ delivery: { ref, version } }) => ({ ref, version })));
      sent.set(id, list);
    }
  }
  async function enable(subscription: Subscription, state: 'active' | 'paused' | 'disabled') {
    const seen = (await records.subscription(org, subscription.id))?.version ?? 0;
    await records.changeSubscription({ org, id: subscription.id, seen, state });
  }

  for (const each of steps) {
    switch (each.do) {
      case 'record': {
        const [on, known, owner] = [lanes[each.lane], youths[each.who], OWNERS[each.owner] ?? ''];
        if (on === undefined || known === undefined || known.gone) break;
        if (!each.silent) expects(on, owner);
        const events = each.silent ? [] : [raised(each.who, known.version, owner)];
        await commit(on, [{ who: each.who, events }]);
        break;
      }
      case 'merge': {
        const [on, gone, stays] = [lanes[each.lane], youths[each.gone], youths[each.stays]];
        if (on === undefined || gone === undefined || stays === undefined || gone === stays) break;
        if (gone.gone || stays.gone) break;
        expects(on, OWNERS[0] ?? '');
        expects(on, OWNERS[0] ?? '', 1_001);
        await commit(on, [
          {
            ...{ who: each.gone, into: stays.ref },
            events: [
              raised(each.gone, gone.version, OWNERS[0] ?? ''),
              { type: 'MergedInto', survivor: stays.ref, rule: 'R01' },
            ],
          },
          { who: each.stays, events: [raised(each.stays, stays.version, OWNERS[0] ?? '')] },
        ]);
        break;
      }
      case 'plan': {
        const view = seeing(queues[each.planner] ?? queue, each);
        await planOnce(view, org, at(0), each.page).catch((error: Error) => {
          if (error.message !== 'killed') throw error;
        });
        break;
      }
      case 'send':
        await send(1);
        break;
      case 'pause':
      case 'disable':
      case 'enable': {
        const state = { pause: 'paused', disable: 'disabled', enable: 'active' } as const;
        await enable(each.subscription === 0 ? all : one, state[each.do]);
        break;
      }
    }
  }
  for (const each of [all, one]) await enable(each, 'active');
  await planned(queue, org);
  await send(2);
  const listed = async (id: string) =>
    (await records.deliveries(org, id, { state: null, after: null, limit: 10_000 })).map(
      ({ eventId }) => eventId,
    );
  return { expected, sent, listed };
}

describe('the planner', () => {
  test('plans every event of a subscription once, and sends each youth’s in the order of its versions, whatever happens between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const { expected, sent, listed } = await walked(steps);
        for (const [id, events] of expected) {
          expect((await listed(id)).sort()).toEqual(events.sort());
          expect(sent.get(id)).toHaveLength(events.length);
          for (const own of Map.groupBy(sent.get(id) ?? [], ({ ref }) => ref).values()) {
            const versions = own.map(({ version }) => version);
            expect(versions).toEqual(versions.toSorted((a, b) => a - b));
          }
        }
      }),
      runs(400),
    );
  });
});
