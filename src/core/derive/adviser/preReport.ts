import type { Policy } from '../../policy.ts';
import { navMeasureWithoutOt } from '../../rules/activity.ts';
import { alreadyInActivity, contactDecides, statusNeedsContact } from '../../rules/contact.ts';
import { codeMustChange } from '../../rules/proposal.ts';
import type { RuleId } from '../../rules/ruleId.ts';
import { firstStatus } from '../../rules/tilmelding.ts';
import type { IsoDate } from '../../time/date.ts';
import { type Registration, sameKey, type Youth } from '../../youth/youth.ts';
import type { AlertKind, RegistrationKey } from '../../youth/youthEvent.ts';
import { ledgerOf } from '../facts/ledger.ts';
import { fileOf, filesOf, type RegistrationFile } from '../registration/file.ts';
import { isCertain } from '../training/move.ts';
import { contactedBy } from './adviserStatus.ts';

// What an adviser ought to look at before a report is run (W03, W16, W27): it is counted as it is.

export const PRE_REPORT_FINDINGS = [
  /** Unknown whether OT arranged it: an old load without the answer (O04). */
  'VIA_OT_UKJENT',
  /** There is no code for it outside the target group (R16, Q4). */
  'OTAP_UTEN_OT',
  /** OT has talked with the youth, and the status still says that it has not. */
  'OTUK_MED_KONTAKT',
  /** The code says in training, and a dropout came after it. */
  'OPPLARING_MED_AVBRUDD',
  /** Out of the target group, and OT has not talked to the youth (K, codes 5.1–5.5). */
  'UTENFOR_UTEN_KONTAKT',
  /** A rule speaks against a status, and no adviser has answered yet. */
  'STATUS_UAVKLART',
] as const;
export type PreReportKind = (typeof PRE_REPORT_FINDINGS)[number];

export interface PreReportFinding extends RegistrationKey {
  kind: PreReportKind;
  rule: RuleId;
  /** Code of the current status. */
  code: string;
  effective: IsoDate;
}

/** In the order of the registrations, and for each in the order of PRE_REPORT_FINDINGS. */
export function preReportFindings(youth: Youth, policy: Policy): PreReportFinding[] {
  if (youth.registrations.length === 0) return [];
  const files = filesOf(ledgerOf(youth.facts), policy);
  return youth.registrations.flatMap((registration) => {
    const file = fileOf(files, registration);
    const found: [PreReportKind, RuleId][] = [
      ...ofStatus(registration),
      ...(file === undefined ? [] : ofFile(registration, file)),
      ...openQuestions(youth, registration),
    ];
    const { schoolYear, county, status } = registration;
    const { code, effective } = status;
    return found.map(([kind, rule]) => ({ kind, rule, schoolYear, county, code, effective }));
  });
}

function ofStatus({ status }: Registration): [PreReportKind, RuleId][] {
  const found: [PreReportKind, RuleId][] = [];
  if (status.viaOt === 'UKJENT' && alreadyInActivity.leadsTo.instead.has(status.code))
    found.push(['VIA_OT_UKJENT', alreadyInActivity.id]);
  if (navMeasureWithoutOt.applies(status))
    found.push([navMeasureWithoutOt.leadsTo.finding, navMeasureWithoutOt.id]);
  return found;
}

function ofFile({ status }: Registration, file: RegistrationFile): [PreReportKind, RuleId][] {
  const found: [PreReportKind, RuleId][] = [];
  const until = { effective: '9999-12-31' };
  if (status.code === firstStatus.leadsTo.code && contactedBy(file, until))
    found.push(['OTUK_MED_KONTAKT', statusNeedsContact.id]);
  if (!status.targetGroup && !contactedBy(file, until))
    found.push(['UTENFOR_UTEN_KONTAKT', contactDecides.id]);
  const { decider } = file;
  const dropout = decider?.happened === 'AVBRUTT' && decider.annulledBy === null && !isCertain(decider.move);
  if (dropout && status.effective < decider.effective && codeMustChange.applies(status))
    found.push(['OPPLARING_MED_AVBRUDD', codeMustChange.id]);
  return found;
}

const QUESTIONS: ReadonlySet<AlertKind> = new Set([
  'STATUS_AVVIST',
  'STATUS_ADVARSEL',
  'STATUS_UTEN_KONTAKT',
]);

function openQuestions(youth: Youth, registration: Registration): [PreReportKind, RuleId][] {
  return youth.alerts
    .filter((alert) => QUESTIONS.has(alert.kind) && sameKey(alert, registration))
    .map(({ rule }) => ['STATUS_UAVKLART', rule]);
}
