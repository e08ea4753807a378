import { unitsOf } from '../../core/access/reach.ts';
import { fold } from '../../core/youth/evolve.ts';
import type { Youth } from '../../core/youth/youth.ts';
import type { YouthEvent } from '../../core/youth/youthEvent.ts';
import { unpackEvents } from './storedEvents.ts';
import { unpackYouth } from './storedYouth.ts';

// A youth is stored whole as of some version, with the events of the records since then behind it: its tail. The events
// are those that the record itself stores, so appending them packs nothing and sends nothing twice.

/** What a row holds of a youth. */
export interface StoredYouth {
  /** The youth as of some version, in stored form. */
  state: string;
  /** Stored events of the records since, with commas between, newest first: what was there is the end of the new value,
   *  and PostgreSQL leaves a common end out of its log. Null when there are none. */
  tail: string | null;
}

/**
 * The youth that a row holds. Every reader of stored youths reads through it.
 * @throws on an unknown form
 */
export function unpackStored({ state, tail }: StoredYouth): Youth {
  const youth = unpackYouth(JSON.parse(state));
  if (tail === null) return youth;
  const records: unknown[] = JSON.parse(`[${tail}]`);
  return fold(youth, records.reverse().flatMap(unpackEvents));
}

/** The tail after more records, given in their order. */
export function longerTail(tail: string | null, bodies: readonly string[]): string {
  const added = bodies.toReversed().join();
  return tail === null ? added : `${added},${tail}`;
}

/**
 * Characters of a tail before the youth is written whole again. Half of what is stored of a youth of many records, so that
 * reading it costs less than what is saved in writing.
 */
const LONGEST_TAIL = 2_048;

/** Whether records may go behind a tail of this length. */
export function fitsTail(length: number, bodies: readonly { body: string }[]): boolean {
  return bodies.reduce((sum, { body }) => sum + 1 + body.length, length) <= LONGEST_TAIL;
}

/**
 * Whether the youth has to be written whole after these events: what is withheld or merged away may not stay in an older
 * state, and the database reads from the state which units follow the youth (`owned_by` in SQL).
 */
export function outdatesState(before: Youth, events: readonly YouthEvent[], after: Youth): boolean {
  if (events.some(({ type }) => type === 'WithheldForConsent' || type === 'MergedInto')) return true;
  if (before.registrations === after.registrations && before.alerts === after.alerts) return false;
  const [were, are] = [unitsOf(before), unitsOf(after)];
  return were.symmetricDifference(are).size > 0;
}
