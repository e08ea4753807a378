import { meetBeforeDropout, priority } from '../../rules/followUp.ts';
import { preventive } from '../../rules/proposal.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { type Findings, raise } from '../findings.ts';
import { fileOf, type RegistrationFile } from '../registration/file.ts';

/** A pupil at risk: a meeting, and perhaps preventive work. Both lapse when the youth has left: then there is a
 *  tilmelding (S03). */
export function alertAtRisk(findings: Findings, files: readonly RegistrationFile[]): void {
  for (const fact of findings.ledger.AtRisk) {
    const schoolYear = schoolYearOf(fact.effective);
    const file = fileOf(files, { schoolYear, county: fact.county });
    if (file !== undefined && hasLeft(file, fact)) continue;
    const common = {
      fact,
      schoolYear,
      county: fact.county,
      about: fact.institution,
      timeBand: priority.leadsTo.a,
    };
    if (meetBeforeDropout.applies(fact)) {
      const { alert: kind, category } = meetBeforeDropout.leadsTo;
      const { meeting: date } = fact;
      const deadlines = date === null ? [] : [{ what: kind, date, rule: meetBeforeDropout.id }];
      raise(findings, { ...common, kind, category, rule: meetBeforeDropout.id, deadlines });
    }
    if (preventive.applies(fact) && !answered(file, fact)) {
      const { proposed } = preventive.leadsTo;
      const about = `${fact.institution}+${proposed}`;
      raise(findings, {
        ...common,
        kind: 'STATUS_FORSLAG',
        category: 'proposal',
        rule: preventive.id,
        about,
        proposed: [proposed],
      });
    }
  }
}

function hasLeft(file: RegistrationFile, fact: FactOf<'AtRisk'>): boolean {
  return file.standing.some(
    ({ happened, effective }) => happened === 'AVBRUTT' && effective >= fact.effective,
  );
}

/** Preventive statuses count here even when a later tilmelding has made them history. */
function answered(file: RegistrationFile | undefined, fact: FactOf<'AtRisk'>): boolean {
  if (file === undefined) return false;
  const { counted, before } = file.statuses;
  return [...counted, ...before].some((status) => status.firstReceived > fact.firstReceived);
}
