import { COUNTIES } from '../../src/core/codelists/data/counties.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import type { TextForm } from './recordFields.ts';

// VIGO numbers: county (2 digits, of any year: a school keeps its number when counties merge) + series (3).

const PREFIXES: ReadonlySet<string> = new Set(COUNTIES.map((county) => county.number));

const STANDING = COUNTIES.filter(({ until }) => until === null).map(({ number }) => number);

function isVigoNumber(text: string): boolean {
  return /^\d{5}$/.test(text) && PREFIXES.has(text.slice(0, 2));
}

export const SCHOOL_NUMBER: TextForm = {
  accepts: isVigoNumber,
  must: FIELD.nb.noSchoolNumber,
  cure: CURE.nb.schoolNumber,
};

/** An OT unit (series 200–299); the series is not checked, as a county may keep older units. */
export const OT_UNIT: TextForm = {
  accepts: isVigoNumber,
  must: FIELD.nb.noUnit,
  cure: CURE.nb.unit,
};

export const COUNTY_NUMBER: TextForm = {
  accepts: (text) => PREFIXES.has(text),
  must: FIELD.nb.noCounty,
  cure: CURE.nb.county(STANDING.join(', ')),
};

/** The check digit is not verified: VIGO holds firms under numbers that are not in Brønnøysund. */
export const ORGANISATION_NUMBER: TextForm = {
  accepts: (text) => /^\d{9}$/.test(text),
  must: FIELD.nb.noOrganisation,
  cure: CURE.nb.organisation,
};
