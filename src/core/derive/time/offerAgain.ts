import type { Policy } from '../../policy.ts';
import { ageLimit } from '../../rules/age.ts';
import { offerAgain } from '../../rules/time.ts';
import { yearOf } from '../../time/calendar.ts';
import type { IsoDate } from '../../time/date.ts';
import { schoolYearStarting, startYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { type Contacted, contactsOf } from '../adviser/contact.ts';
import { type Findings, raise, wakeOn } from '../findings.ts';
import { seenAfter } from '../training/training.ts';
import { ageStanding, stillOurs } from './inRange.ts';

/** A youth who has said no is offered help again in each new school year: one alert a year, until OT has talked with the
 *  youth in it. Last year's lapses when the next one opens (R27, O03). @param statuses the latest, by county */
export function alertOfferAgain(findings: Findings, statuses: readonly FactOf<'AdviserStatus'>[]): void {
  for (const status of statuses) {
    const { code } = status;
    const said = startYearOf(status.schoolYear);
    const opened = openedBy(findings.today, findings.policy);
    const next = Math.max(opened, said) + 1;
    if (!offerAgain.applies({ code, said, opened: next })) continue;
    const nextOpening = openingOf(next, findings.policy);
    if (ageStanding(findings, nextOpening) !== 'outside') wakeOn(findings, nextOpening);
    if (offerAgain.applies({ code, said, opened })) offer(findings, status, opened);
  }
}

function offer(findings: Findings, fact: FactOf<'AdviserStatus'>, year: number): void {
  const opening = openingOf(year, findings.policy);
  const standing = ageStanding(findings, opening);
  if (standing === 'outside' || seenAfter(findings, opening, '', fact.effective)) return;
  const key = { schoolYear: schoolYearStarting(year), county: fact.county };
  const talkedOf = ({ on, about }: Contacted) => (about === null ? on >= opening : about === key.schoolYear);
  if (contactsOf(findings.ledger, findings.policy).some(talkedOf)) return;
  if (standing === 'unknown') {
    const { unknown: kind, category } = ageLimit.leadsTo;
    raise(findings, { kind, category, rule: ageLimit.id, fact, ...key, effective: opening });
  } else if (stillOurs(findings, opening)) {
    const { alert: kind, category } = offerAgain.leadsTo;
    raise(findings, { kind, category, rule: offerAgain.id, fact, ...key, effective: opening });
  }
}

function openingOf(year: number, { schoolYearOpens }: Policy): IsoDate {
  return `${year}-${schoolYearOpens}`;
}

/** The year in which the school year of that date opened. */
function openedBy(date: IsoDate, { schoolYearOpens }: Policy): number {
  const year = yearOf(date);
  return date.slice(5) >= schoolYearOpens ? year : year - 1;
}
