import { yearsCovered } from '../derive/county/accepted.ts';
import { owningCountyOn } from '../derive/county/owningCounty.ts';
import type { CountyNumber } from '../organisation.ts';
import { gradeOn } from '../protection/grade.ts';
import { shareFor } from '../protection/share.ts';
import type { IsoDate } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { Line } from './register.ts';

/** Kinds of facts that a line must carry to show which county answers for the youth. */
export const OWNER_KINDS = ['Handover', 'Residence', 'Annulled'] as const;

/** Has another county taken over the school year by that date? The county answers for the youth until another has said
 *  yes about that year: it is then registered there (R50, Q17).
 *  @param county by the number it has on the date */
export function ownedElsewhere(
  { facts }: Line,
  { county, schoolYear, on }: { county: CountyNumber; schoolYear: SchoolYear; on: IsoDate },
): boolean {
  if (!facts.some(({ kind }) => kind === 'Handover')) return false;
  const about = facts.filter((fact) => fact.kind !== 'Handover' || yearsCovered(fact).includes(schoolYear));
  const owner = owningCountyOn(about, on);
  return owner !== null && owner !== county;
}

/** Is the youth's whereabouts secret? By what is known when the figures are shown. */
export function livesHidden({ protection }: Line, shownOn: IsoDate): boolean {
  return protection.length > 0 && shareFor(gradeOn(protection, shownOn)).hidden;
}
