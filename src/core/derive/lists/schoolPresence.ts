import { by } from '../../order.ts';
import { schoolListOf } from '../../schoolList.ts';
import type { IsoDate } from '../../time/date.ts';
import { schoolYearOf, startYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger, Start } from '../facts/ledger.ts';
import { dueOrWakeOn, type Findings } from '../findings.ts';
import { backIn } from './absence.ts';

// Is a pupil in a private school's list still one? What follows when not is in schoolList.ts.

type Pupil = FactOf<'PupilSeen'>;

/** Has the school's list stopped saying that the youth is a pupil there? Then it is no ground for a proposal. */
export function isOver(findings: Findings, { fact }: Start): boolean {
  if (fact.kind !== 'PupilSeen') return false;
  if (missedFrom(findings.ledger, fact).length > 0) return true;
  const last = leftEarly(findings, fact);
  return last !== null && dueOrWakeOn(findings, last);
}

/** Absences from the school's list since the youth was last in it, in the same school year, first one first. A pupil
 *  who is not in next year's list has finished the year. */
export function missedFrom(ledger: Ledger, pupil: Pupil): FactOf<'Absent'>[] {
  if (ledger.Absent.length === 0) return [];
  const list = schoolListOf(pupil.institution);
  const schoolYear = schoolYearOf(pupil.effective);
  const back = backIn(ledger, list);
  const seen = back > pupil.received ? back : pupil.received;
  const missed = ledger.Absent.filter(
    (fact) => fact.list === list && fact.received > seen && schoolYearOf(fact.effective) === schoolYear,
  );
  return missed.sort(by(({ received, run }) => received + run));
}

/** The first day outside, when the list says that the youth left before teaching ended; else null. */
export function leftEarly({ policy }: Findings, { effective, to }: Pupil): IsoDate | null {
  if (to === null) return null;
  const spring = startYearOf(schoolYearOf(effective)) + 1;
  return to < `${spring}-${policy.teachingEnds}` ? to : null;
}
