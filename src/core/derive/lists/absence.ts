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

/** When it was told last that the youth had come to the list; '' = never. A row that says what the one before said is
 *  not recorded, so rows alone do not tell it. */
export function backIn({ Present: presences }: Ledger, list: AbsenceList): IsoInstant {
  let last = '';
  for (const fact of presences) if (fact.list === list && fact.received > last) last = fact.received;
  return last;
}

/** Lists of a kind in a row that a youth must be missing from before anybody is asked. A nightly list has its bad
 *  nights; a school writes its list a few times a year. */
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
