import { derive } from '../derive/derive.ts';
import { exactTag } from '../person/nameTags.ts';
import { numberSeen } from '../person/numberHistory.ts';
import type { Context } from '../policy.ts';
import { protectionChange } from '../protection/change.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import { addDifference } from './difference.ts';
import { fold, isAnswerOf, withheld } from './evolve.ts';
import { FACT_KINDS } from './factKinds.ts';
import { placeOf } from './factOrder.ts';
import { knownRow, replacesRow, upToNow } from './recordRow.ts';
import type { FactBody, StatusEvent } from './statusEvent.ts';
import { isUnnamed } from './unnamedRow.ts';
import { factKey, type Youth } from './youth.ts';
import type { Fact, YouthEvent } from './youthEvent.ts';

/**
 * Events that follow from a youth's next source event: the fact, and the difference between what was decided
 * before and what follows from all facts now. Empty = a duplicate, or nothing new.
 * Throws on a broken invariant: a code no adapter may let through, or no owner (R50).
 */
export function decide(event: StatusEvent, youth: Youth, context: Context): YouthEvent[] {
  const first = event.kind === 'Due' ? passTime(event.at, youth, context) : record(event, youth, context);
  const seen = numberSeen(event.kind, youth.facts, context);
  if (seen === null) return first === null ? [] : conclude([first], event.kind, youth, context);
  return conclude(first === null ? [seen] : [first, seen], event.kind, youth, context);
}

/** The same of a fact that was recorded before, replayed at another time or in another order. */
export function decideAgain(fact: Fact, youth: Youth, context: Context): YouthEvent[] {
  const first = record(fact, youth, context);
  return first === null ? [] : conclude([first], fact.kind, youth, context);
}

/** Facts recorded of a youth together, and all that follows from them. `kind`: the cause at hand. */
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
    // Reported once per batch. An answer at hand is recorded without what may not be known.
    if (
      withholdAnswers(events, batch) &&
      youth.facts.some((fact) => isAnswerOf(fact, batch) && withheldAlready(fact))
    )
      continue;
    if (events.some((event) => event.type === 'WithheldForConsent' && event.batch === batch)) continue;
    const { side, state, rule } = permit;
    events.push({ type: 'WithheldForConsent', batch, side, state, rule });
  }
  const regraded = protectionChange(youth, next);
  if (regraded !== null) events.push(regraded);
  addDifference(events, youth, derived, kind);
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
  if (fact.kind === 'NavRegister') return fact.state === null;
  return fact.kind === 'NavMatch' && fact.answer === null;
}

/** Null before the youth is due: the tick was early, or is handled already. */
function passTime(at: IsoInstant, youth: Youth, { now }: Context): YouthEvent | null {
  const moment = at > now ? at : now;
  return youth.due === null || moment < youth.due ? null : { type: 'TimePassed', at: moment };
}

/** A source event, or a fact that was one: what was withheld stays so when it is decided again. */
type SourceEvent = Exclude<StatusEvent, { kind: 'Due' }> | Fact;

/** The fact at hand as it is recorded; null for a duplicate. */
function record(told: SourceEvent, youth: Youth, context: Context): YouthEvent | null {
  const { now, today } = context;
  const event = told.kind === 'Annulled' ? { ...told, ...upToNow(told, youth.facts, now) } : told;
  if (isUnnamed(event.id)) return recordUnnamed(event, youth, context);
  const known = youth.facts[placeOf(youth.facts, event)];
  if (known === undefined) return { type: 'FactRecorded', fact: newFact(event, context) };
  if (isListRow(event)) return recordRow(event, known, now);
  const repeated = known.versions.includes(event.version);
  const first = known.firstReceived <= now ? known : { firstReceived: now, firstReceivedOn: today };
  if (event.version < known.version) {
    return repeated && first === known ? null : noted(event, context);
  }
  // A duplicate only shows that the version came before: the earliest receipt is the same in any order of reading.
  if (repeated && now >= known.received) return null;
  const { firstReceived, firstReceivedOn } = first;
  const versions = repeated ? known.versions : [...known.versions, event.version];
  return { type: 'FactRecorded', fact: kept(event, now, firstReceived, firstReceivedOn, versions) };
}

