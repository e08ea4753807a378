import { laterStartEnds, neverBegan, unknownNumberEndsContract } from '../../rules/move.ts';
import type { IsoDate } from '../../time/date.ts';
import { osloDate } from '../../time/oslo.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { End, Ledger, Start } from '../facts/ledger.ts';

// When is a place over? Starts and ends of each institution, by date; on the same date the start wins (S07). Sources
// forget to report, so a start elsewhere shows it too.

type Place = Pick<Start, 'training' | 'institution' | 'from'>;

/** Begun on or before the date and going on after it. */
export function isOpen(ledger: Ledger, start: Start, on: IsoDate): boolean {
  if (start.from > on || (start.until !== null && start.until <= on)) return false;
  const end = endOf(ledger, start);
  return end === null || end > on;
}

/** The first day after it, by the earliest evidence; its own beginning for what never began; else null. */
export function endOf(ledger: Ledger, start: Start): IsoDate | null {
  if (!began(ledger, start)) return start.from;
  let first = toldEndOf(ledger, start);
  for (const later of ledger.starts) {
    if (first !== null && first <= later.from) continue;
    if (later === start || later.institution === start.institution) continue;
    const listed = start.fact.kind === 'Started' ? null : osloDate(start.fact.received);
    if (laterStartEnds.applies({ earlier: start, listed, later }) && began(ledger, later)) first = later.from;
  }
  return first;
}

/** Is there no report, after it, that the youth did not come or did not want the place? */
export function began({ openings, ends }: Ledger, start: Start): boolean {
  for (const { fact, annulledBy } of openings) {
    if (fact.kind !== 'NoShow' && fact.kind !== 'PlaceDeclined') continue;
    if (fact.institution === null || annulledBy !== null) continue;
    if (fact.schoolYear !== schoolYearOf(start.from)) continue;
    const notShown = { institution: fact.institution, from: fact.effective };
    if (neverBegan.applies({ place: start, notShown })) return false;
  }
  for (const end of ends) {
    if (end.annulledBy !== null || !saysNeverBegan(end)) continue;
    if (schoolYearOf(end.fact.effective) !== schoolYearOf(start.from)) continue;
    const notShown = { institution: end.fact.institution, from: end.fact.effective };
    if (neverBegan.applies({ place: start, notShown })) return false;
  }
  return true;
}

/** The first end that a source has reported with a reason, whatever the reason. */
export function toldEndOf(ledger: Ledger, place: Place): IsoDate | null {
  let first: IsoDate | null = null;
  for (const end of ledger.ends) {
    const { effective } = end.fact;
    if (end.annulledBy !== null || !end.leaving.ends || effective <= place.from) continue;
    if (first !== null && first <= effective) continue;
    if (end.fact.institution === place.institution || endsRunning(ledger, end, place)) first = effective;
  }
  return first;
}

/** A contract under another number than the one that was ended. */
function endsRunning({ starts }: Ledger, { fact, consequence }: End, place: Place): boolean {
  const { training } = fact;
  if (training !== 'apprenticeship' || place.training !== training) return false;
  const known = starts.some(
    (start) =>
      start.training === training && start.institution === fact.institution && start.from <= fact.effective,
  );
  return unknownNumberEndsContract.applies({ training, known, replaced: consequence === 'none' });
}

export function saysNeverBegan({ leaving }: End): boolean {
  return leaving.opens === 'NO_SHOW' || leaving.opens === 'TAKKET_NEI';
}
