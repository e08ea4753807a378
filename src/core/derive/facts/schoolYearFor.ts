import { type SchoolYear, schoolYearOf } from '../../time/schoolYear.ts';
import type { Fact } from '../../youth/youthEvent.ts';

/** The school year a fact says it is about, or else that of its date. */
export function schoolYearFor(fact: Fact): SchoolYear {
  return 'schoolYear' in fact ? fact.schoolYear : schoolYearOf(fact.effective);
}
