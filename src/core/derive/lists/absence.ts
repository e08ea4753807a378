import type { Policy } from '../../policy.ts';
import { schoolListOf } from '../../schoolList.ts';
import type { IsoInstant } from '../../time/date.ts';
import type { AbsenceList } from '../../youth/statusEvent.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';

/** How often the youth has been missing from a list since it was last in it. */
export interface Absences {
  count: number;
  /** The first of them; null when there is none. */
  since: FactOf<'Absent'> | null;
}

export function absencesFrom(ledger: Ledger, list: AbsenceList): Absences {
  let lastSeen = backIn(ledger, list);
  for (const { received } of seenIn(ledger, list)) if (received > lastSeen) lastSeen = received;
  const runs = new Set<string>();
  let since: FactOf<'Absent'> | null = null;
  for (const fact of ledger.Absent) {
    if (fact.list !== list || fact.received <= lastSeen) continue;
    runs.add(fact.run);
    if (
      since === null ||
      fact.received < since.received ||
      (fact.received === since.received && fact.run < since.run)
    ) {
      since = fact;
    }
  }
  return { count: runs.size, since };
}

/** When the youth's return to the list was last reported; '' = never. A row equal to the one before is not recorded, so
 *  rows alone do not show it. */
export function backIn({ Present: presences }: Ledger, list: AbsenceList): IsoInstant {
  let last = '';
  for (const fact of presences) if (fact.list === list && fact.received > last) last = fact.received;
  return last;
}

/** Consecutive lists of a kind that a youth must be missing from before a review. A nightly list has its bad nights; a
 *  school writes its list a few times a year. */
export function absenceLimit(
  policy: Pick<Policy, 'absencesBeforeReview' | 'schoolAbsencesBeforeReview'>,
  list: AbsenceList,
): number {
  return list === 'laktiv' || list === 'ot' ? policy.absencesBeforeReview : policy.schoolAbsencesBeforeReview;
}

function seenIn(ledger: Ledger, list: AbsenceList): readonly Fact[] {
  if (list === 'ot') return ledger.RegisterSeen;
  if (list === 'laktiv') return ledger.ContractSeen;
  return ledger.PupilSeen.filter(({ institution }) => schoolListOf(institution) === list);
}
