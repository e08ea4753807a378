import type { Policy } from '../../policy.ts';
import { firstStatus, trainingWinsTheDay } from '../../rules/tilmelding.ts';
import { momentAfter } from '../../time/calendar.ts';
import type { IsoInstant } from '../../time/date.ts';
import { dueOrWake, type Findings, raise } from '../findings.ts';
import { judgeAge } from '../time/age.ts';
import { alertLate, deadlinesOf } from '../time/deadline.ts';
import { timeBandOn } from '../time/timeBand.ts';
import type { TilmeldingCause } from './cause.ts';
import { answeredSince, type RegistrationFile } from './file.ts';

/** Alerts OT of a tilmelding, once its grace has run out. One alert per registration, however many reports. */
export function alertTilmelding(findings: Findings, file: RegistrationFile): void {
  const { decider, standing, schoolYear, county } = file;
  if (decider === null) return;
  if (!dueOrWake(findings, earliestAlert(standing, findings.policy)) || !judgeAge(findings, decider)) return;
  const deadlines = deadlinesOf(decider, findings.policy);
  raise(findings, {
    kind: 'NY_TILMELDING',
    category: 'alert',
    rule: firstStatus.id,
    fact: decider.fact,
    schoolYear,
    county,
    effective: decider.effective,
    timeBand: timeBandOn(decider, decider.fact.firstReceivedOn, findings.policy),
    deadlines,
    lostRight: decider.lostRight,
  });
  alertLate(findings, file, decider, deadlines);
}

/** Dropouts of one registration that do not agree on the date, with no new start between them (S08). */
export function reviewEndDates(findings: Findings, file: RegistrationFile): void {
  const { schoolYear, county } = file;
  // One report agrees with itself.
  if (file.told.length < 2 || !file.standing.some(({ happened }) => happened === 'AVBRUTT')) return;
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
    evidence: reports.map(({ fact }) => fact),
    schoolYear,
    county,
  });
}

/** Left and began on the same date: in training, and both are reviewed (S07). */
export function reviewSameDay(findings: Findings, file: RegistrationFile): void {
  const { schoolYear, county } = file;
  for (const cause of file.told) {
    const { move, annulledBy } = cause;
    if (move?.rule !== trainingWinsTheDay.id || annulledBy !== null || file.standing.includes(cause))
      continue;
    raise(findings, {
      kind: trainingWinsTheDay.leadsTo.alert,
      category: 'review',
      rule: trainingWinsTheDay.id,
      fact: cause.fact,
      evidence: [move.start.fact],
      schoolYear,
      county,
    });
  }
}

function earliestAlert(standing: readonly TilmeldingCause[], policy: Policy): IsoInstant {
  let first: IsoInstant | null = null;
  for (const cause of standing) {
    const moment = graceEnds(cause, policy);
    if (first === null || moment < first) first = moment;
  }
  return first ?? '';
}

/** Until then a new place or contract may still be reported. */
export function graceEnds({ fact, training }: TilmeldingCause, { graceDays }: Policy): IsoInstant {
  if (training === null) return fact.firstReceived;
  const days = training === 'apprenticeship' ? graceDays.apprenticeship : graceDays.school;
  return momentAfter(fact.firstReceived, days);
}
