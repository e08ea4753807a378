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
 * Characters of a tail before the youth is written whole again. A longer one saves no more of PostgreSQL's log (2,048: 1,479
 * bytes a follow-up, as here) and takes more room: a row that outgrows its page is moved, with all that is in it.
 */
const LONGEST_TAIL = 1_024;

/** Length of a tail of `length` after more records; null when it would be too long. */
export function tailAfter(length: number, records: readonly { body: string }[]): number | null {
  let after = length;
  for (const { body } of records) after += after === 0 ? body.length : 1 + body.length;
  return after > LONGEST_TAIL ? null : after;
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
