import { inTraining, preventive, registeredByMistake } from '../../rules/proposal.ts';
import { listDecidesNothing, trainingWinsTheDay } from '../../rules/tilmelding.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { Start } from '../facts/ledger.ts';
import { type Findings, raise } from '../findings.ts';
import { acceptedIn } from '../intake/accepted.ts';
import type { TilmeldingCause } from '../registration/cause.ts';
import { answeredSince, type RegistrationFile } from '../registration/file.ts';
import { isCertain } from '../training/move.ts';
import { trainingIn } from '../training/training.ts';

// Suggestions to an adviser about an open registration. Each is open until an adviser has reported since.

/** Registered, and yet in training: the adviser is asked, the status is kept (I03, I04). */
export function proposeTraining(findings: Findings, file: RegistrationFile): void {
  const { decider, schoolYear, county } = file;
  if (decider === null || isCertain(decider.move) || decider.annulledBy !== null) return;
  const dropout = decider.happened === 'AVBRUTT';
  const from = dropout ? decider.effective : '';
  const start = trainingIn(findings, schoolYear, from) ?? acceptedIn(findings.ledger, file, from);
  if (start === null || answeredSince(file, start.fact)) return;
  const { viaOt, already } = inTraining(start.training).leadsTo;
  const proposed = dropout || contactedBefore(file, start) ? [viaOt, already] : [already];
  raise(findings, {
    kind: 'STATUS_FORSLAG',
    category: 'proposal',
    rule: inTraining(start.training).id,
    fact: start.fact,
    evidence: [decider.fact],
    schoolYear,
    county,
    about: proposed.join('+'),
    proposed,
  });
}

/** Completed, and yet registered (F02). */
export function proposeMistake(findings: Findings, file: RegistrationFile): void {
  const { decider, schoolYear, county } = file;
  if (decider === null) return;
  for (const { fact, consequence, annulledBy } of findings.ledger.ends) {
    if (annulledBy !== null || !registeredByMistake.applies({ consequence })) continue;
    if (schoolYearOf(fact.effective) !== schoolYear || fact.county !== county) continue;
    if (fact.effective < decider.effective && decider.happened === 'AVBRUTT') continue;
    if (answeredSince(file, fact)) continue;
    const { proposed } = registeredByMistake.leadsTo;
    raise(findings, {
      kind: 'STATUS_FORSLAG',
      category: 'proposal',
      rule: registeredByMistake.id,
      fact,
      schoolYear,
      county,
      about: proposed,
      proposed: [proposed],
    });
  }
}

/** What the source would undo after OT has acted: nothing is deleted, a human decides (S04b). */
export function reviewUndone(findings: Findings, file: RegistrationFile): void {
  const { schoolYear, county } = file;
  for (const cause of file.standing) {
    const { annulledBy, move } = cause;
    if (annulledBy !== null && !answeredSince(file, annulledBy)) {
      const proposed = afterAnnulment(cause);
      const rule = listDecidesNothing.id;
      raise(findings, {
        kind: 'ANNULLERT_ETTER_KONTAKT',
        category: 'review',
        rule,
        fact: annulledBy,
        evidence: [cause.fact],
        schoolYear,
        county,
        proposed,
      });
    }
    if (isCertain(move) && !answeredSince(file, move.start.fact)) {
      const { viaOt, already } = inTraining(move.start.training).leadsTo;
      const proposed = [viaOt, already];
      const { id: rule, leadsTo } = trainingWinsTheDay;
      raise(findings, {
        kind: leadsTo.alert,
        category: 'review',
        rule,
        fact: move.start.fact,
        evidence: [cause.fact],
        schoolYear,
        county,
        proposed,
      });
    }
  }
}

/** Still in training, or never to be registered. */
function afterAnnulment({ training }: TilmeldingCause): string[] {
  if (training === null) return [registeredByMistake.leadsTo.proposed];
  return [inTraining(training).leadsTo.already, preventive.leadsTo.proposed];
}

function contactedBefore(file: RegistrationFile, start: Pick<Start, 'from'>): boolean {
  const from = file.decider?.effective ?? start.from;
  return file.contacts.some(({ on }) => on >= from && on < start.from);
}
