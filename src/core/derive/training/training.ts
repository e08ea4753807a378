import { daysAfter } from '../../calendar.ts';
import type { IsoDate } from '../../date.ts';
import type { SchoolYear } from '../../schoolYear.ts';
import { schoolYearOf } from '../../schoolYear.ts';
import type { End, Ledger, Start } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';
import type { Findings } from '../findings.ts';
import { isOver } from '../lists/schoolPresence.ts';

// Is the youth in training? Starts and ends of each institution, by date; on the same date the start wins (S07).

/** The start that makes an end no dropout: other training that goes on, or a start within `days` after it. Of several
 *  the one that was known first, because what OT did before that was done in good faith. */
export function moveFrom(ledger: Ledger, end: End, days: number): Start | null {
  const on = end.fact.effective;
  const last = ledger.starts.length === 0 ? on : daysAfter(on, days);
  let move: Start | null = null;
  for (const start of ledger.starts) {
    if (start.from > last) continue;
    const goesOn = start.from < on && start.institution !== end.fact.institution && isOpen(ledger, start, on);
    if (!goesOn && start.from < on) continue;
    if (move === null || knownLater(move.fact, start.fact)) move = start;
  }
  return move;
}

/** Any sign of training after the date, away from an institution or begun anew there. */
export function seenAfter(ledger: Ledger, on: IsoDate, institution: string): boolean {
  for (const start of ledger.starts) {
    if (start.from >= on) return true;
    if (start.institution !== institution && isOpen(ledger, start, on)) return true;
  }
  // Nobody leaves what they were not in.
  return ledger.ends.some(
    ({ fact, annulledBy, leaving }) =>
      annulledBy === null &&
      leaving.ends &&
      leaving.opens !== 'NO_SHOW' &&
      leaving.opens !== 'TAKKET_NEI' &&
      fact.institution !== institution &&
      fact.effective > on,
  );
}

/** Has somebody told, with a reason, that what began there on a date has ended? */
export function toldEnded({ ends }: Ledger, institution: string, began: IsoDate): boolean {
  return ends.some(
    ({ fact, annulledBy, leaving }) =>
      annulledBy === null && leaving.ends && fact.institution === institution && fact.effective > began,
  );
}

/** The latest training begun in the school year, no earlier than `from`, that nobody has ended. */
export function trainingIn(findings: Findings, schoolYear: SchoolYear, from: IsoDate): Start | null {
  const { ledger } = findings;
  let found: Start | null = null;
  for (const start of ledger.starts) {
    if (start.from < from || schoolYearOf(start.from) !== schoolYear || endOf(ledger, start) !== null)
      continue;
    if (isOver(findings, start)) continue;
    if (
      found === null ||
      start.from > found.from ||
      (start.from === found.from && knownLater(found.fact, start.fact))
    ) {
      found = start;
    }
  }
  return found;
}

/** The first end after the start at the same institution, whatever the reason. */
export function endOf(ledger: Ledger, start: Start): IsoDate | null {
  let first: IsoDate | null = null;
  for (const { fact, leaving, annulledBy } of ledger.ends) {
    if (annulledBy !== null || !leaving.ends || fact.institution !== start.institution) continue;
    if (fact.effective > start.from && (first === null || fact.effective < first)) first = fact.effective;
  }
  return first;
}

/** Begun on or before the date and going on after it. */
export function isOpen(ledger: Ledger, start: Start, on: IsoDate): boolean {
  if (start.from > on || (start.until !== null && start.until <= on)) return false;
  const end = endOf(ledger, start);
  return end === null || end > on;
}
