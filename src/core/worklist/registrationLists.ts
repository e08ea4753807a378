import { contactCountsFrom } from '../derive/adviser/contact.ts';
import type { Start } from '../derive/facts/ledger.ts';
import { fileOf, type RegistrationFile } from '../derive/registration/file.ts';
import type { Policy } from '../policy.ts';
import { gradeOn } from '../protection/grade.ts';
import { statusNeedsContact } from '../rules/contact.ts';
import { yearsStandBesideEachOther } from '../rules/tilmelding.ts';
import { schoolsAreAsked, silentAreCalled, statusesAreConfirmed } from '../rules/wheel.ts';
import { LISTED } from '../sentences/worklists.ts';
import { WORKLIST } from '../sentences/worklistTitles.ts';
import type { IsoDate } from '../time/date.ts';
import { type SchoolYear, yearAfter } from '../time/schoolYear.ts';
import type { Registration } from '../youth/youth.ts';
import { attemptsSince } from './attempts.ts';
import { contactsAbout, isReached } from './reached.ts';
import { earliestDeadline, rowOf, type WorkRow } from './row.ts';
import type { Worklist, WorkScope } from './worklist.ts';
import { alertsOf, evidenceOf, type YouthCase } from './youthCase.ts';

// Lists of registrations, by what has been reported about them.

/** W02, W17, W26: registrations without any report since the look-through began. */
export const staleStatuses: Worklist = {
  id: 'stale-statuses',
  title: WORKLIST.nb.stale,
  text: WORKLIST.nb.staleText,
  rows: (known, scope) =>
    registered(known, scope.schoolYear).flatMap((registration) => {
      const file = fileOf(known.files, registration);
      const confirmed = confirmedOn(registration, file, scope.policy);
      if (!statusesAreConfirmed.applies({ confirmed, since: scope.since })) return [];
      const evidence = evidenceOf([file?.statuses.current ?? evidentFact(file)]);
      return [
        rowOf(known, { ...key(registration), rule: statusesAreConfirmed.id, since: confirmed, evidence }),
      ];
    }),
};

/** W06. With the school that knows the youth best, when there is one and it may be named. */
export const nonApplicants: Worklist = {
  id: 'non-applicants',
  title: WORKLIST.nb.nonApplicants,
  text: WORKLIST.nb.nonApplicantsText,
  rows: (known, scope) =>
    unreached(known, scope, yearAfter(scope.schoolYear), schoolsAreAsked).map((row) => ({
      ...row,
      institution: lastSchool(known, scope.today),
    })),
};

/** W15. The calls go on through 15 August: then the year they are about has begun. */
export const unanswered: Worklist = {
  id: 'unanswered',
  title: WORKLIST.nb.unanswered,
  text: WORKLIST.nb.unansweredText,
  rows: (known, scope) =>
    [scope.schoolYear, yearAfter(scope.schoolYear)].flatMap((schoolYear) =>
      unreached(known, scope, schoolYear, silentAreCalled),
    ),
};

/** O01: silence is neither contact nor a no. Says how else the youth may be reached. */
export const noContact: Worklist = {
  id: 'no-contact',
  title: WORKLIST.nb.noContact,
  text: WORKLIST.nb.noContactText,
  rows: (known, scope) =>
    registered(known, scope.schoolYear).flatMap((registration) => {
      const file = fileOf(known.files, registration);
      if (file === undefined || !registration.status.targetGroup) return [];
      if (isReached(file, scope.policy)) return [];
      return [rowWithAttempts(known, scope, registration, file)];
    }),
};

