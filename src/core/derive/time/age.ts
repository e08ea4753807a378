import { lastDayInRange } from '../../age/ageLimit.ts';
import { ageLimit, dutyLasts } from '../../rules/age.ts';
import { daysAfter } from '../../time/calendar.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { Registration } from '../../youth/youth.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import type { TilmeldingCause } from '../registration/cause.ts';
import { fileOf, type RegistrationFile } from '../registration/file.ts';
import { ageStanding } from './inRange.ts';

/** A tilmelding of a youth outside the age range, or of unknown age, is reviewed by a human. It is recorded all the same:
 *  VIGO counts such youths, and Udir does not (U02). Returns whether OT has a duty as far as is known. */
export function judgeAge(findings: Findings, decider: TilmeldingCause): boolean {
  const standing = ageStanding(findings, decider.effective);
  if (standing === 'inside') return true;
  const { schoolYear, county, fact, effective } = decider;
  const { outside, unknown, category } = ageLimit.leadsTo;
  const kind = standing === 'outside' ? outside : unknown;
  raise(findings, { kind, category, rule: ageLimit.id, fact, schoolYear, county, effective });
  return standing === 'unknown';
}

function inTargetGroup({ status }: Registration): boolean {
  return status.targetGroup;
}

/** In the last year in the age range an open case is to be closed before New Year: one alert, whatever is registered
 *  meanwhile (Y05). */
export function alertClosing(
  findings: Findings,
  registrations: readonly Registration[],
  files: readonly RegistrationFile[],
): void {
  const { policy } = findings;
  const { born } = findings.ledger;
  if (born === null || registrations.length === 0) return;
  const { schoolYear: newest } = registrations.at(-1)!;
  const open = registrations.findLast(inTargetGroup);
  if (open === undefined || open.schoolYear !== newest) return;
  const last = lastDayInRange(born, open.effective, policy);
  if (last === null || !dueOrWakeOn(findings, daysAfter(last, 1 - policy.closingDays))) return;
  const file = fileOf(files, open);
  const fact = file?.statuses.current ?? file?.decider?.fact ?? file?.recode;
  if (fact === undefined || fact === null) return;
  const { closing: kind, category } = dutyLasts.leadsTo;
  raise(findings, {
    kind,
    category,
    rule: dutyLasts.id,
    fact,
    schoolYear: schoolYearOf(last),
    county: open.county,
    effective: last,
  });
}