/** A row without an id: the newest one holds, and the earliest receipt is the same in any order of reading. */
function recordUnnamed(event: SourceEvent, { facts }: Youth, context: Context): YouthEvent | null {
  const known = knownRow(facts, event);
  const first = known === undefined ? {} : firstTold(known);
  const fact = { ...newFact(event, context), ...first };
  if (known === undefined || replacesRow(fact, known, facts)) return { type: 'FactRecorded', fact };
  if (context.now >= known.firstReceived) return null;
  // The nights a row is in the list are no versions: only its earlier receipt is noted.
  return { ...noted(event, context), key: factKey(known), version: known.version };
}

function firstTold({
  firstReceived,
  firstReceivedOn,
}: Fact): Pick<Fact, 'firstReceived' | 'firstReceivedOn'> {
  return { firstReceived, firstReceivedOn };
}

/** An answer in it may not be kept before it is known to be permitted, and that is not decided here. */
function noted(event: SourceEvent, context: Context): Extract<YouthEvent, { type: 'VersionNoted' }> {
  const { now: received, today: receivedOn } = context;
  const fact = withheld(newFact(event, context));
  return { type: 'VersionNoted', key: factKey(event), version: event.version, received, receivedOn, fact };
}

function newFact(event: SourceEvent, { now, today }: Context): Fact {
  return kept(event, now, now, today, [event.version]);
}

type ListRow = Extract<SourceEvent, { kind: 'RegisterSeen' | 'ContractSeen' | 'PupilSeen' }>;

function isListRow(event: SourceEvent): event is ListRow {
  return event.kind === 'RegisterSeen' || event.kind === 'ContractSeen' || event.kind === 'PupilSeen';
}

/** A row of a nightly list: recorded only when it differs from the last one. Nights are not versions to be kept. The
 *  return of a missing youth is reported by the whole list (Present). */
function recordRow(event: ListRow, known: Fact, now: IsoInstant): YouthEvent | null {
  if (event.version < known.version || (event.version === known.version && now <= known.received))
    return null;
  if (saysTheSame(event, known)) return null;
  const { firstReceived, firstReceivedOn } = known;
  return { type: 'FactRecorded', fact: kept(event, now, firstReceived, firstReceivedOn, [event.version]) };
}

/** Also when the tag is from before other spellings were added: one night does not rewrite every row. */
function sameName(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && exactTag(one) === exactTag(other));
}

function saysTheSame(event: ListRow, known: Fact): boolean {
  if (!sameName(event.nameTag, known.nameTag)) return false;
  if (event.kind === 'RegisterSeen' && known.kind === 'RegisterSeen') {
    return event.code === known.code && event.list === known.list && event.unit === known.unit;
  }
  if (event.kind === 'RegisterSeen' || known.kind !== event.kind) return false;
  return event.institution === known.institution && event.from === known.from && event.to === known.to;
}

/** In the order of fields that a stored fact is read with: all facts have one shape. */
function kept(
  event: SourceEvent,
  received: IsoInstant,
  firstReceived: IsoInstant,
  firstReceivedOn: IsoDate,
  versions: number[],
): Fact {
  const { feed, source, id, version, effective, reported, county, born, nameTag, kind } = event;
  const fact: Record<string, unknown> = {
    feed,
    source,
    id,
    version,
    effective,
    reported,
    county,
    born,
    nameTag,
    kind,
    received,
    firstReceived,
    firstReceivedOn,
    versions,
  };
  // The table of kinds holds the fields to their kinds.
  const own = event as unknown as Record<string, unknown>;
  for (const field in FACT_KINDS[kind].fields) if (own[field] !== undefined) fact[field] = own[field];
  // Whose numbers they are is known where both youths are at hand: merge.ts.
  if (kind === 'Renumbered') fact.numberRefs ??= [];
  return fact as unknown as Fact;
}
