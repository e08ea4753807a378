import { createIdentities } from '../../src/local/sample/identity.ts';
import { seededRandom } from '../../src/local/sample/random.ts';

/** Synthetic persons of the acceptance scenarios. */
export const P01 = { fodselsnummer: '14830989960', fodselsdato: '2009-03-14' };
export const P02 = { fodselsnummer: '02910788054', fodselsdato: '2007-11-02' };
export const P10 = { fodselsnummer: '23840672131', fodselsdato: '2006-04-23' };
export const P14 = { fodselsnummer: '06860776543', fodselsdato: '2007-06-06' };
export const P16 = { fodselsnummer: '25850578535', fodselsdato: '2005-05-25' };
/** A fictive VIGO number: fails the check digits and is right. */
export const P07 = { fodselsnummer: '50900999111', fodselsdato: '2009-10-10' };

/** So many others, the same for the same seed; adults at the end of 2026. */
export function crowd(seed: number, count: number): { fodselsnummer: string; fodselsdato: string }[] {
  const next = createIdentities(seededRandom(seed), '2005-01-01', '2008-06-30');
  return Array.from({ length: count }, next);
}

/** A dropout as a school reports it. */
export function dropout(
  person: { fodselsnummer: string; fodselsdato: string },
  id: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id,
    type: 'avbrudd',
    ...person,
    skolenummer: '40014',
    avbruddsdato: '2026-10-06',
    avbruddsarsak: 'FV',
    ...more,
  };
}

/** Takes back what `dropout` reported under that id. */
export function annulment(fodselsnummer: string, id: string): Record<string, unknown> {
  return { id: `${id}-annulled`, type: 'annullering', fodselsnummer, skolenummer: '40014', annullerer: id };
}
