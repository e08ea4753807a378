import { gradeOn } from '../protection/grade.ts';
import { hiddenAddress } from '../rules/protection.ts';
import type { IsoDate } from '../time/date.ts';
import type { Youth } from '../youth/youth.ts';
import type { Permission, Reach } from './permission.ts';

/** OT units that follow the youth: those in charge of its registrations of the latest school year, or of an open alert.
 *  As `owned_by` in SQL. */
export function unitsOf({ registrations, alerts }: Pick<Youth, 'registrations' | 'alerts'>): Set<string> {
  const latest = registrations.at(-1)?.schoolYear;
  const owners = registrations.filter(({ schoolYear }) => schoolYear === latest).map(({ owner }) => owner);
  return new Set([...owners, ...alerts.map(({ owner }) => owner)]);
}

/** Whether the caller hears of the youth at all. */
export function reachesYouth(
  {
    reach,
    protectedYouths,
    protectedUnits,
  }: Pick<Permission, 'reach' | 'protectedYouths' | 'protectedUnits'>,
  youth: Youth,
  today: IsoDate,
): boolean {
  const hidden = isProtected(youth, today);
  if (!protectedYouths && hidden) return false;
  switch (reach.kind) {
    case 'county':
      return true;
    case 'units': {
      const units = unitsOf(youth);
      const within = hidden ? (protectedUnits ?? reach.units) : reach.units;
      return within.some((unit) => units.has(unit));
    }
    case 'institutions':
    case 'sender':
      return false;
  }
}

/** At a strictly confidential address (D01): only advisers who are named hear of the youth. */
export function isProtected({ facts }: Pick<Youth, 'facts'>, today: IsoDate): boolean {
  return hiddenAddress.applies({ grade: gradeOn(facts, today) });
}

/** Whether a submission or a list of this origin is in reach. */
export function reachesOrigin(
  reach: Reach,
  { sender, institution }: { sender: string | null; institution: string | null },
): boolean {
  switch (reach.kind) {
    case 'county':
      return true;
    case 'institutions':
      return institution !== null && reach.institutions.includes(institution);
    case 'sender':
      return sender === reach.sender;
    case 'units':
      return false;
  }
}
