import { dayNumber, daysAfter, momentAfter } from '../calendar.ts';
import type { IsoDate, IsoInstant } from '../date.ts';
import type { Policy } from '../policy.ts';
import { dropoutDeadlines, nonShowDeadlines, priority } from '../rules/followUp.ts';
import { firstStatus, trainingWinsTheDay } from '../rules/tilmelding.ts';
import type { Alert, Deadline } from '../youthEvent.ts';
import type { TilmeldingCause } from './cause.ts';
import { answeredSince, type RegistrationFile } from './file.ts';
import { type Findings, raise, reached } from './findings.ts';

/** Tells OT of a tilmelding, once its grace has run out. One alert per registration, however many reports. */
export function alertTilmelding(findings: Findings, file: RegistrationFile): void {
  const { decider, standing, schoolYear, county } = file;
  if (decider === null) return;
  if (!reached(findings, earliestAlert(standing, findings.policy))) return;
  raise(findings, {
    kind: 'NY_TILMELDING',
    category: 'alert',
    rule: firstStatus.id,
    fact: decider.fact,
    schoolYear,
    county,
    effective: decider.effective,
    timeBand: timeBandOf(decider, findings.policy),
    deadlines: deadlinesOf(decider, findings.policy),
    lostRight: decider.lostRight,
  });
}

/** Dropouts of one registration that do not agree on the date, with no new start between them (S08). */
export function reviewEndDates(findings: Findings, file: RegistrationFile): void {
  const { schoolYear, county } = file;
  if (!file.standing.some(({ happened }) => happened === 'AVBRUTT')) return;
  const reports = file.told.filter(
    ({ happened, annulledBy }) => happened === 'AVBRUTT' && annulledBy === null,
  );
  if (reports.length < 2) return;
  let first = reports[0]!;
  let last = reports[0]!;
  for (const report of reports) {
    if (report.effective < first.effective) first = report;
    if (report.effective > last.effective) last = report;
  }
  if (first.effective === last.effective || first.institution === last.institution) return;
  const between = findings.ledger.starts.some(({ from }) => from > first.effective && from <= last.effective);
  if (between || answeredSince(file, last.fact)) return;
  raise(findings, {
    kind: 'FLERE_SLUTTDATOER',
    category: 'review',
    rule: firstStatus.id,
    fact: last.fact,
    schoolYear,
    county,
  });
}

/** A pupil who left and began on the same date: in training, and somebody looks at both (S07). */
export function reviewSameDay(findings: Findings, file: RegistrationFile): void {
  const { schoolYear, county } = file;
  for (const cause of file.told) {
    const { move, training, annulledBy, effective } = cause;
    if (
      move === null ||
      annulledBy !== null ||
      training === 'apprenticeship' ||
      file.standing.includes(cause)
    )
      continue;
    if (!trainingWinsTheDay.applies({ ended: effective, started: move.from })) continue;
    const kind = trainingWinsTheDay.leadsTo.alert;
    raise(findings, {
      kind,
      category: 'review',
      rule: trainingWinsTheDay.id,
      fact: cause.fact,
      schoolYear,
      county,
    });
  }
}

function earliestAlert(standing: readonly TilmeldingCause[], policy: Policy): IsoInstant {
  let first: IsoInstant | null = null;
  for (const { fact, training } of standing) {
    const days =
      training === null
        ? 0
        : training === 'apprenticeship'
          ? policy.graceDays.apprenticeship
          : policy.graceDays.school;
    const moment = momentAfter(fact.firstReceived, days);
    if (first === null || moment < first) first = moment;
  }
  return first ?? '';
}

function deadlinesOf(cause: TilmeldingCause, policy: Policy): Deadline[] {
  const deadlines: Deadline[] = [];
  for (const { id, applies, leadsTo } of [nonShowDeadlines, dropoutDeadlines]) {
    if (!applies({ kind: cause.happened })) continue;
    for (const what of leadsTo) {
      const days = what === 'KONTAKT' ? policy.deadlineDays.contact : policy.deadlineDays.guidance;
      deadlines.push({ what, date: daysAfter(cause.fact.firstReceivedOn, days), rule: id });
    }
  }
  return deadlines;
}

/** How long the youth had been out when we were told. Who never began has not left. */
function timeBandOf(
  { happened, effective, fact }: TilmeldingCause,
  { justLeftDays }: Policy,
): Alert['timeBand'] {
  if (happened !== 'AVBRUTT' && happened !== 'NO_SHOW') return null;
  const today = fact.firstReceivedOn;
  const daysOut = dayNumber(today) - dayNumber(effective);
  if (priority.applies({ effective, today, daysOut, justLeftDays })) return priority.leadsTo.a;
  return today >= yearAfter(effective) ? priority.leadsTo.c : priority.leadsTo.b;
}

/** 29 February as text, even in other years: 1 March is after it, and that is the day. */
function yearAfter(date: IsoDate): IsoDate {
  return `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
}
