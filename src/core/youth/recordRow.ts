import { annulmentsOf, takenBackBy } from '../derive/facts/annulments.ts';
import { oldRowOf } from '../derive/facts/oldRows.ts';
import { takesBackWhatWasTold } from '../rules/annulment.ts';
import type { IsoInstant } from '../time/date.ts';
import { placeOf } from './factOrder.ts';
import type { Fact, FactOf } from './youthEvent.ts';

/**
 * The known fact of a row without an id: that very row, or one of the same school, person and school year that was
 * named by its content before. Undefined when the row is new.
 */
export function knownRow(facts: readonly Fact[], row: { source: string; id: string }): Fact | undefined {
  return facts[placeOf(facts, row)] ?? oldRowOf(facts, row);
}

/**
 * Is the row as received kept instead of the known one? The newest row holds, and of two that came at the same moment
 * the one that was read last, for they are in one list. A row equal to the known one is a duplicate, unless it repeats
 * what has been taken back, or takes back what has been repeated.
 */
export function replacesRow(row: Fact, known: Fact, facts: readonly Fact[]): boolean {
  if (row.received < known.received) return false;
  if (!saysTheSame(row, known)) return true;
  if (row.kind === 'Annulled' && known.kind === 'Annulled')
    return covers(row, facts) && !covers(known, facts);
  const annulments = annulmentsOf(facts);
  return takenBackBy(annulments, known) !== null && takenBackBy(annulments, row) === null;
}

function covers(annulment: FactOf<'Annulled'>, facts: readonly Fact[]): boolean {
  const event = targetOf(annulment, facts);
  return event !== undefined && takesBackWhatWasTold.applies({ event, annulment });
}

/** The event that the annulment names, in the version that is known; undefined when none has come. */
export function targetOf(
  { source, annuls }: { source: string; annuls: string },
  facts: readonly Fact[],
): Fact | undefined {
  return knownRow(facts, { source, id: annuls });
}

/** An annulment and its event in one submission have one moment: what was read before it had been reported before it. */
export function upToNow(
  annulment: { source: string; annuls: string; upTo?: number },
  facts: readonly Fact[],
  now: IsoInstant,
): { upTo?: number } {
  if (annulment.upTo !== undefined) return {};
  const event = targetOf(annulment, facts);
  return event?.received === now ? { upTo: event.version } : {};
}

const NOT_SAID: ReadonlySet<string> = new Set<keyof Fact>([
  'id',
  'version',
  'reported',
  'received',
  'firstReceived',
  'firstReceivedOn',
  'versions',
]);

/** Equal but for time of receipt and versions. The fields of such rows are plain values. */
function saysTheSame(one: Fact, other: Fact): boolean {
  const [mine, theirs] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  for (const name of new Set([...mine.keys(), ...theirs.keys()]))
    if (!NOT_SAID.has(name) && name !== 'upTo' && mine.get(name) !== theirs.get(name)) return false;
  return true;
}