/** W18, R43: who has a registration for the coming year, and who might need one. */
export const comingYear: Worklist = {
  id: 'coming-year',
  title: WORKLIST.nb.comingYear,
  text: WORKLIST.nb.comingYearText,
  rows(known, scope) {
    const next = registered(known, yearAfter(scope.schoolYear));
    const rule = yearsStandBesideEachOther.id;
    if (next.length > 0) {
      return next.map((registration) =>
        rowOf(known, {
          ...key(registration),
          rule,
          reason: LISTED.nb.registered,
          since: registration.effective,
          evidence: evidenceOf([evidentFact(fileOf(known.files, registration))]),
        }),
      );
    }
    return registered(known, scope.schoolYear)
      .filter(({ status }) => status.targetGroup)
      .map((registration) =>
        rowOf(known, {
          ...key(registration),
          rule,
          reason: LISTED.nb.notRegistered,
          since: registration.status.effective,
          evidence: evidenceOf([evidentFact(fileOf(known.files, registration))]),
        }),
      );
  },
};

function registered({ youth }: YouthCase, schoolYear: SchoolYear): readonly Registration[] {
  return youth.registrations.filter((registration) => registration.schoolYear === schoolYear);
}

function key({ schoolYear, county, owner }: Registration) {
  return { schoolYear, county, owner };
}

/** Registrations that the rule picks, with what has been tried. */
function unreached(
  known: YouthCase,
  scope: WorkScope,
  schoolYear: SchoolYear,
  rule: typeof schoolsAreAsked | typeof silentAreCalled,
): WorkRow[] {
  return registered(known, schoolYear).flatMap((registration) => {
    const file = fileOf(known.files, registration);
    if (file === undefined) return [];
    const happened = file.decider?.happened ?? null;
    if (!rule.applies({ happened, contacted: isReached(file, scope.policy) })) return [];
    return [{ ...rowWithAttempts(known, scope, registration, file), rule: rule.id }];
  });
}

function rowWithAttempts(
  known: YouthCase,
  { policy }: WorkScope,
  registration: Registration,
  file: RegistrationFile,
): WorkRow {
  const attempts = attemptsSince(known.ledger, contactCountsFrom(file), policy);
  return rowOf(known, {
    ...key(registration),
    rule: statusNeedsContact.id,
    since: registration.effective,
    deadline: contactDeadline(known, registration),
    attempts: attempts.counts,
    untried: attempts.untried,
    evidence: evidenceOf([evidentFact(file), ...attempts.facts]),
  });
}

function contactDeadline(known: YouthCase, registration: Registration): IsoDate | null {
  const waiting = alertsOf(known, registration).flatMap(({ deadlines }) =>
    deadlines.filter(({ what }) => what === 'KONTAKT'),
  );
  return earliestDeadline(waiting);
}

/** The latest day on which the registration was made or a report about it came. */
function confirmedOn(
  registration: Registration,
  file: RegistrationFile | undefined,
  policy: Policy,
): IsoDate {
  let latest = registration.status.effective;
  const said = (on: IsoDate) => {
    if (on > latest) latest = on;
  };
  if (file === undefined) return latest;
  for (const { effective, firstReceivedOn } of file.statuses.counted)
    said(effective > firstReceivedOn ? effective : firstReceivedOn);
  for (const { fact } of file.standing) said(fact.firstReceivedOn);
  for (const { on } of contactsAbout(file, policy)) said(on);
  return latest;
}

function evidentFact(file: RegistrationFile | undefined) {
  return file?.decider?.fact ?? file?.statuses.current ?? null;
}

/** The school of the latest start, ended or not; null when an address is to be kept secret (D01). */
function lastSchool({ ledger, youth }: YouthCase, today: IsoDate): string | null {
  if (gradeOn(youth.facts, today) === 'FORTROLIG') return null;
  let latest: Start | null = null;
  for (const start of ledger.starts) {
    if (start.training === 'apprenticeship') continue;
    if (latest === null || start.from > latest.from || isSameDayLater(start, latest)) latest = start;
  }
  return latest?.institution ?? null;
}

function isSameDayLater(one: Start, other: Start): boolean {
  return one.from === other.from && one.institution > other.institution;
}
