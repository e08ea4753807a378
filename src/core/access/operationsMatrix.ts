import { county, type MatrixRow, no, stepUp } from './cells.ts';

/** Rows of how the bridge itself runs: lanes, settings and checks, a clock; a part of the matrix. */
export const OPERATIONS = {
  'lane:read': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: county,
    personvern: county,
    nav: no,
  },
  'lane:act': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: stepUp,
    personvern: no,
    nav: no,
  },
  'operation:read': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: county,
    personvern: no,
    nav: no,
  },
  'clock:act': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: county,
    personvern: no,
    nav: no,
  },
} as const satisfies Readonly<Record<string, MatrixRow>>;
