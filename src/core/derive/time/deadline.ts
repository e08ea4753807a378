import type { Policy } from '../../policy.ts';
import { dropoutDeadlines, nonShowDeadlines } from '../../rules/followUp.ts';
import { firstStatus } from '../../rules/tilmelding.ts';
import { LATE } from '../../rules/time.ts';
import { daysAfter } from '../../time/calendar.ts';
import type { IsoDate } from '../../time/date.ts';
import type { Deadline } from '../../youth/youthEvent.ts';
import { statusOf } from '../adviser/adviserStatus.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import type { TilmeldingCause } from '../registration/cause.ts';
import type { RegistrationFile } from '../registration/file.ts';
import { isCertain } from '../training/move.ts';
import { stillOurs } from './inRange.ts';
import { timeBandOn } from './timeBand.ts';

/** By when OT is to have reached the youth, and to have offered an hour. Days run from receipt: what is reported late
 *  cannot be late already (S05). */
export function deadlinesOf(cause: TilmeldingCause, policy: Policy): Deadline[] {
  const given = { kind: cause.happened };
  const rule = nonShowDeadlines.applies(given) ? nonShowDeadlines : dropoutDeadlines;
  if (!rule.applies(given)) return [];
  const { contact, guidance } = policy.deadlineDays;
  return rule.leadsTo.map((what) => {
    const date = daysAfter(cause.fact.firstReceivedOn, what === 'KONTAKT' ? contact : guidance);
    return { what, date, rule: rule.id };
  });
}

/** A deadline that has passed at the end of its day in Oslo, until what it asked for is done. OT is never late with what it
 *  has not been alerted of: `deadlines` are those of an alert. */
export function alertLate(
  findings: Findings,
  file: RegistrationFile,
  decider: TilmeldingCause,
  deadlines: readonly Deadline[],
): void {
  const { schoolYear, county } = file;
  for (const deadline of deadlines) {
    const { what, date, rule } = deadline;
    if (isDone(file, what)) continue;
    const late = daysAfter(date, 1);
    if (!dueOrWakeOn(findings, late) || !stillOurs(findings, decider.effective)) continue;
    raise(findings, {
      ...LATE,
      rule,
      fact: decider.fact,
      schoolYear,
      county,
      about: what,
      effective: decider.effective,
      timeBand: timeBandOn(decider, late, findings.policy),
      deadlines: [deadline],
    });
  }
}

/** Contact is done by contact. An hour is done by what the adviser has come to with the youth: a status other than OTUK;
 *  contact alone does not say that an hour was offered. A youth found to be outside the target group is owed neither, nor
 *  is one whose tilmelding has lapsed. */
export function isDone(file: RegistrationFile, what: Deadline['what']): boolean {
  const { decider } = file;
  // Taken back, or a move after all: an adviser is asked about that, and not for contact.
  if (decider === null || decider.annulledBy !== null || isCertain(decider.move)) return true;
  const from = earlier(decider.effective, decider.fact.firstReceivedOn);
  if (what === 'KONTAKT') for (const { on } of file.contacts) if (on >= from) return true;
  for (const status of file.statuses.counted) {
    if (status.effective < from) continue;
    if (what === 'VEILEDNINGSTIME' && status.code !== firstStatus.leadsTo.code) return true;
    if (!statusOf(status).targetGroup) return true;
  }
  return false;
}

function earlier(one: IsoDate, other: IsoDate): IsoDate {
  return one < other ? one : other;
}
