import { wishStatusOf } from '../../codelists/wishStatus.ts';
import { placeComesFirst } from '../../rules/intake.ts';
import { daysAfter } from '../../time/calendar.ts';
import { firstDayAfter, firstDayOf, type SchoolYear, schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { latest } from '../facts/order.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import type { RegistrationFile } from '../registration/file.ts';
import { ageStanding } from '../time/inRange.ts';
import { isOpen } from '../training/placeEnd.ts';
import { isSamePlace, type Refusal, refusalsOf } from './givenUp.ts';
import { isIntakePlace, type PlaceFact } from './place.ts';

/** The school year has begun, and no source has reported whether an applicant has a place: an offer without an answer, a
 *  wish that the intake never finished, or a yes that may be the one that was taken back. An adviser is asked: no youth is
 *  lost because the intake forgot to report the end. Lapses with the school year. */
export function reviewOpenWishes(findings: Findings, files: readonly RegistrationFile[]): void {
  const { Wish: wishes, openings } = findings.ledger;
  if (wishes.length === 0 && !openings.some(({ fact }) => fact.kind === 'Wish')) return;
  const told = [...wishes, ...openings.flatMap(({ fact }) => (fact.kind === 'Wish' ? [fact] : []))];
  for (const schoolYear of new Set(told.map((wish) => wish.schoolYear)))
    reviewYear(findings, files, schoolYear);
}

function reviewYear(findings: Findings, files: readonly RegistrationFile[], schoolYear: SchoolYear): void {
  const { ledger, policy } = findings;
  const fact = inDoubt(ledger, schoolYear);
  if (fact === null || isSettled(ledger, files, schoolYear)) return;
  const opens = firstDayOf(schoolYear);
  const since = fact.effective > opens ? fact.effective : opens;
  if (ageStanding(findings, since) === 'outside' || dueOrWakeOn(findings, firstDayAfter(schoolYear))) return;
  if (!dueOrWakeOn(findings, daysAfter(since, policy.watchDays))) return;
  const { alert: kind, category } = placeComesFirst.leadsTo;
  raise(findings, {
    kind,
    category,
    rule: placeComesFirst.id,
    fact,
    schoolYear,
    county: fact.county,
    about: 'onske',
  });
}

/** What leaves it open; null when a place settles it. */
function inDoubt(ledger: Ledger, schoolYear: SchoolYear): FactOf<'Wish'> | Refusal | null {
  const wishes = ledger.Wish.filter((wish) => wish.schoolYear === schoolYear);
  const places = [
    ...wishes.filter((wish) => wishStatusOf(wish).says === 'place'),
    ...ledger.starts.flatMap((start) => (isIntakePlace(start, schoolYear) ? [start.fact] : [])),
  ];
  if (places.length > 0) return takenBack(ledger, places, schoolYear);
  const offers = wishes.filter((wish) => wishStatusOf(wish).says === 'offer');
  return latest(
    offers.length > 0 ? offers : wishes.filter((wish) => wishStatusOf(wish).meaning === 'pending'),
  );
}

/** VIGO's codes for a place that was given up after a yes. */
const GIVEN_UP: ReadonlySet<string> = new Set(['MANON', 'MANOK', 'MANSN']);

/** A yes taken back on its day or later, and at every school where there is one, if the schools are given at all. */
function takenBack(
  ledger: Ledger,
  places: readonly PlaceFact[],
  schoolYear: SchoolYear,
): FactOf<'Wish'> | Refusal | null {
  const noes = places.map((place) => noesTo(ledger, place, schoolYear));
  return noes.every(({ length }) => length > 0) ? latest(noes.flat()) : null;
}

function noesTo(ledger: Ledger, place: PlaceFact, schoolYear: SchoolYear): (FactOf<'Wish'> | Refusal)[] {
  const { effective, institution } = place;
  const back: (FactOf<'Wish'> | Refusal)[] = refusalsOf(ledger, { schoolYear, effective, institution });
  for (const { fact, annulledBy } of ledger.openings) {
    if (fact.kind !== 'Wish' || annulledBy !== null || !GIVEN_UP.has(fact.code)) continue;
    if (fact.schoolYear === schoolYear && fact.effective >= effective && isSamePlace(fact, place))
      back.push(fact);
  }
  return back;
}

/** Registered, or seen in training: then it is known, or asked about already. A place that the intake office reported and
 *  that was taken back is no training. */
function isSettled(ledger: Ledger, files: readonly RegistrationFile[], schoolYear: SchoolYear): boolean {
  const opens = firstDayOf(schoolYear);
  return (
    files.some(
      (file) =>
        file.schoolYear === schoolYear && (file.standing.length > 0 || file.statuses.counted.length > 0),
    ) ||
    ledger.starts.some(
      (start) =>
        (schoolYearOf(start.from) === schoolYear || isOpen(ledger, start, opens)) &&
        !(isIntakePlace(start, schoolYear) && noesTo(ledger, start.fact, schoolYear).length > 0),
    )
  );
}
