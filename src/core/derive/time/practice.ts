import { practiceFollowUp } from '../../rules/time.ts';
import { dayNumber, daysAfter } from '../../time/calendar.ts';
import type { IsoDate } from '../../time/date.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { contactsOf } from '../adviser/contact.ts';
import { type Findings, raise, wakeOn } from '../findings.ts';
import type { RegistrationFile } from '../registration/file.ts';
import { stillOurs } from './inRange.ts';

/** Work practice, where the county follows it up every so many days: one alert on the day it is due, so that it can still
 *  be done, and again for each period without contact (R44). */
export function alertPractice(findings: Findings, files: readonly RegistrationFile[]): void {
  const { ledger, policy } = findings;
  if (ledger.Measure.length === 0 || policy.practiceDays === null) return;
  for (const measure of ledger.Measure)
    if (practiceFollowUp.applies(measure)) followUp(findings, files, measure, policy.practiceDays);
}

function followUp(
  findings: Findings,
  files: readonly RegistrationFile[],
  measure: FactOf<'Measure'>,
  days: number,
): void {
  const end = endOf(measure, files);
  const goesOn = (on: IsoDate) => end === null || on < end;
  const last = lastSeen(findings, measure, end);
  const periods = Math.max(0, Math.floor((dayNumber(findings.today) - dayNumber(last)) / days));
  const due = daysAfter(last, periods * days);
  const next = daysAfter(due, days);
  if (periods === 0) {
    if (goesOn(next)) wakeOn(findings, next);
    return;
  }
  if (!goesOn(due) || !goesOn(findings.today) || !stillOurs(findings, due)) return;
  wakeOn(findings, goesOn(next) || end === null ? next : end);
  const { alert: kind, category } = practiceFollowUp.leadsTo;
  raise(findings, {
    kind,
    category,
    rule: practiceFollowUp.id,
    fact: measure,
    schoolYear: schoolYearOf(due),
    county: measure.county,
    about: `${measure.provider}:${due}`,
    effective: due,
    deadlines: [{ what: 'OPPFOLGING', date: due, rule: practiceFollowUp.id }],
  });
}

/** The start of the practice, or the last contact during it. */
function lastSeen({ ledger, policy }: Findings, measure: FactOf<'Measure'>, end: IsoDate | null): IsoDate {
  let last = measure.effective;
  for (const { on } of contactsOf(ledger, policy)) if (on > last && (end === null || on < end)) last = on;
  return last;
}

/** Exclusive; null when not given. A later status that does not go with practice shows that it is over. */
function endOf({ effective, to }: FactOf<'Measure'>, files: readonly RegistrationFile[]): IsoDate | null {
  let end = to;
  for (const { statuses } of files) {
    for (const status of statuses.counted) {
      if (status.effective <= effective || practiceFollowUp.leadsTo.during.has(status.code)) continue;
      if (end === null || status.effective < end) end = status.effective;
    }
  }
  return end;
}
