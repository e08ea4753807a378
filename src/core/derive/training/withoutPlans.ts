import { meetWithoutPlans } from '../../rules/list.ts';
import { preventive } from '../../rules/proposal.ts';
import type { IsoDate } from '../../time/date.ts';
import { firstDayOf, schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import { answeredSince, fileOf, type RegistrationFile } from '../registration/file.ts';

/** A tenth-grader without plans: a meeting before summer, and perhaps preventive work meanwhile (F13, W08). No
 *  tilmelding: the youth has not left anything. Lapses with an application, a place, or the school year itself. */
export function alertWithoutPlans(findings: Findings, files: readonly RegistrationFile[]): void {
  for (const fact of findings.ledger.WithoutPlans) {
    if (!meetWithoutPlans.applies(fact) || hasPlans(findings.ledger, fact)) continue;
    if (dueOrWakeOn(findings, firstDayOf(fact.schoolYear))) continue;
    const { county, institution } = fact;
    const { alert: kind, category, deadline: what } = meetWithoutPlans.leadsTo;
    const { id: rule } = meetWithoutPlans;
    const deadlines = [{ what, date: meetingBy(findings, fact), rule }];
    raise(findings, {
      kind,
      category,
      rule,
      fact,
      schoolYear: fact.schoolYear,
      county,
      about: institution,
      deadlines,
    });
    proposePreventive(findings, files, fact);
  }
}

/** Still a pupil in lower secondary school this year, so the code is of this year. */
function proposePreventive(
  findings: Findings,
  files: readonly RegistrationFile[],
  fact: FactOf<'WithoutPlans'>,
): void {
  if (!preventive.applies(fact)) return;
  const schoolYear = schoolYearOf(fact.effective);
  const { county, institution } = fact;
  const file = fileOf(files, { schoolYear, county });
  if (file !== undefined && answeredSince(file, fact)) return;
  const proposed = preventive.leadsTo.inLowerSecondary;
  raise(findings, {
    kind: 'STATUS_FORSLAG',
    category: 'proposal',
    rule: preventive.id,
    fact,
    schoolYear,
    county,
    about: `${institution}+${proposed}`,
    proposed: [proposed],
  });
}

/** Applied since, or has a place. */
function hasPlans(
  { Applied: applications, Wish: wishes, starts }: Ledger,
  { schoolYear, effective }: FactOf<'WithoutPlans'>,
): boolean {
  return (
    applications.some((told) => told.schoolYear === schoolYear && told.effective >= effective) ||
    wishes.some((told) => told.schoolYear === schoolYear && told.effective >= effective) ||
    starts.some(({ from }) => from >= effective && schoolYearOf(from) === schoolYear)
  );
}

/** The meeting that was agreed, but no later than the county's last day for it. */
function meetingBy({ policy }: Findings, { schoolYear, meeting }: FactOf<'WithoutPlans'>): IsoDate {
  const last = `${schoolYear.slice(0, 4)}-${policy.meetingWithoutPlans}`;
  return meeting !== null && meeting < last ? meeting : last;
}
