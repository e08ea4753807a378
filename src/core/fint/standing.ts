import type { CountyNumber } from '../organisation.ts';
import { gradeAt } from '../protection/grade.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { ProtectionGrade } from '../youth/statusEvent.ts';
import type { Youth } from '../youth/youth.ts';
import { statusId } from './otStatus.ts';

/** What FINT's OtUngdom says of a youth: it has room for one status and one unit. */
export interface FintStanding {
  /** `systemId` of the OtStatus. */
  status: string;
  /** `systemId` of the OtEnhet. */
  unit: string;
}

const NEVER_IN: ReadonlySet<ProtectionGrade> = new Set(['FORTROLIG', 'STRENGT_FORTROLIG']);

/**
 * Of several registrations in the county the newest school year's. Null when the youth has none of `from` or later, when
 * it was merged into another, and when its address is protected (fortrolig or strengt fortrolig): FINT has no field that says
 * so, and such a youth is never in it.
 * @param from oldest school year that counts
 */
export function fintStanding(
  { registrations, facts, asOf, mergedInto }: Youth,
  { county, from }: { county: CountyNumber; from: SchoolYear },
): FintStanding | null {
  if (mergedInto !== null || asOf === null || NEVER_IN.has(gradeAt(facts, asOf))) return null;
  const newest = registrations.findLast((each) => each.county === county && each.schoolYear >= from);
  if (newest === undefined) return null;
  return { status: statusId(newest.status), unit: newest.owner };
}
