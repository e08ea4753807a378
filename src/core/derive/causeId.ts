import { digest } from '../digest.ts';
import type { CountyNumber } from '../organisation.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { Alert, AlertKind } from '../youth/youthEvent.ts';
import { countyInName } from './county/restructuring.ts';

interface Named {
  schoolYear: SchoolYear;
  county: CountyNumber;
  about: string;
  id: Alert['id'];
}

/** The last id of each kind: youth after youth has the same cause, and nothing in it is personal. */
const LAST = new Map<AlertKind, Named>();

/** An alert's id inside its youth. @param about what distinguishes it from others of its kind, school year and county */
export function causeIdOf(
  kind: AlertKind,
  schoolYear: SchoolYear,
  county: CountyNumber,
  about: string,
): Alert['id'] {
  const last = LAST.get(kind);
  if (last?.schoolYear === schoolYear && last.county === county && last.about === about) return last.id;
  const id = digest(`${kind}:${schoolYear}:${countyInName(schoolYear, county)}:`, about);
  LAST.set(kind, { schoolYear, county, about, id });
  return id;
}
