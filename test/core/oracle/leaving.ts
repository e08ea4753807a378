import { B06, C12 } from './tables.ts';

// What a leaving may come to, written down a second time and by itself: from what sources sent, in their own words,
// and with nothing of the program. A leaving that is silent has to have one of these reasons.

export interface StatedPlace {
  /** A list says who is in training; all else says that training began. */
  by: 'start' | 'contract-list' | 'school-list';
  training: string;
  institution: string;
  from: string;
  /** First day outside by its own word; null when it does not say. */
  until: string | null;
  mainSchool: boolean | null;
  /** The day it was last reported. */
  reported: string;
  /** Complete lists of its kind, from later on, without the youth. */
  missed: number;
}

export interface StatedLeaving {
  training: string;
  institution: string;
  on: string;
  reason: string;
  lostRight: boolean;
  annulled: boolean;
}

export interface StatedAbsence {
  institution: string;
  on: string;
  schoolYear: string;
}

export interface Statements {
  places: readonly StatedPlace[];
  leavings: readonly StatedLeaving[];
  /** Did not come to a school, or declined it. */
  notShown: readonly StatedAbsence[];
}

const MOVE_DAYS = 5;
const MISSED_BEFORE_DOUBT = { 'contract-list': 2, 'school-list': 1 } as const;

/** The reasons that a leaving may be silent for; empty when it must be seen: as a tilmelding or as a question. */
export function silentFor(stated: Statements, left: StatedLeaving): string[] {
  if (left.annulled) return ['taken back'];
  const opens = left.training === 'apprenticeship' ? C12[left.reason] : B06[left.reason];
  if (left.lostRight) return [];
  if (opens === undefined) throw new Error('a reason that is in no table');
  if (opens === null) return ['no dropout'];
  // A no to a place: whether the youth has another is the intake's question, asked in the tests of wishes.
  if (opens === 'TAKKET_NEI') return ['a place comes first'];
  if (opens !== 'AVBRUTT') return [];
  const reasons: string[] = [];
  for (const place of stated.places) {
    if (!wasThere(stated, place)) continue;
    if (place.from >= left.on && place.from <= daysLater(left.on, MOVE_DAYS)) reasons.push('begins after');
    if (place.from >= left.on || place.institution === left.institution) continue;
    if (place.until !== null && place.until <= left.on) continue;
    if (endsOf(stated, place).some((end) => end <= left.on)) continue;
    if (areParallel(stated, place, left)) reasons.push('two places');
    if (stillListed(place, left.on)) reasons.push('in a list since');
    if (isLeftLater(stated, place, left.on)) reasons.push('left the other later');
  }
  return reasons;
}

function wasThere({ notShown }: Statements, place: StatedPlace): boolean {
  return !notShown.some(
    ({ institution, on, schoolYear }) =>
      institution === place.institution && on >= place.from && schoolYear === schoolYearOf(place.from),
  );
}

/** By what the sources say: that the youth left there, or a contract under a number not seen before. */
function endsOf({ places, leavings }: Statements, place: StatedPlace): string[] {
  return leavings.flatMap((other) => {
    if (other.annulled || other.on <= place.from || !leavesSomething(other)) return [];
    if (other.institution === place.institution) return [other.on];
    const apprentice = other.training === 'apprenticeship' && place.training === 'apprenticeship';
    const heardOf = places.some(
      ({ training, institution, from }) =>
        training === 'apprenticeship' && institution === other.institution && from <= other.on,
    );
    return apprentice && !heardOf && !REPLACED.includes(other.reason) ? [other.on] : [];
  });
}

const REPLACED = ['ON', 'EK'];
const AT_THE_SAME_SCHOOL = ['AP', 'PM', 'UV'];

function leavesSomething({ training, reason, lostRight }: StatedLeaving): boolean {
  return lostRight || training === 'apprenticeship' || !AT_THE_SAME_SCHOOL.includes(reason);
}

function areParallel({ places }: Statements, place: StatedPlace, left: StatedLeaving): boolean {
  if (place.mainSchool === false) return true;
  return places.some(
    ({ institution, from, mainSchool }) =>
      institution === left.institution && from <= left.on && mainSchool === false,
  );
}

function stillListed({ by, reported, missed }: StatedPlace, on: string): boolean {
  return by !== 'start' && reported > on && missed < MISSED_BEFORE_DOUBT[by];
}

function isLeftLater({ leavings }: Statements, { institution }: StatedPlace, on: string): boolean {
  return leavings.some(
    (other) =>
      !other.annulled &&
      other.institution === institution &&
      other.on > on &&
      !REPLACED.includes(other.reason) &&
      leavesSomething(other),
  );
}

function schoolYearOf(date: string): string {
  const year = Number(date.slice(0, 4)) - (date.slice(5) < '08-01' ? 1 : 0);
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
}

function daysLater(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
