import type { SheetName } from '../report/sheetName.ts';
import type { Role } from './role.ts';
import type { OpenFeed, Scope } from './scope.ts';

/** Rows in reach of one role or scope. `unit`, `institution`: those of the assignment or grant, which must name one. */
export interface Cell {
  reach: 'county' | 'unit' | 'institution' | 'sender';
  masked: boolean;
  /** Null: all. */
  feeds: readonly OpenFeed[] | null;
  /** Null: all. */
  sheets: readonly SheetName[] | null;
  /** Only with a login that is new and at the highest level. */
  stepUp: boolean;
}

/** What a token needs. */
export type MachineCell =
  | { scope: Exclude<Scope, `ot/feeds/${string}`>; masked: boolean }
  /** The scope of the request's feed; without a feed, those of all feeds that were granted. */
  | { scope: 'feed'; masked: boolean };

export interface MatrixRow extends Readonly<Record<Role, Cell | null>> {
  machine: MachineCell | null;
}

export const WHOLE: Cell = { reach: 'county', masked: false, feeds: null, sheets: null, stepUp: false };
export const no = null;
export const county = WHOLE;
export const unit: Cell = { ...WHOLE, reach: 'unit' };
export const own: Cell = { ...WHOLE, reach: 'sender' };
export const masked: Cell = { ...WHOLE, masked: true };
export const stepUp: Cell = { ...WHOLE, stepUp: true };
/** Only with a new login. */
export const again = (cell: Cell): Cell => ({ ...cell, stepUp: true });
export const maskedStepUp: Cell = { ...masked, stepUp: true };

/** Feeds that each role sends to, and whose receipts and lists it follows. */
export const SCHOOL: readonly OpenFeed[] = ['school-dropout', 'private-school', 'lower-secondary'];
export const INTAKE: readonly OpenFeed[] = ['vigo-intake', 'private-school', 'lower-secondary'];
export const APPRENTICESHIP: readonly OpenFeed[] = ['apprenticeship'];
export const ADVISER: readonly OpenFeed[] = ['ot-adviser'];
export const NAV: readonly OpenFeed[] = [
  'nav-match',
  'nav-arbeidssoker',
  'nav-oppfolging',
  'nav-deltaker',
  'nav-ungdomsprogram',
];

export const ofSchool: Cell = { ...WHOLE, reach: 'institution', feeds: SCHOOL };
export const ofIntake: Cell = { ...WHOLE, feeds: INTAKE };
export const ofApprenticeship: Cell = { ...WHOLE, feeds: APPRENTICESHIP };
export const ofNav: Cell = { ...WHOLE, feeds: NAV };
export const lag: Cell = { ...masked, sheets: ['school-lag'] };
