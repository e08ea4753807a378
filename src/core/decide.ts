import type { IsoInstant } from './date.ts';
import { absencesFrom } from './derive/absence.ts';
import { derive } from './derive/derive.ts';
import { ledgerOf } from './derive/ledger.ts';
import { difference } from './difference.ts';
import { evolve, isAnswerOf, withheld } from './evolve.ts';
import { placeOf } from './factOrder.ts';
import type { Context } from './policy.ts';
import { navNeedsConsent } from './rules/consent.ts';
import { listDecidesNothing } from './rules/tilmelding.ts';
import type { StatusEvent } from './statusEvent.ts';
import { factKey, type Youth } from './youth.ts';
import type { Fact, YouthEvent } from './youthEvent.ts';

/**
 * What follows when a youth's next source event is known: the fact, and the difference between what was decided
 * before and what follows from all facts now. Empty = a repeat, or nothing new.
 * Throws on a broken invariant: a code no adapter may let through, or no owner (R50).
 */
export function decide(event: StatusEvent, youth: Youth, context: Context): YouthEvent[] {
  const first = event.kind === 'Due' ? passTime(event.at, youth, context) : record(event, youth, context);
  if (first === null) return [];
  const next = evolve(youth, first);
  const derived = derive(next.facts, next.asOf ?? context.now, context.policy);
  const events: YouthEvent[] = [first];
  for (const { batch, permit } of derived.stopped) {
    // Told once per batch. The fact at hand is recorded without what may not be known.
    if (first.type === 'FactRecorded' && isAnswerOf(first.fact, batch)) {
      events[0] = { type: 'FactRecorded', fact: withheld(first.fact) };
      if (youth.facts.some((fact) => isAnswerOf(fact, batch) && withheldAlready(fact))) continue;
    }
    const { side, state } = permit;
    events.push({ type: 'WithheldForConsent', batch, side, state, rule: navNeedsConsent.id });
  }
  events.push(...difference(youth, derived, event.kind));
  return events;
}

function withheldAlready(fact: Fact): boolean {
  return fact.kind === 'NavMatch' && fact.answer === null;
}

/** Null before the youth's time has come: the tick was early, or is answered already. */
function passTime(at: IsoInstant, youth: Youth, { now }: Context): YouthEvent | null {
  const moment = at > now ? at : now;
  return youth.due === null || moment < youth.due ? null : { type: 'TimePassed', at: moment };
}

type Told = Exclude<StatusEvent, { kind: 'Due' }>;

/** The fact at hand as it is recorded; null when it is known already. */
function record(event: Told, youth: Youth, context: Context): YouthEvent | null {
  const { now, today } = context;
  const known = youth.facts[placeOf(youth.facts, event)];
  if (event.kind === 'Absent' && isCountedOut(event, youth, context)) return null;
  if (known === undefined) {
    return {
      type: 'FactRecorded',
      fact: kept(event, now, { firstReceived: now, firstReceivedOn: today, versions: [event.version] }),
    };
  }
  if (isListRow(event)) return recordRow(event, known, youth, now);
  if (known.versions.includes(event.version)) return null;
  if (event.version < known.version) {
    return {
      type: 'VersionNoted',
      key: factKey(event),
      version: event.version,
      received: now,
      receivedOn: today,
    };
  }
  const first = known.firstReceived <= now ? known : { firstReceived: now, firstReceivedOn: today };
  const { firstReceived, firstReceivedOn } = first;
  const versions = [...known.versions, event.version];
  return { type: 'FactRecorded', fact: kept(event, now, { firstReceived, firstReceivedOn, versions }) };
}

function isListRow(event: Told): event is Extract<Told, { kind: 'RegisterSeen' | 'ContractSeen' }> {
  return event.kind === 'RegisterSeen' || event.kind === 'ContractSeen';
}

/** A row of a nightly list: last night's only matters when tonight's says something else, or when the youth has been
 *  missing in between. Nights are not versions to be kept. */
function recordRow(
  event: Extract<Told, { kind: 'RegisterSeen' | 'ContractSeen' }>,
  known: Fact,
  youth: Youth,
  now: IsoInstant,
): YouthEvent | null {
  if (event.version < known.version || (event.version === known.version && now <= known.received))
    return null;
  if (saysTheSame(event, known) && !missedBetween(event.kind, known.received, now, youth)) return null;
  const { firstReceived, firstReceivedOn } = known;
  return {
    type: 'FactRecorded',
    fact: kept(event, now, { firstReceived, firstReceivedOn, versions: [event.version] }),
  };
}

function saysTheSame(event: Told, known: Fact): boolean {
  if (event.kind === 'RegisterSeen' && known.kind === 'RegisterSeen') {
    return event.code === known.code && event.list === known.list && event.unit === known.unit;
  }
  if (event.kind === 'ContractSeen' && known.kind === 'ContractSeen') {
    return event.institution === known.institution && event.from === known.from && event.to === known.to;
  }
  return false;
}

function missedBetween(
  kind: 'RegisterSeen' | 'ContractSeen',
  since: IsoInstant,
  now: IsoInstant,
  { facts }: Youth,
): boolean {
  const list = kind === 'RegisterSeen' ? 'ot' : 'laktiv';
  return facts.some(
    (fact) => fact.kind === 'Absent' && fact.list === list && fact.received > since && fact.received < now,
  );
}

/** Enough absences are known, or the youth has been seen since: one more would say nothing, every night. */
function isCountedOut(
  event: Extract<Told, { kind: 'Absent' }>,
  youth: Youth,
  { now, policy }: Context,
): boolean {
  const { count, lastSeen } = absencesFrom(ledgerOf(youth.facts), event.list);
  return (
    lastSeen >= now || listDecidesNothing.applies({ absences: count, limit: policy.absencesBeforeReview })
  );
}

function kept(
  event: Told,
  received: IsoInstant,
  history: Pick<Fact, 'firstReceived' | 'firstReceivedOn' | 'versions'>,
): Fact {
  const { firstReceived, firstReceivedOn, versions } = history;
  return { ...event, received, firstReceived, firstReceivedOn, versions };
}
