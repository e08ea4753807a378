import type { NumberClaim } from '../core/feedAdapter.ts';
import type { Lane } from '../core/lane.ts';
import { isNavDisclosure, toMessages } from '../core/messages/messages.ts';
import type { RegisterQuestion } from '../core/nav/registers.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { Context, Policy } from '../core/policy.ts';
import type { Problem } from '../core/problem.ts';
import type { RuleId } from '../core/rules/ruleId.ts';
import { osloDate } from '../core/time/oslo.ts';
import { decide } from '../core/youth/decide.ts';
import { fold } from '../core/youth/evolve.ts';
import { type Bearer, renumber } from '../core/youth/merge.ts';
import type { StatusEvent } from '../core/youth/statusEvent.ts';
import { unmetAnnulment } from '../core/youth/unmetAnnulment.ts';
import type { Youth } from '../core/youth/youth.ts';
import type { YouthEvent } from '../core/youth/youthEvent.ts';
import { outdatesState } from '../store/form/storedTail.ts';
import type { NameWrite } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import { packRecord } from '../wire/sealedRecord.ts';
import { type Decided, end, type Outgoing } from './decidedBatch.ts';
import { keepForOperator } from './keptForOperator.ts';
import type { People } from './load.ts';
import { newName } from './newName.ts';
import type { Reading } from './read.ts';
import { createStandings, type Standing, type Standings, youthOf } from './workingYouths.ts';
import type { Packing } from './writes.ts';

export interface DecidingParts<Applied, Written> {
  lane: Lane;
  policy: Policy;
  vault: Vault;
  onDecisionFailed(ref: PersonRef, error: unknown): void;
  /** May what one of NAV's registers says be kept? */
  mayKeep(event: StatusEvent, youth: Youth, question: RegisterQuestion): boolean;
  agreements: RegisterQuestion['agreements'];
  packing: Packing<Applied, Written>;
}

/**
 * All records of one person in a batch, in offset order: read once, written once. Of two people when one of the records
 * says that they are the same.
 */
export function decidePerson<Applied, Written>(
  parts: DecidingParts<Applied, Written>,
  decided: Decided<Applied, Written>,
  readings: readonly Reading[],
  people: People,
): void {
  const standings = createStandings(people);
  const first = decided.commit.applied.length;
  for (const reading of readings) decideRecord(parts, decided, reading, people, standings);
  const all = standings.all();
  // Of two youths they are mixed.
  const own = all.length === 1 ? decided.commit.applied.slice(first) : null;
  for (const standing of all) write(parts, decided, standing, own);
}

/** One youth, or the two that a change of number speaks of. */
function concerned(standings: Standings, { verdict }: Reading, people: People): Standing[] {
  switch (verdict.kind) {
    case 'event':
    case 'listed':
      return [standings.of(people.refOf(verdict.person))];
    case 'renumbered':
      return [standings.of(people.refOf(verdict.former)), standings.of(people.refOf(verdict.person))];
    case 'manifest':
    case 'notOurs':
    case 'malformed':
      throw new Error('a record about nobody came to a person');
  }
}

function decideRecord<Applied, Written>(
  parts: DecidingParts<Applied, Written>,
  decided: Decided<Applied, Written>,
  reading: Reading,
  people: People,
  standings: Standings,
): void {
  const given = concerned(standings, reading, people);
  // Before it is parked: that, too, is to keep it.
  if (reading.asked && !given.every((standing) => isKept(parts, reading, standing))) {
    end(decided, reading, 'not-kept');
    return;
  }
  const waiting = given.find(({ parked }) => parked);
  if (waiting !== undefined) {
    park(parts, decided, reading, waiting, 'behind-parked');
    return;
  }
  let effects: Effect<Applied>[];
  try {
    effects = effectsOf(parts, reading, given, people);
  } catch (error) {
    // A broken invariant stops this youth, not the county.
    const [stopped] = given.filter(({ youth }) => youth === undefined).concat(given);
    if (stopped === undefined) throw error;
    parts.onDecisionFailed(stopped.loaded.ref, error);
    stopped.parked = true;
    park(parts, decided, reading, stopped, 'decision-failed');
    return;
  }
  for (const effect of effects) take(parts, decided, reading, effect);
  const faults = 'faults' in reading.verdict ? [...(reading.verdict.faults ?? [])] : [];
  // Shown to an operator with or without a receipt: a sender on Kafka has none.
  if (effects.length > 0 && faults.length > 0) keepForOperator(parts, decided, reading, faults);
  end(decided, reading, effects.length === 0 ? 'unchanged' : 'decided', [
    ...faults,
    ...notesOn(reading, given),
  ]);
}

