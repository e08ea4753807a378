import type { IsoInstant } from './date.ts';
import { derive } from './derive/derive.ts';
import { ledgerOf } from './derive/facts/ledger.ts';
import { absenceLimit, absencesFrom } from './derive/lists/absence.ts';
import { difference } from './difference.ts';
import { fold, isAnswerOf, withheld } from './evolve.ts';
import { placeOf } from './factOrder.ts';
import type { Context } from './policy.ts';
import { protectionChange } from './protection/change.ts';
import { navNeedsConsent } from './rules/consent.ts';
import { listDecidesNothing } from './rules/tilmelding.ts';
import { schoolListOf } from './schoolList.ts';
import type { AbsenceList, FactBody, StatusEvent } from './statusEvent.ts';
import { factKey, type Youth } from './youth.ts';
import type { Fact, YouthEvent } from './youthEvent.ts';

/**
 * What follows when a youth's next source event is known: the fact, and the difference between what was decided
 * before and what follows from all facts now. Empty = a repeat, or nothing new.
 * Throws on a broken invariant: a code no adapter may let through, or no owner (R50).
 */
export function decide(event: StatusEvent, youth: Youth, context: Context): YouthEvent[] {
  const first = event.kind === 'Due' ? passTime(event.at, youth, context) : record(event, youth, context);
  return first === null ? [] : conclude([first], event.kind, youth, context);
}

/** What was recorded of a youth at once, and all that follows from it. `kind`: the cause at hand. */
export function conclude(
  recorded: readonly YouthEvent[],
  kind: FactBody['kind'],
  youth: Youth,
  context: Context,
): YouthEvent[] {
  const next = fold(youth, recorded);
  const derived = derive(next.facts, next.asOf ?? context.now, context.policy);
  const events: YouthEvent[] = [...recorded];
  for (const { batch, permit } of derived.stopped) {
    // Told once per batch. An answer at hand is recorded without what may not be known.
    if (
      withholdAnswers(events, batch) &&
      youth.facts.some((fact) => isAnswerOf(fact, batch) && withheldAlready(fact))
    )
      continue;
    if (events.some((event) => event.type === 'WithheldForConsent' && event.batch === batch)) continue;
    const { side, state } = permit;
    events.push({ type: 'WithheldForConsent', batch, side, state, rule: navNeedsConsent.id });
  }
  const regraded = protectionChange(youth, next);
  if (regraded !== null) events.push(regraded);
  events.push(...difference(youth, derived, kind));
  return events;
}

function withholdAnswers(events: YouthEvent[], batch: string): boolean {
  let atHand = false;
  for (const [i, event] of events.entries()) {
    if (event.type !== 'FactRecorded' || !isAnswerOf(event.fact, batch)) continue;
    events[i] = { type: 'FactRecorded', fact: withheld(event.fact) };
    atHand = true;
  }
  return atHand;
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

type ListRow = Extract<Told, { kind: 'RegisterSeen' | 'ContractSeen' | 'PupilSeen' }>;

function isListRow(event: Told): event is ListRow {
  return event.kind === 'RegisterSeen' || event.kind === 'ContractSeen' || event.kind === 'PupilSeen';
}

/** A row of a list that comes again and again: the last one only matters when this one says something else, or when
 *  the youth has been missing in between. Nights are not versions to be kept. */
function recordRow(event: ListRow, known: Fact, youth: Youth, now: IsoInstant): YouthEvent | null {
  if (event.version < known.version || (event.version === known.version && now <= known.received))
    return null;
  if (saysTheSame(event, known) && !missedBetween(listOf(event), known.received, now, youth)) return null;
  const { firstReceived, firstReceivedOn } = known;
  return {
    type: 'FactRecorded',
    fact: kept(event, now, { firstReceived, firstReceivedOn, versions: [event.version] }),
  };
}

function saysTheSame(event: ListRow, known: Fact): boolean {
  if (event.nameTag !== known.nameTag) return false;
  if (event.kind === 'RegisterSeen' && known.kind === 'RegisterSeen') {
    return event.code === known.code && event.list === known.list && event.unit === known.unit;
  }
  if (event.kind === 'RegisterSeen' || known.kind !== event.kind) return false;
  return event.institution === known.institution && event.from === known.from && event.to === known.to;
}

function listOf(event: ListRow): AbsenceList {
  switch (event.kind) {
    case 'RegisterSeen':
      return 'ot';
    case 'ContractSeen':
      return 'laktiv';
    case 'PupilSeen':
      return schoolListOf(event.institution);
  }
}

function missedBetween(list: AbsenceList, since: IsoInstant, now: IsoInstant, { facts }: Youth): boolean {
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
  const limit = absenceLimit(policy, event.list);
  return lastSeen >= now || listDecidesNothing.applies({ absences: count, limit });
}

function kept(
  event: Told,
  received: IsoInstant,
  history: Pick<Fact, 'firstReceived' | 'firstReceivedOn' | 'versions'>,
): Fact {
  const { firstReceived, firstReceivedOn, versions } = history;
  return { ...event, received, firstReceived, firstReceivedOn, versions };
}
