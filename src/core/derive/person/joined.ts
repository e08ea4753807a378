import { by, compare } from '../../order.ts';
import { earlier, type KnownNumber } from '../../person/knownNumber.ts';
import type { NumberRef } from '../../person/reference.ts';
import { onePerson } from '../../rules/person.ts';
import { compareKeys } from '../../youth/factOrder.ts';
import type { FactOf } from '../../youth/youthEvent.ts';

/** A change of number that made one of two who were known. */
export interface Joining {
  fact: FactOf<'Renumbered'>;
  /** The moment it was reported. */
  told: string;
}

interface Link {
  fact: FactOf<'Renumbered'>;
  one: KnownNumber;
  other: KnownNumber;
  /** When both had been mentioned: a correction may name a third number. */
  told: string;
}

/**
 * The changes that joined two known ones, in the order in which they were reported. Known is judged by all the numbers
 * that had been one by then; a repeated change joins nothing.
 */
export function joinings(changes: readonly FactOf<'Renumbered'>[]): Joining[] {
  const groups = new Map<NumberRef, Group>();
  const groupOf = ({ ref, since }: KnownNumber) => groups.get(ref) ?? { refs: [ref], since };
  const found: Joining[] = [];
  for (const { fact, one, other, told } of changes.flatMap(linksOf).sort(inTurn)) {
    const [here, there] = [groupOf(one), groupOf(other)];
    if (here.refs.includes(other.ref)) continue;
    if (onePerson.applies({ told, since: [here.since, there.since] })) found.push({ fact, told });
    const joined = { refs: [...here.refs, ...there.refs], since: earlier(here.since, there.since) };
    for (const ref of joined.refs) groups.set(ref, joined);
  }
  return found;
}

interface Group {
  refs: readonly NumberRef[];
  since: string | null;
}

function linksOf(fact: FactOf<'Renumbered'>): Link[] {
  const [one, ...others] = fact.numberRefs.toSorted(by(({ told }) => told));
  return one === undefined ? [] : others.map((other) => ({ fact, one, other, told: other.told }));
}

function inTurn(one: Link, other: Link): number {
  return compare(one.told, other.told) || compareKeys(one.fact, other.fact);
}
