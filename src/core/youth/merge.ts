import { type KnownNumber, uniteNumbers } from '../person/knownNumber.ts';
import { knownSince } from '../person/numberHistory.ts';
import type { NumberRef, PersonRef } from '../person/reference.ts';
import type { Context } from '../policy.ts';
import { protectionChange } from '../protection/change.ts';
import { onePerson } from '../rules/person.ts';
import { conclude } from './decide.ts';
import { fold } from './evolve.ts';
import type { StatusEvent } from './statusEvent.ts';
import { uniteFacts } from './uniteFacts.ts';
import { UNKNOWN_YOUTH, type Youth } from './youth.ts';
import type { Fact, YouthEvent } from './youthEvent.ts';

// Two numbers, one person (I05). What follows is a function of the set of facts, so a merge unites two sets of facts
// under one reference; the other reference remains as a pointer to it.

/** A youth under the reference a number leads to. */
export interface Bearer {
  ref: PersonRef;
  /** The number's own reference in the vault; `ref` itself until the number was merged away. */
  numberRef: NumberRef;
  /** Place of `ref` in the order in which references were given; the first is the lowest. */
  met: number;
  youth: Youth;
}

/** What follows for the youth of one reference. */
export interface Effect {
  ref: PersonRef;
  events: YouthEvent[];
}

type Renumbering = Extract<StatusEvent, { kind: 'Renumbered' }>;

/**
 * A number has replaced another; `one` and `other` are the youths they lead to, in any order. The absorbed youth comes
 * first, so that its alerts are withdrawn before the other's are raised.
 *
 * The reference given first survives: it is the one that may have been published, and the vault keeps the order without
 * limit. In whatever order several numbers are merged, also when everything is read again with the vault kept, the
 * first of them all is left (E01).
 */
export function renumber(event: Renumbering, one: Bearer, other: Bearer, context: Context): Effect[] {
  const told = newFact(event, one, other, context);
  if (one.ref === other.ref)
    return [{ ref: one.ref, events: absorb(told, one.youth, UNKNOWN_YOUTH, context) }];
  const [survivor, absorbed] = one.met < other.met ? [one, other] : [other, one];
  const events = absorb(told, survivor.youth, absorbed.youth, context);
  return [
    { ref: absorbed.ref, events: leave(absorbed.youth, survivor) },
    { ref: survivor.ref, events },
  ];
}

function newFact(event: Renumbering, one: Bearer, other: Bearer, { now, today }: Context): Fact {
  const known = ({ numberRef, youth }: Bearer): KnownNumber[] => [
    { ref: numberRef, told: now, since: knownSince(youth.facts, numberRef) },
  ];
  const numberRefs = uniteNumbers(known(one), known(other));
  const { version } = event;
  return {
    ...event,
    numberRefs,
    received: now,
    firstReceived: now,
    firstReceivedOn: today,
    versions: [version],
  };
}

/** The survivor gets the other's facts, and the later time of the two. */
function absorb(told: Fact, survivor: Youth, absorbed: Youth, context: Context): YouthEvent[] {
  const recorded: YouthEvent[] = [];
  const known = new Set(survivor.facts);
  for (const fact of uniteFacts(uniteFacts(survivor.facts, absorbed.facts), [told]))
    if (!known.has(fact)) recorded.push({ type: 'FactRecorded', fact });
  if (recorded.length === 0) return [];
  const { asOf } = fold(survivor, recorded);
  if (absorbed.asOf !== null && (asOf === null || asOf < absorbed.asOf))
    recorded.push({ type: 'TimePassed', at: absorbed.asOf });
  return conclude(recorded, told.kind, survivor, context);
}

/** The absorbed youth: its registrations are annulled and it keeps only a pointer to the survivor. */
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

/** An address that is protected under either number is protected also in the messages of the merge. */
function protecting(absorbed: Youth, survivor: Youth): YouthEvent[] {
  // Nothing has been published under this reference, and nothing will be.
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