function isKept(
  { policy, agreements, mayKeep }: Pick<DecidingParts<unknown, unknown>, 'policy' | 'agreements' | 'mayKeep'>,
  { verdict, received }: Reading,
  standing: Standing,
): boolean {
  if (verdict.kind !== 'event') return false;
  try {
    return mayKeep(verdict.event, youthOf(standing), { at: received, policy, agreements });
  } catch {
    // A youth that cannot be read has not consented.
    return false;
  }
}

/** What the sender should see of a record that was accepted all the same. */
function notesOn({ verdict }: Reading, [first]: readonly Standing[]): Problem[] {
  if (verdict.kind !== 'event' || verdict.event.kind !== 'Annulled' || first === undefined) return [];
  return unmetAnnulment(verdict.event, youthOf(first).facts);
}

/** What a record does to one youth. */
interface Effect<Applied> {
  standing: Standing;
  events: readonly YouthEvent[];
  youth: Youth;
  version: number;
  applied: Applied;
  outgoing: Outgoing[];
  state: Outgoing | null;
  name: NameWrite | null;
}

/** None for a repeat, or nothing new. Everything that can fail fails here. */
function effectsOf<Applied>(
  parts: DecidingParts<Applied, unknown>,
  reading: Reading,
  given: readonly Standing[],
  people: People,
): Effect<Applied>[] {
  const effects: Effect<Applied>[] = [];
  for (const { standing, events } of decisions(parts, reading, given, people)) {
    if (events.length > 0) effects.push(effectOf(parts, reading, standing, events));
  }
  return effects;
}

function decisions(
  parts: Pick<DecidingParts<unknown, unknown>, 'policy'>,
  { verdict, received }: Reading,
  [first, second]: readonly Standing[],
  people: People,
): { standing: Standing; events: YouthEvent[] }[] {
  if (first === undefined || !('event' in verdict)) throw new Error('a record about nobody came to a person');
  const numberRef = 'fodselsnummer' in verdict.person ? people.numberRefOf(verdict.person) : undefined;
  const context: Context = { now: received, today: osloDate(received), policy: parts.policy, numberRef };
  if (verdict.kind !== 'renumbered' || second === undefined)
    return [{ standing: first, events: decide(verdict.event, youthOf(first), context) }];
  const bearerOf = (claim: NumberClaim, standing: Standing): Bearer => {
    const { ref } = standing.loaded;
    const numberRef = people.numberRefOf(claim);
    return { ref, numberRef, met: people.metAs(ref), youth: youthOf(standing) };
  };
  const [former, now] = [bearerOf(verdict.former, first), bearerOf(verdict.person, second)];
  return renumber(verdict.event, former, now, context).map(({ ref, events }) => ({
    standing: first.loaded.ref === ref ? first : second,
    events,
  }));
}

