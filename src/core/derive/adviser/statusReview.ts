import { statusNeedsContact } from '../../rules/contact.ts';
import { needsGround, refusedChoice, warnedChoice } from '../../rules/judgement.ts';
import { codeMustChange } from '../../rules/proposal.ts';
import { latest } from '../facts/order.ts';
import { type Findings, raise } from '../findings.ts';
import { answeredSince, type RegistrationFile } from '../registration/file.ts';
import { judgeStatus, type Rejected, statusOf } from './adviserStatus.ts';
import { knownGrounds } from './knownGrounds.ts';
import { type Contradiction, contradictionOf } from './outside.ts';

/** Statuses that are not allowed, until a later one is reported or contact comes; and the current one, when a rule speaks
 *  against it. */
export function reviewStatuses(findings: Findings, file: RegistrationFile): void {
  const { refused, unfounded } = file.statuses;
  for (const rejected of refused) reviewRejected(findings, file, rejected, refusedChoice);
  for (const rejected of unfounded) reviewRejected(findings, file, rejected, statusNeedsContact.leadsTo);
  warn(findings, file);
}

function reviewRejected(
  findings: Findings,
  file: RegistrationFile,
  { fact, rule, proposed }: Rejected,
  { alert: kind, category }: typeof refusedChoice | typeof statusNeedsContact.leadsTo,
): void {
  if (answeredSince(file, fact)) return;
  const { schoolYear, county } = file;
  raise(findings, { kind, category, rule, fact, schoolYear, county, about: fact.code, proposed });
}

function warn(findings: Findings, file: RegistrationFile): void {
  const { current } = file.statuses;
  if (current === null || current.override !== null) return;
  const contradiction = contradictionOf(findings, file, current);
  if (contradiction !== null) {
    raiseWarning(findings, file, current, contradiction);
    return;
  }
  const { grounds, evidence } = knownGrounds(findings, file, current);
  if (grounds.length === 0 && current.grounds.length === 0 && !needsGround(current.code)) return;
  // What counts has passed the contact rules.
  const verdict = judgeStatus(current, true, grounds);
  if (verdict.kind !== 'WARNED') return;
  const { rule, proposed } = verdict;
  raiseWarning(findings, file, current, { rule, proposed, evidence });
}

function raiseWarning(
  findings: Findings,
  { schoolYear, county }: RegistrationFile,
  fact: NonNullable<RegistrationFile['statuses']['current']>,
  { rule, proposed, evidence }: Contradiction,
): void {
  const { alert: kind, category } = warnedChoice;
  const about = fact.code;
  raise(findings, { kind, category, rule, fact, evidence, schoolYear, county, about, proposed });
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
