import { twoPlaces } from '../../rules/move.ts';
import type { IsoDate } from '../../time/date.ts';
import type { SchoolYear } from '../../time/schoolYear.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { Ledger, Start } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';
import type { Findings } from '../findings.ts';
import { isOver } from '../lists/schoolPresence.ts';
import { listedAfter } from './listed.ts';
import { mainSchoolAt } from './move.ts';
import { began, endOf, isOpen, saysNeverBegan } from './placeEnd.ts';

// Is the youth in training?

/** Any sign of training after the date, away from an institution or begun again there. An earlier start without an end is
 *  none. @param since what began from then on and goes on is a sign too */
export function seenAfter(
  { ledger, policy }: Pick<Findings, 'ledger' | 'policy'>,
  on: IsoDate,
  institution: string,
  since: IsoDate = on,
): boolean {
  for (const start of ledger.starts) {
    if (start.from >= on) {
      if (began(ledger, start)) return true;
    } else if (start.institution !== institution && began(ledger, start)) {
      if (listedAfter(ledger, start, on, policy)) return true;
      if (!isOpen(ledger, start, on)) continue;
      if (start.from >= since) return true;
      if (twoPlaces.applies({ one: start.mainSchool, other: mainSchoolAt(ledger, institution, on) }))
        return true;
    }
  }
  // A youth cannot leave what it was not in.
  return ledger.ends.some(
    (end) =>
      end.annulledBy === null &&
      end.leaving.ends &&
      !saysNeverBegan(end) &&
      end.fact.institution !== institution &&
      end.fact.effective > on,
  );
}

/** The latest training begun in the school year, no earlier than `from`, without an end; or an older one that a list still
 *  has after `from`. */
export function trainingIn(findings: Findings, schoolYear: SchoolYear, from: IsoDate): Start | null {
  const { ledger } = findings;
  let found: Start | null = null;
  for (const start of ledger.starts) {
    const begun =
      start.from >= from && schoolYearOf(start.from) === schoolYear && endOf(ledger, start) === null;
    if (!begun && !isListed(findings, start, from)) continue;
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

/** Its source may have ended it under another number (M08): then it is the list that speaks against that. */
function isListed({ ledger, policy }: Findings, start: Start, from: IsoDate): boolean {
  if (from === '' || start.from >= from || !listedAfter(ledger, start, from, policy)) return false;
  return began(ledger, start) && !isLeft(ledger, start);
}

function isLeft({ ends }: Ledger, { institution, from }: Start): boolean {
  return ends.some(
    ({ fact, leaving, annulledBy }) =>
      annulledBy === null && leaving.ends && fact.institution === institution && fact.effective > from,
  );
}