function effectOf<Applied>(
  parts: DecidingParts<Applied, unknown>,
  reading: Reading,
  standing: Standing,
  events: readonly YouthEvent[],
): Effect<Applied> {
  const { received: recorded, traceparent } = reading;
  const { offset } = reading.record;
  const { ref } = standing.loaded;
  const { org, topic, partition } = parts.lane;
  const position = `${topic}/${partition}/${offset}`;
  const version = standing.version + 1;
  const before = youthOf(standing);
  const youth = fold(before, events);
  const outgoing: Outgoing[] = [];
  let state: Outgoing | null = null;
  for (const message of toMessages(events, youth, { org, ref, position, version, recorded })) {
    const item = parts.packing.message(message, traceparent ?? undefined);
    if (message.topic === 'ot-ungdom') state = { item, disclosure: null };
    else outgoing.push({ item, disclosure: isNavDisclosure(message) ? message : null });
  }
  const applied = parts.packing.record({ offset, ref, version, previous: standing.last, recorded, events });
  const name = newName(parts, reading, ref, before, events);
  return { standing, events, youth, version, applied, outgoing, state, name };
}

function take<Applied>(
  { lane }: Pick<DecidingParts<Applied, unknown>, 'lane'>,
  decided: Decided<Applied, unknown>,
  reading: Reading,
  effect: Effect<Applied>,
): void {
  const { standing, events, youth, version, applied, outgoing, state, name } = effect;
  const { offset } = reading.record;
  standing.outdated ||= outdatesState(youthOf(standing), events, youth);
  standing.youth = youth;
  standing.version = version;
  standing.last = { lane: lane.id, offset };
  standing.state = state ?? standing.state;
  decided.commit.applied.push(applied);
  const { verdict } = reading;
  if (verdict.kind === 'event' && verdict.sourceKey !== undefined)
    decided.commit.sourceKeys.push({ key: verdict.sourceKey, ref: standing.loaded.ref });
  if (name !== null) decided.commit.names.push(name);
  for (const each of outgoing) decided.outgoing.push(each);
  note(decided, events, offset);
}

/** @param own the youth's records in the batch; null when those of another are among them */
function write<Applied, Written>(
  parts: DecidingParts<Applied, Written>,
  decided: Decided<Applied, Written>,
  standing: Standing,
  own: readonly Applied[] | null,
): void {
  const { loaded, youth, version, state, outdated } = standing;
  if (youth === undefined || version === loaded.version) return;
  if (state !== null) decided.outgoing.push(state);
  const { ref, version: expectedVersion, last, tail, place = null, key = null, keep = false } = loaded;
  const added = outdated || own === null ? null : { tail, records: own };
  const write = { ref, expectedVersion, version, youth, place, key, keep };
  decided.commit.youths.push(parts.packing.youth(write, added));
  if (last !== null && last.lane !== parts.lane.id) decided.behind.push(last);
}

function park(
  parts: Pick<DecidingParts<unknown, unknown>, 'vault'>,
  decided: Decided<unknown, unknown>,
  reading: Reading,
  { loaded: { ref } }: Standing,
  reason: 'behind-parked' | 'decision-failed',
): void {
  const { received } = reading;
  const { offset } = reading.record;
  const sealed = parts.vault.seal(packRecord(reading.record));
  decided.commit.parked.push({ offset, ref, received, reason, sealed });
  end(decided, reading, reason);
}

/** What the telemetry counts, taken now: the events themselves are not kept until Kafka has answered. */
function note(
  { rules, newcomers }: Pick<Decided, 'rules' | 'newcomers'>,
  events: readonly YouthEvent[],
  offset: bigint,
): void {
  for (const event of events) {
    const rule = ruleOf(event);
    if (rule !== null) rules.set(rule, (rules.get(rule) ?? 0) + 1);
    if (event.type === 'AlertRaised' && event.alert.kind === 'NY_TILMELDING') newcomers.push(offset);
  }
}

function ruleOf(event: YouthEvent): RuleId | null {
  if ('rule' in event) return event.rule;
  if (event.type === 'StatusSet') return event.status.rule;
  return event.type === 'AlertRaised' ? event.alert.rule : null;
}
