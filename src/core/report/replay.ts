import { by } from '../order.ts';
import type { PersonRef } from '../person/reference.ts';
import type { Policy } from '../policy.ts';
import type { IsoInstant } from '../time/date.ts';
import { osloDate } from '../time/oslo.ts';
import { conclude } from '../youth/decide.ts';
import { fold } from '../youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../youth/youth.ts';
import { byPlace, inDecidedOrder, type PlacedEvents } from './inDecidedOrder.ts';
import type { RecordedEvents } from './register.ts';
import { type Decide, replayCauses } from './replayCause.ts';

// A report is a function of what had been received by its cut-off. Lanes are read in parallel, so a decision may rest on a
// record of a later moment: the next reading of the topics would give another decision and another report (E01). So a
// youth whose records came out of order is decided again, in the order of their moments.

export interface ReplayScope {
  policy: Policy;
  /** Time has passed until here, whether or not a record says so. */
  until: IsoInstant;
}

/**
 * One youth's records in the order of their moments, and between them what time alone led to, each at the moment it fell
 * due: the same for every reading of the same topics. Records that came in that order are returned as they were
 * decided, even if the rules have changed since; others are decided again.
 * @param records all of one youth up to some moment, by version
 */
export function replay(records: readonly PlacedEvents[], scope: ReplayScope): RecordedEvents[] {
  const [first] = records;
  if (first === undefined) return [];
  const decided = inDecidedOrder(records);
  if (decided === null) return decidedAgain(first.ref, records, scope);
  if (decided.due === null || decided.due > scope.until) return decided.records;
  const youth = decided.records.reduce((so, { events }) => fold(so, events), UNKNOWN_YOUTH);
  const running = replayFrom(first.ref, scope.policy, youth, decided.records);
  running.pass(scope.until);
  return running.records;
}

function decidedAgain(
  ref: PersonRef,
  records: readonly PlacedEvents[],
  { policy, until }: ReplayScope,
): RecordedEvents[] {
  const running = replayFrom(ref, policy, UNKNOWN_YOUTH, []);
  let last = until;
  const causes = records
    .toSorted(byPlace)
    .flatMap(replayCauses)
    // Facts that a merge copies sort after facts received at the same instant.
    .sort(by(({ at }) => at));
  for (const { at, decide } of causes) {
    running.pass(at);
    running.decideAt(at, decide);
  }
  for (const { events } of records)
    for (const event of events) if (event.type === 'TimePassed' && event.at > last) last = event.at;
  running.pass(last);
  return running.records;
}

interface Replay {
  records: RecordedEvents[];
  decideAt(at: IsoInstant, decide: Decide): void;
  /** Decides what falls due up to and at a moment. */
  pass(until: IsoInstant): void;
}

/** @param start the youth after `before` */
function replayFrom(ref: PersonRef, policy: Policy, start: Youth, before: readonly RecordedEvents[]): Replay {
  const records = [...before];
  let youth = start;
  const decideAt = (at: IsoInstant, decide: Decide) => {
    // Later records under this number were decided for the survivor.
    if (youth.mergedInto !== null) return;
    const events = decide(youth, { now: at, today: osloDate(at), policy });
    if (events.length === 0) return;
    youth = fold(youth, events);
    records.push({ ref, version: records.length + 1, recorded: at, events });
  };
  return {
    records,
    decideAt,
    pass(until) {
      while (youth.due !== null && youth.due <= until) {
        const { due: at } = youth;
        decideAt(at, (now, context) => conclude([{ type: 'TimePassed', at }], 'Due', now, context));
      }
    },
  };
}
