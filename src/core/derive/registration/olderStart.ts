import { olderStartAsks } from '../../rules/move.ts';
import { inTraining } from '../../rules/proposal.ts';
import { evidenceKey } from '../../youth/youth.ts';
import type { Fact } from '../../youth/youthEvent.ts';
import { dueOrWake, type Findings, raise } from '../findings.ts';
import { isAsked } from '../training/move.ts';
import type { TilmeldingCause } from './cause.ts';
import { answeredSince, type RegistrationFile } from './file.ts';
import { graceEnds } from './tilmeldingAlert.ts';

/** Left, and all that speaks against a dropout is an older start elsewhere without an end: an adviser says which it is. Any
 *  status of OT's makes it a tilmelding, also that the youth goes on there, or was never OT's. */
export function reviewOlderStarts(findings: Findings, file: RegistrationFile): void {
  const { schoolYear, county } = file;
  for (const cause of file.told) {
    const { move, fact } = cause;
    if (move === null || !isAsked(move) || cause.annulledBy !== null || isSettled(file, cause)) continue;
    if (!dueOrWake(findings, graceEnds(cause, findings.policy))) continue;
    const { alert: kind, category, leftAll } = olderStartAsks.leadsTo;
    raise(findings, {
      kind,
      category,
      rule: olderStartAsks.id,
      fact,
      evidence: sameQuestion(file, cause),
      schoolYear,
      county,
      about: cause.institution ?? evidenceKey(fact),
      proposed: [leftAll, inTraining(move.start.training).leadsTo.already],
    });
  }
}

/** Recoded, or reported on since both were known. A leaving that OT had acted on before holds meanwhile. */
function isSettled(file: RegistrationFile, { fact, effective, move }: TilmeldingCause): boolean {
  if (file.recode !== null && file.recode.effective >= effective) return true;
  return answeredSince(file, fact) && (move === null || answeredSince(file, move.start.fact));
}

/** A youth who left one place is asked about once, however often it was reported: all of it is evidence. */
function sameQuestion(file: RegistrationFile, cause: TilmeldingCause): Fact[] {
  return file.told.flatMap((other) =>
    other.move !== null &&
    isAsked(other.move) &&
    other.annulledBy === null &&
    other.institution === cause.institution &&
    !isSettled(file, other)
      ? [other.fact, other.move.start.fact]
      : [],
  );
}
