import { listDecidesNothing } from '../../rules/tilmelding.ts';
import { schoolListOf } from '../../schoolList.ts';
import type { IsoDate } from '../../time/date.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import { answeredSince, fileOf, type RegistrationFile } from '../registration/file.ts';
import { endOf } from '../training/placeEnd.ts';
import { seenAfter } from '../training/training.ts';
import { absenceLimit } from './absence.ts';
import { leftEarly, missedFrom } from './schoolPresence.ts';

// Private schools' lists of their pupils. Absence from a list, or a last day in it, is a question to a human and never a
// dropout (I03).

type Pupil = FactOf<'PupilSeen'>;

export function reviewSchoolLists(findings: Findings, files: readonly RegistrationFile[]): void {
  const { ledger, policy } = findings;
  for (const pupil of ledger.PupilSeen) {
    const absences = missedFrom(ledger, pupil);
    const limit = absenceLimit(policy, schoolListOf(pupil.institution));
    const [since] = absences;
    if (since !== undefined && listDecidesNothing.applies({ absences: absences.length, limit })) {
      review(findings, files, pupil, since, since.effective);
      continue;
    }
    const left = leftEarly(findings, pupil);
    if (left !== null && dueOrWakeOn(findings, left)) review(findings, files, pupil, pupil, left);
  }
}

/** @param cause what shows that the youth has left. @param on from when. */
function review(
  findings: Findings,
  files: readonly RegistrationFile[],
  pupil: Pupil,
  cause: Fact,
  on: IsoDate,
): void {
  const { ledger } = findings;
  const { institution, county } = pupil;
  const place = ledger.starts.find((start) => start.fact === pupil);
  if (place === undefined || endOf(ledger, place) !== null || seenAfter(findings, on, institution)) return;
  const schoolYear = schoolYearOf(pupil.effective);
  const file = fileOf(files, { schoolYear, county });
  if (file !== undefined && answeredSince(file, cause)) return;
  const { id: rule, leadsTo } = listDecidesNothing;
  raise(findings, {
    kind: 'BORTE_FRA_SKOLELISTE',
    ...leadsTo,
    rule,
    fact: cause,
    evidence: [pupil],
    schoolYear,
    county,
    about: institution,
    effective: on,
  });
}
