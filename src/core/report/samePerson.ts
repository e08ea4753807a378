import { exactTag } from '../person/nameTags.ts';
import type { PersonRef } from '../person/reference.ts';
import type { Policy } from '../policy.ts';
import type { Counted } from './counted.ts';
import type { Line } from './register.ts';

// Several numbers on one person distort the figures (regbok A01): a fictive number next to the real one is the usual case.
// No youths are merged here: the second is left out of a figure, and listed for review.

/** The first of each person, and those who would be counted again. */
export function onePerson(
  registered: readonly Counted[],
  by: Policy['countedOnceBy'],
): { first: Counted[]; again: Counted[] } {
  if (by === 'NUMBER') return { first: [...registered], again: [] };
  const kept = new Map<string, Counted>();
  for (const each of registered) {
    const person = personOf(each);
    const known = kept.get(person);
    if (known === undefined || isFirst(each, known)) kept.set(person, each);
  }
  const stays = new Set(kept.values());
  return {
    first: registered.filter((each) => stays.has(each)),
    again: registered.filter((each) => !stays.has(each)),
  };
}

/** Twins have one birth date and two names; without both, a reference is its own person. The name as written: here no
 *  number says that Møller and Moller are one. */
function personOf({ line }: Counted): string {
  return line.born === null || line.nameTag === null ? line.ref : `${line.born} ${exactTag(line.nameTag)}`;
}

/** Counts the one OT has worked with: its code says what the youth does. Then the one known longest. */
export function isFirst(one: Counted, other: Counted): boolean {
  const set = ({ registration }: Counted) => (registration.status.setBy === 'ADVISER' ? 0 : 1);
  if (set(one) !== set(other)) return set(one) < set(other);
  const known = ({ line }: Counted) => line.changes[0]?.recorded ?? '';
  if (known(one) !== known(other)) return known(one) < known(other);
  return one.line.ref < other.line.ref;
}

/** Lines by person, where references have been merged: what was done under either was done for that person. */
export function byPerson(lines: readonly Line[]): Line[][] {
  const into = new Map(lines.map(({ ref, mergedInto }) => [ref, mergedInto]));
  const people = new Map<PersonRef, Line[]>();
  for (const line of lines) {
    const person = lastOf(line.ref, into);
    people.set(person, [...(people.get(person) ?? []), line]);
  }
  return [...people.values()];
}

function lastOf(ref: PersonRef, into: ReadonlyMap<PersonRef, PersonRef | null>): PersonRef {
  const next = into.get(ref) ?? null;
  return next === null ? ref : lastOf(next, into);
}
