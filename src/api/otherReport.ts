import { HttpProblem } from './httpProblem.ts';

/** The caller may read reports, and not this one. */
export function otherReport(): HttpProblem {
  return new HttpProblem(
    'NOT_PERMITTED',
    'Tilgangen din omfatter ikke denne rapporten. Velg en annen, eller be den som styrer tilgangene.',
  );
}
