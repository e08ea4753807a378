import { annulmentsOf, takenBackBy } from '../derive/facts/annulments.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import { osloDate } from '../time/oslo.ts';
import type { ProtectionGrade } from '../youth/statusEvent.ts';
import type { Fact, FactOf } from '../youth/youthEvent.ts';

/** From the least to the most careful. */
const CARE: Readonly<Record<ProtectionGrade, number>> = {
  UGRADERT: 0,
  KLIENTADRESSE: 1,
  FORTROLIG: 2,
  STRENGT_FORTROLIG: 3,
};

/**
 * How the youth's address is protected on a date. A stricter grade that is announced for a later date holds as soon
 * as it is known, a milder one only from its date: a day too early is harmless, a day too late is not.
 */
export function gradeOn(facts: readonly Fact[], date: IsoDate): ProtectionGrade {
  const told = protectionsOf(facts);
  let now: FactOf<'Protection'> | null = null;
  for (const fact of told) {
    if (fact.effective <= date && (now === null || replaces(fact, now))) now = fact;
  }
  let grade = now?.grade ?? 'UGRADERT';
  for (const fact of told) if (fact.effective > date) grade = stricter(grade, fact.grade);
  return grade;
}

/** The same at a moment, by the date in Oslo. Costs next to nothing for a youth whose address is not protected. */
export function gradeAt(facts: readonly Fact[], moment: IsoInstant): ProtectionGrade {
  for (const { kind } of facts) if (kind === 'Protection') return gradeOn(facts, osloDate(moment));
  return 'UGRADERT';
}

function protectionsOf(facts: readonly Fact[]): FactOf<'Protection'>[] {
  const annulled = annulmentsOf(facts);
  return facts.filter(
    (fact): fact is FactOf<'Protection'> =>
      fact.kind === 'Protection' && takenBackBy(annulled, fact) === null,
  );
}

/** Later in effect, or reported later; at the same moment the stricter grade holds. */
function replaces(one: FactOf<'Protection'>, other: FactOf<'Protection'>): boolean {
  if (one.effective !== other.effective) return one.effective > other.effective;
  const said = one.reported ?? one.received;
  const otherSaid = other.reported ?? other.received;
  if (said !== otherSaid) return said > otherSaid;
  return CARE[one.grade] > CARE[other.grade];
}

function stricter(one: ProtectionGrade, other: ProtectionGrade): ProtectionGrade {
  return CARE[other] > CARE[one] ? other : one;
}
