import type { Policy } from '../../policy.ts';
import { helpAfterService } from '../../rules/time.ts';
import { addMonths, type IsoDate } from '../../time/date.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { contactsOf } from '../adviser/contact.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import { seenAfter } from '../training/training.ts';
import { stillOurs } from './inRange.ts';

/** No source reports the end of the service: it follows from the policy's length, and OT informs the youth of its right to
 *  help, unless they have talked since or the youth is in training (R28). @param statuses the latest, by county */
export function alertServiceOver(findings: Findings, statuses: readonly FactOf<'AdviserStatus'>[]): void {
  for (const status of statuses) {
    if (!helpAfterService.applies(status)) continue;
    const over = addMonths(status.effective, monthsFrom(status.effective, findings.policy));
    if (seenAfter(findings, status.effective, '')) continue;
    if (contactsOf(findings.ledger, findings.policy).some(({ on }) => on >= over)) continue;
    if (!dueOrWakeOn(findings, over) || !stillOurs(findings, over)) continue;
    const { alert: kind, category } = helpAfterService.leadsTo;
    raise(findings, {
      kind,
      category,
      rule: helpAfterService.id,
      fact: status,
      schoolYear: schoolYearOf(over),
      county: status.county,
      effective: over,
    });
  }
}

function monthsFrom(date: IsoDate, { serviceMonths }: Policy): number {
  const known = serviceMonths.findLast(({ from }) => from <= date);
  if (known === undefined) throw new Error(`a policy without a length of service on ${date}`);
  return known.months;
}
