import { compare } from '../../order.ts';
import type { Policy } from '../../policy.ts';
import { priority } from '../../rules/followUp.ts';
import { LONG_OUTSIDE, OUTSIDE } from '../../rules/time.ts';
import { added, NONE } from '../../shortList.ts';
import { dayNumber, yearsAfter } from '../../time/calendar.ts';
import type { IsoDate } from '../../time/date.ts';
import type { Alert } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { byKnown } from '../facts/order.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import type { TilmeldingCause } from '../registration/cause.ts';
import type { RegistrationFile } from '../registration/file.ts';
import { isCertain } from '../training/move.ts';
import { stillOurs } from './inRange.ts';

/** How long the youth has been out on a date. A youth who never began has not left. */
export function timeBandOn(
  { happened, effective }: TilmeldingCause,
  today: IsoDate,
  { justLeftDays }: Policy,
): Alert['timeBand'] {
  if (happened !== 'AVBRUTT' && happened !== 'NO_SHOW') return null;
  const daysOut = dayNumber(today) - dayNumber(effective);
  if (priority.applies({ effective, today, daysOut, justLeftDays })) return priority.leadsTo.a;
  return today >= yearsAfter(effective, 1) ? priority.leadsTo.c : priority.leadsTo.b;
}

/** Outside for a year today: the youth moves up, and OT gets one alert (O11). Not when the report came so late that it was
 *  a year already, nor when the youth has been in training or any activity since. */
export function alertPriority(findings: Findings, files: readonly RegistrationFile[]): void {
  const since = outsideSince(findings.ledger, files);
  if (since === null) return;
  const anniversary = yearsAfter(since.effective, 1);
  if (since.fact.firstReceivedOn >= anniversary || cameInside(findings.ledger, files, since)) return;
  if (!dueOrWakeOn(findings, anniversary) || !stillOurs(findings, anniversary)) return;
  raise(findings, {
    ...LONG_OUTSIDE,
    rule: priority.id,
    fact: since.fact,
    schoolYear: since.schoolYear,
    county: since.county,
    effective: anniversary,
    timeBand: timeBandOn(since, anniversary, findings.policy),
  });
}

/** The leaving that the time outside is counted from. Not showing up at a new place does not end it: the youth was outside
 *  all the while, unless in training in between. */
function outsideSince(ledger: Ledger, files: readonly RegistrationFile[]): TilmeldingCause | null {
  let leavings: readonly TilmeldingCause[] = NONE;
  for (const { standing } of files)
    for (const cause of standing) if (isLeaving(cause)) leavings = added(leavings, cause);
  const inTurn = leavings.length < 2 ? leavings : leavings.toSorted(byDate);
  let since: TilmeldingCause | null = null;
  for (const next of inTurn) if (since === null || beginsAnew(ledger, since, next)) since = next;
  return since;
}

function byDate(one: TilmeldingCause, other: TilmeldingCause): number {
  return compare(one.effective, other.effective) || byKnown(one.fact, other.fact);
}

function beginsAnew({ starts }: Ledger, since: TilmeldingCause, next: TilmeldingCause): boolean {
  if (next.happened === 'AVBRUTT') return true;
  return starts.some(({ from }) => from > since.effective && from < next.effective);
}

function isLeaving({ happened, annulledBy, move }: TilmeldingCause): boolean {
  return (happened === 'AVBRUTT' || happened === 'NO_SHOW') && annulledBy === null && !isCertain(move);
}

function cameInside(
  { starts, ends }: Ledger,
  files: readonly RegistrationFile[],
  { effective, fact }: TilmeldingCause,
): boolean {
  for (const { from } of starts) if (from >= effective) return true;
  for (const end of ends) {
    if (end.fact === fact || end.annulledBy !== null || !end.leaving.ends) continue;
    if (end.fact.effective > effective) return true;
  }
  for (const { statuses } of files)
    for (const { effective: on, code } of statuses.counted)
      if (on >= effective && !OUTSIDE.has(code)) return true;
  return false;
}
