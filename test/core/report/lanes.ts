import fc from 'fast-check';
import { personRef } from '../../../src/core/person/reference.ts';
import type { Policy } from '../../../src/core/policy.ts';
import type { PlacedEvents } from '../../../src/core/report/inDecidedOrder.ts';
import { epochOf, instantOf } from '../../../src/core/time/date.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import { factOf } from '../../harness/story.ts';
import { type Arrival, arrivals, needsConsent } from '../anyFacts.ts';

// One youth's records in the lanes of Kafka, read as they came and read again in another order of the lanes.

/** All of it has happened by then, and it is then that the topics are read again. */
export const END = '2027-09-01T08:00:00.000Z';

export interface LaneStory {
  sent: readonly Arrival[];
  /** How long after its moment each clock's record comes, in turn. */
  lateness: readonly number[];
  /** Which lane is read next, in turn. */
  turns: readonly number[];
}

/** Further apart than a clock's record is late: what falls due within that comes as one, and once is not twice. */
const APART_MS = 2_000;

export const laneStories: fc.Arbitrary<LaneStory> = fc.record({
  sent: arrivals.map((all) =>
    all.map((each, at) => ({ ...each, received: instantOf(epochOf(each.received) + at * APART_MS) })),
  ),
  lateness: fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 1, maxLength: 5 }),
  turns: fc.array(fc.nat(99), { minLength: 1, maxLength: 40 }),
});

export interface Read {
  youth: Youth;
  records: PlacedEvents[];
}

/** As it came, and again lane by lane. */
export function readTwice(
  ref: string,
  { sent, lateness, turns }: LaneStory,
  policy: Policy,
): { first: Read; again: Read } {
  const lanes = lanesOf(ref, policy);
  const log = asItCame(lanes, sent, lateness);
  const first = lanes.read();
  const other = lanesOf(ref, policy);
  for (const arrival of interleaved(log, turns)) other.take(arrival);
  other.pass(END);
  return { first, again: other.read() };
}

interface Placed extends Arrival {
  topic: string;
  offset: bigint;
}

function lanesOf(ref: string, policy: Policy) {
  let youth = UNKNOWN_YOUTH;
  const records: PlacedEvents[] = [];
  const take = ({ received, event, topic, offset }: Placed) => {
    const events = decide(event, youth, { now: received, today: osloDate(received), policy });
    if (events.length === 0) return;
    youth = fold(youth, events);
    const version = records.length + 1;
    records.push({ ref: personRef(ref), version, recorded: received, events, topic, partition: 0, offset });
  };
  return {
    take,
    due: () => youth.due,
    /** What has fallen due by now is decided now. */
    pass(now: string) {
      for (let turn = 1_000n; youth.due !== null && youth.due <= now; turn += 1n)
        take({ ...clock(youth.due, now), topic: 'bridge', offset: turn });
    },
    read: (): Read => ({ youth, records }),
  };
}

/** @returns every record of the topics, in the order of their moments. */
function asItCame(
  lanes: ReturnType<typeof lanesOf>,
  sent: readonly Arrival[],
  lateness: readonly number[],
): Placed[] {
  const waiting = sent.toSorted(byMoment);
  const log: Placed[] = [];
  const fired = new Set<string>();
  for (;;) {
    const due = lanes.due();
    if (due !== null && due <= END && !fired.has(due)) {
      fired.add(due);
      const late = lateness[fired.size % lateness.length] ?? 0;
      waiting.push(clock(due, instantOf(Date.parse(due) + late)));
      waiting.sort(byMoment);
    }
    const next = waiting.shift();
    if (next === undefined) return log;
    const topic = laneOf(next);
    const placed = { ...next, topic, offset: BigInt(log.filter((each) => each.topic === topic).length) };
    log.push(placed);
    lanes.take(placed);
  }
}

/** Consents come before what of NAV's needs them: what may not be known when it is read is gone for good. */
function laneOf({ event }: Arrival): string {
  return needsConsent({ event }) ? 'consent' : event.feed;
}

function clock(due: string, received: string): Arrival {
  return { received, event: factOf({ kind: 'Due', at: due }, {}, null, due, 0) };
}

function byMoment(one: Arrival, other: Arrival): number {
  return one.received < other.received ? -1 : 1;
}

/** Each lane in its own order, and any of them ahead. */
function interleaved(log: readonly Placed[], turns: readonly number[]): Placed[] {
  const lanes = [...Map.groupBy(log, ({ topic }) => topic).values()].map((lane) => [...lane]);
  const order: Placed[] = [];
  for (let turn = 0; order.length < log.length; turn += 1) {
    const open = lanes.filter((lane) => lane.length > 0);
    const next = open[(turns[turn % turns.length] ?? 0) % open.length]?.shift();
    if (next !== undefined) order.push(next);
  }
  return order;
}
