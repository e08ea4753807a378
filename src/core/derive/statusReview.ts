import { silenceIsNotNo, statusNeedsContact } from '../rules/contact.ts';
import { codeMustChange } from '../rules/proposal.ts';
import type { FactOf } from '../youthEvent.ts';
import { statusOf } from './adviserStatus.ts';
import { answeredSince, type RegistrationFile } from './file.ts';
import { type Findings, raise } from './findings.ts';
import { latest } from './order.ts';

/** Statuses that may not stand, until a later one is said or contact comes. */
export function reviewStatuses(findings: Findings, file: RegistrationFile): void {
  const { refused, unfounded } = file.statuses;
  for (const fact of refused) reviewStatus(findings, file, fact, silenceIsNotNo);
  for (const fact of unfounded) reviewStatus(findings, file, fact, statusNeedsContact);
}

function reviewStatus(
  findings: Findings,
  file: RegistrationFile,
  fact: FactOf<'AdviserStatus'>,
  rule: typeof silenceIsNotNo | typeof statusNeedsContact,
): void {
  if (answeredSince(file, fact)) return;
  const { alert: kind, category } = rule.leadsTo;
  const { schoolYear, county } = file;
  raise(findings, { kind, category, rule: rule.id, fact, schoolYear, county, about: fact.code });
}

/** R34: the adviser's code says in training, and now there is a dropout. */
export function reviewCodeAfterDropout(findings: Findings, file: RegistrationFile): void {
  const { decider, schoolYear, county } = file;
  if (decider?.happened !== 'AVBRUTT' || answeredSince(file, decider.fact)) return;
  const { current, before } = file.statuses;
  const said = current ?? latest(before);
  if (said === null || (said === current && said.effective >= decider.effective)) return;
  if (!codeMustChange.applies({ code: statusOf(said).code })) return;
  const { alert: kind, category } = codeMustChange.leadsTo;
  raise(findings, { kind, category, rule: codeMustChange.id, fact: decider.fact, schoolYear, county });
}
