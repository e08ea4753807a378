import type { OrganisationNumber } from './principal.ts';

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/** Undefined unless nine digits with a valid check digit (mod 11), as in the register in Brønnøysund. */
export function organisationNumber(text: string): OrganisationNumber | undefined {
  if (!/^\d{9}$/.test(text)) return undefined;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(text[8]) ? (text as OrganisationNumber) : undefined;
}
