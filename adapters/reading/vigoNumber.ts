import { COUNTIES } from '../../src/core/codelists/data/counties.ts';
import type { TextForm } from './recordFields.ts';

// VIGO numbers: county (2 digits, of any year: a school keeps its number when counties merge) + series (3).

const PREFIXES: ReadonlySet<string> = new Set(COUNTIES.map((county) => county.number));

const STANDING = COUNTIES.filter(({ until }) => until === null).map(({ number }) => number);

function isVigoNumber(text: string): boolean {
  return /^\d{5}$/.test(text) && PREFIXES.has(text.slice(0, 2));
}

export const SCHOOL_NUMBER: TextForm = {
  accepts: isVigoNumber,
  must: 'er ikke et skolenummer.',
  cure: 'Skriv VIGOs skolenummer: fem sifre, med fylkets nummer først (også når det begynner med null).',
};

/** An OT unit (series 200–299); the series is not checked, as a county may keep older units. */
export const OT_UNIT: TextForm = {
  accepts: isVigoNumber,
  must: 'er ikke nummeret på en OT-enhet.',
  cure: 'Skriv OT-enhetens nummer: fem sifre, med fylkets nummer først.',
};

export const COUNTY_NUMBER: TextForm = {
  accepts: (text) => PREFIXES.has(text),
  must: 'er ikke et fylkesnummer.',
  cure: `Skriv fylkesnummeret med to sifre: ${STANDING.join(', ')}.`,
};

/** The check digit is not verified: VIGO holds firms under numbers that are not in Brønnøysund. */
export const ORGANISATION_NUMBER: TextForm = {
  accepts: (text) => /^\d{9}$/.test(text),
  must: 'er ikke et organisasjonsnummer.',
  cure: 'Skriv bedriftens organisasjonsnummer: ni sifre uten mellomrom.',
};
