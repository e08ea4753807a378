import { yesCoversYears } from '../../rules/residence.ts';
import { type SchoolYear, schoolYearOf, yearAfter } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';

/** Another county's yes: from its date that county answers for the youth. */
export function isAccepted({ answer }: FactOf<'Handover'>): boolean {
  return answer === 'GODTATT';
}

/** The school years the yes is about: the same for the county that gives and the one that receives, which both know only
 *  the yes. */
export function yearsCovered({ effective }: FactOf<'Handover'>): readonly SchoolYear[] {
  const open = schoolYearOf(effective);
  return yesCoversYears.applies({ on: effective }) ? [open, yearAfter(open)] : [open];
}
