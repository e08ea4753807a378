import { type IsoDate, startOfOsloDay } from '../date.ts';
import { listDecidesNothing } from '../rules/tilmelding.ts';
import { schoolListOf } from '../schoolList.ts';
import { schoolYearOf } from '../schoolYear.ts';
import type { Fact, FactOf } from '../youthEvent.ts';
import { absenceLimit } from './absence.ts';
import { answeredSince, type RegistrationFile } from './file.ts';
import { type Findings, raise, reached } from './findings.ts';
import type { Ledger } from './ledger.ts';
import { leftEarly, missedFrom } from './schoolPresence.ts';
import { seenAfter } from './training.ts';

// Private schools' lists of their pupils. Gone from a list, or a last day in it, is a question to a human and never a
// dropout (I03).

type Pupil = FactOf<'PupilSeen'>;

export function reviewSchoolLists(findings: Findings, files: readonly RegistrationFile[]): void {
  const { ledger, policy } = findings;
  for (const pupil of ledger.pupils) {
    const absences = missedFrom(ledger, pupil);
    const limit = absenceLimit(policy, schoolListOf(pupil.institution));
    const [since] = absences;
    if (since !== undefined && listDecidesNothing.applies({ absences: absences.length, limit })) {
      review(findings, files, pupil, since, since.effective);
      continue;
    }
    const left = leftEarly(findings, pupil);
    if (left !== null && reached(findings, startOfOsloDay(left))) review(findings, files, pupil, pupil, left);
  }
}

/** @param cause what tells that the youth is gone. @param on from when. */
function review(
  findings: Findings,
  files: readonly RegistrationFile[],
  pupil: Pupil,
  cause: Fact,
  on: IsoDate,
): void {
  const { ledger } = findings;
  const { institution, county } = pupil;
  if (toldEnded(ledger, pupil) || seenAfter(ledger, on, institution)) return;
  const schoolYear = schoolYearOf(pupil.effective);
  const file = files.find((each) => each.schoolYear === schoolYear && each.county === county);
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

/** The school has said it by itself, with a reason. */
function toldEnded(ledger: Ledger, { institution, effective }: Pupil): boolean {
  return ledger.ends.some(
    ({ fact, annulledBy, leaving }) =>
      annulledBy === null && leaving.ends && fact.institution === institution && fact.effective > effective,
  );
}
