import { daysAfter } from '../../calendar.ts';
import { wishStatusOf } from '../../codelists/wishStatus.ts';
import { placeComesFirst } from '../../rules/intake.ts';
import { firstDayAfter, firstDayOf, type SchoolYear, schoolYearOf } from '../../schoolYear.ts';
import type { FactOf } from '../../youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { latest } from '../facts/order.ts';
import { dawned, type Findings, raise } from '../findings.ts';
import type { RegistrationFile } from '../registration/file.ts';
import { ageStanding } from '../time/inRange.ts';
import { isOpen } from '../training/placeEnd.ts';
import { isSamePlace } from './place.ts';

/** The school year has begun, and nobody has told whether an applicant has a place: an offer without an answer, a wish
 *  the intake was never done with, or a yes that may be the one that was taken back. A human asks: nobody is lost because
 *  the intake forgot to tell the end. Lapses with the school year. */
export function reviewOpenWishes(findings: Findings, files: readonly RegistrationFile[]): void {
  const { wishes } = findings.ledger;
  if (wishes.length === 0) return;
  for (const schoolYear of new Set(wishes.map((wish) => wish.schoolYear)))
    reviewYear(findings, files, schoolYear);
}

function reviewYear(findings: Findings, files: readonly RegistrationFile[], schoolYear: SchoolYear): void {
  const { ledger, policy } = findings;
  const fact = inDoubt(ledger, schoolYear);
  if (fact === null || isSettled(ledger, files, schoolYear)) return;
  const opens = firstDayOf(schoolYear);
  const since = fact.effective > opens ? fact.effective : opens;
  if (ageStanding(findings, since) === 'outside' || dawned(findings, firstDayAfter(schoolYear))) return;
  if (!dawned(findings, daysAfter(since, policy.watchDays))) return;
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

/** The wish that leaves it open; null when a place settles it. */
function inDoubt(ledger: Ledger, schoolYear: SchoolYear): FactOf<'Wish'> | null {
  const wishes = ledger.wishes.filter((wish) => wish.schoolYear === schoolYear);
  const places = wishes.filter((wish) => wishStatusOf(wish).says === 'place');
  if (places.length > 0) return takenBack(ledger, places);
  const offers = wishes.filter((wish) => wishStatusOf(wish).says === 'offer');
  return latest(
    offers.length > 0 ? offers : wishes.filter((wish) => wishStatusOf(wish).meaning === 'pending'),
  );
}

/** VIGO has these for a place that was given up after a yes. */
const GIVEN_UP: ReadonlySet<string> = new Set(['MANON', 'MANOK', 'MANSN']);

/** A yes taken back later, and at every school where there is one, if the schools are told at all. */
function takenBack({ openings }: Ledger, places: readonly FactOf<'Wish'>[]): FactOf<'Wish'> | null {
  const back: FactOf<'Wish'>[] = [];
  for (const { fact, annulledBy } of openings) {
    if (fact.kind !== 'Wish' || annulledBy !== null || !GIVEN_UP.has(fact.code)) continue;
    const of = (place: FactOf<'Wish'>) =>
      fact.schoolYear === place.schoolYear && fact.effective > place.effective && isSamePlace(fact, place);
    if (places.every(of)) back.push(fact);
  }
  return latest(back);
}

/** Registered, or seen in training: then it is known, or somebody asks already. */
function isSettled(ledger: Ledger, files: readonly RegistrationFile[], schoolYear: SchoolYear): boolean {
  const opens = firstDayOf(schoolYear);
  return (
    files.some(
      (file) =>
        file.schoolYear === schoolYear && (file.standing.length > 0 || file.statuses.counted.length > 0),
    ) ||
    ledger.starts.some((start) => schoolYearOf(start.from) === schoolYear || isOpen(ledger, start, opens))
  );
}
