import { conclude, decide } from './decide.ts';
import { fold } from './evolve.ts';
import type { Context } from './policy.ts';
import { protectionChange } from './protection/change.ts';
import { onePerson } from './rules/person.ts';
import type { StatusEvent } from './statusEvent.ts';
import { uniteFacts } from './uniteFacts.ts';
import type { Youth } from './youth.ts';
import type { Fact, YouthEvent } from './youthEvent.ts';

// Two numbers, one person (I05). What follows is a function of the set of facts, so to merge is to unite two sets of
// facts under one reference; the other reference stays as a sign that points to it.

/** A youth under the reference a number leads to. */
export interface Bearer {
  ref: string;
  youth: Youth;
}

/** What follows for the youth of one reference. */
export interface Effect {
  ref: string;
  events: YouthEvent[];
}

type Renumbering = Extract<StatusEvent, { kind: 'Renumbered' }>;

/**
 * One number has taken another's place; `one` and `other` are whom they lead to, in any order. The youth that goes
 * comes first, so that its alerts are withdrawn before the other's are raised.
 */
export function renumber(event: Renumbering, one: Bearer, other: Bearer, context: Context): Effect[] {
  if (one.ref === other.ref) {
    const told = { ...event, merged: wasMerged(one.youth) };
    return [{ ref: one.ref, events: decide(told, one.youth, context) }];
  }
  const [survivor, absorbed] = goesBefore(one, other) ? [one, other] : [other, one];
  const events = absorb(event, survivor.youth, absorbed.youth, context);
  return [
    { ref: absorbed.ref, events: leave(absorbed.youth, survivor) },
    { ref: survivor.ref, events },
  ];
}

/**
 * The reference known first stays, so that nobody who has been told of it is told of a new youth. By Kafka's moments
 * and in the end by the references: in whatever order several numbers are merged, the same one is left, also when
 * everything is played again with the vault kept.
 */
function goesBefore(one: Bearer, other: Bearer): boolean {
  const [since, otherSince] = [knownSince(one.youth), knownSince(other.youth)];
  if (since === otherSince) return one.ref < other.ref;
  return otherSince === null || (since !== null && since < otherSince);
}

/** Had somebody been told of when the number changed? By Kafka's moments: what came later and was read first does not make
 *  two persons of one, neither now nor when the topics are read again (E01). */
function isKnownAt(youth: Youth, { now }: Context): boolean {
  const since = knownSince(youth);
  return since !== null && since <= now;
}

/** Null when nothing is known but numbers. */
function knownSince({ facts }: Youth): string | null {
  let since: string | null = null;
  for (const { kind, firstReceived } of facts) {
    if (kind !== 'Renumbered' && (since === null || firstReceived < since)) since = firstReceived;
  }
  return since;
}

/** The one that stays gets what the other had; its time is that of the one that has come furthest. */
function absorb(event: Renumbering, survivor: Youth, absorbed: Youth, context: Context): YouthEvent[] {
  const twoKnown = isKnownAt(survivor, context) && isKnownAt(absorbed, context);
  const merged = twoKnown || wasMerged(survivor) || wasMerged(absorbed);
  const told = [newFact({ ...event, merged }, context)];
  const united = uniteFacts(uniteFacts(survivor.facts, absorbed.facts), told);
  const recorded: YouthEvent[] = [];
  const known = new Set(survivor.facts);
  for (const fact of united) {
    const now = merged ? markMerged(fact) : fact;
    if (!known.has(now)) recorded.push({ type: 'FactRecorded', fact: now });
  }
  const { asOf } = fold(survivor, recorded);
  if (absorbed.asOf !== null && (asOf === null || asOf < absorbed.asOf))
    recorded.push({ type: 'TimePassed', at: absorbed.asOf });
  return conclude(recorded, event.kind, survivor, context);
}

/** Whatever the order of several merges, the same facts say in the end that there has been one. */
function markMerged(fact: Fact): Fact {
  return fact.kind === 'Renumbered' && !fact.merged ? { ...fact, merged: true } : fact;
}

function wasMerged({ facts }: Youth): boolean {
  return facts.some((fact) => fact.kind === 'Renumbered' && fact.merged);
}

function newFact(event: Renumbering, { now, today }: Context): Fact {
  return { ...event, received: now, firstReceived: now, firstReceivedOn: today, versions: [event.version] };
}

/** The one that goes: nothing stands under its reference any more, and it says where all of it stands. */
function leave(absorbed: Youth, survivor: Bearer): YouthEvent[] {
  const { id: rule } = onePerson;
  const events: YouthEvent[] = protecting(absorbed, survivor.youth);
  for (const { schoolYear, county } of absorbed.registrations)
    events.push({ type: 'TilmeldingAnnulled', schoolYear, county, rule });
  for (const alert of absorbed.alerts)
    events.push({ type: 'AlertWithdrawn', alert: { ...alert, office: null }, rule });
  if (absorbed.due !== null) events.push({ type: 'DueMoved', due: null });
  events.push({ type: 'MergedInto', survivor: survivor.ref, rule });
  return events;
}

/** An address that is protected under either number is protected also in what is told of the merge. */
function protecting(absorbed: Youth, survivor: Youth): YouthEvent[] {
  // Nothing has been told under this reference, and nothing will be.
  if (absorbed.asOf === null) return [];
  const facts = survivor.facts.filter(({ kind }) => kind === 'Protection' || kind === 'Annulled');
  if (facts.length === 0) return [];
  const known = new Set(absorbed.facts);
  const recorded: YouthEvent[] = uniteFacts(absorbed.facts, facts)
    .filter((fact) => !known.has(fact))
    .map((fact) => ({ type: 'FactRecorded', fact }));
  const regraded = protectionChange(absorbed, fold(absorbed, recorded));
  return regraded === null ? recorded : [...recorded, regraded];
}
