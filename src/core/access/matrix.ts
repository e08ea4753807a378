import type { SheetName } from '../report/sheetName.ts';
import type { GuardedAccess } from './access.ts';
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

const WHOLE: Cell = { reach: 'county', masked: false, feeds: null, sheets: null, stepUp: false };
const no = null;
const county = WHOLE;
const unit: Cell = { ...WHOLE, reach: 'unit' };
const own: Cell = { ...WHOLE, reach: 'sender' };
const masked: Cell = { ...WHOLE, masked: true };
const stepUp: Cell = { ...WHOLE, stepUp: true };
const maskedStepUp: Cell = { ...masked, stepUp: true };

/** Feeds that each role sends to, and whose receipts and lists it follows. */
const SCHOOL: readonly OpenFeed[] = ['school-dropout', 'private-school', 'lower-secondary'];
const INTAKE: readonly OpenFeed[] = ['vigo-intake', 'private-school', 'lower-secondary'];
const APPRENTICESHIP: readonly OpenFeed[] = ['apprenticeship'];
const ADVISER: readonly OpenFeed[] = ['ot-adviser'];
const NAV: readonly OpenFeed[] = ['nav-match'];

const ofSchool: Cell = { ...WHOLE, reach: 'institution', feeds: SCHOOL };
const ofIntake: Cell = { ...WHOLE, feeds: INTAKE };
const ofApprenticeship: Cell = { ...WHOLE, feeds: APPRENTICESHIP };
const ofNav: Cell = { ...WHOLE, feeds: NAV };
const lag: Cell = { ...masked, sheets: ['school-lag'] };

/** Who may do what. A row for each access, a column for each role and one for machines: a missing one does not compile. */
export const MATRIX: Readonly<Record<GuardedAccess, MatrixRow>> = {
  'feed:write': {
    machine: { scope: 'feed', masked: false },
    skole: ofSchool,
    inntak: ofIntake,
    fagopplaering: ofApprenticeship,
    radgiver: { ...WHOLE, feeds: ADVISER },
    leder: { ...WHOLE, feeds: ADVISER },
    drift: no,
    personvern: no,
    nav: ofNav,
  },
  'receipt:read': {
    machine: { scope: 'feed', masked: false },
    skole: ofSchool,
    inntak: ofIntake,
    fagopplaering: ofApprenticeship,
    radgiver: own,
    leder: county,
    drift: masked,
    personvern: masked,
    nav: ofNav,
  },
  'alert:read': {
    machine: { scope: 'ot/registrations.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: { ...masked, feeds: APPRENTICESHIP },
    radgiver: unit,
    leder: county,
    drift: masked,
    personvern: masked,
    nav: no,
  },
  'youth:read': {
    machine: { scope: 'ot/registrations.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: unit,
    leder: county,
    drift: masked,
    personvern: masked,
    nav: no,
  },
  'youth:search': {
    machine: { scope: 'ot/registrations.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: unit,
    leder: county,
    drift: stepUp,
    personvern: stepUp,
    nav: no,
  },
  'youth:identify': {
    machine: { scope: 'ot/identities.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: unit,
    leder: county,
    drift: stepUp,
    personvern: stepUp,
    nav: no,
  },
  'alert:progress': {
    machine: { scope: 'ot/registrations.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: unit,
    leder: county,
    drift: no,
    personvern: no,
    nav: no,
  },
  'change:read': {
    machine: { scope: 'ot/registrations.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: no,
    personvern: no,
    nav: no,
  },
  'group:read': {
    machine: { scope: 'ot/groups.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: no,
    personvern: no,
    nav: no,
  },
  'fint:read': {
    machine: { scope: 'ot/registrations.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: no,
    personvern: no,
    nav: no,
  },
  'subscription:read': {
    machine: { scope: 'ot/subscriptions.write', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: county,
    drift: county,
    personvern: county,
    nav: no,
  },
  'subscription:act': {
    machine: { scope: 'ot/subscriptions.write', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: stepUp,
    personvern: no,
    nav: no,
  },
  'vigo:read': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: county,
    drift: stepUp,
    personvern: no,
    nav: no,
  },
  'vigo:act': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: county,
    drift: stepUp,
    personvern: no,
    nav: no,
  },
  'worklist:read': {
    machine: { scope: 'ot/worklists.read', masked: false },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: unit,
    leder: county,
    drift: no,
    personvern: no,
    nav: no,
  },
  'wheel:read': {
    machine: { scope: 'ot/worklists.read', masked: false },
    skole: no,
    inntak: county,
    fagopplaering: county,
    radgiver: county,
    leder: county,
    drift: no,
    personvern: no,
    nav: no,
  },
  'report:read': {
    machine: { scope: 'ot/reports.read', masked: true },
    skole: { ...lag, reach: 'institution' },
    inntak: lag,
    fagopplaering: lag,
    radgiver: unit,
    leder: county,
    drift: masked,
    personvern: masked,
    nav: masked,
  },
  'audit:read': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: unit,
    leder: county,
    drift: no,
    personvern: county,
    nav: no,
  },
  'access:read': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: county,
    drift: county,
    personvern: county,
    nav: no,
  },
  'access:propose': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: county,
    drift: stepUp,
    personvern: no,
    nav: no,
  },
  'access:act': {
    machine: no,
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: stepUp,
    personvern: stepUp,
    nav: no,
  },
  'quarantine:read': {
    machine: { scope: 'ot/quarantine.write', masked: true },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: masked,
    personvern: masked,
    nav: no,
  },
  'quarantine:act': {
    machine: { scope: 'ot/quarantine.write', masked: true },
    skole: no,
    inntak: no,
    fagopplaering: no,
    radgiver: no,
    leder: no,
    drift: maskedStepUp,
    personvern: no,
    nav: no,
  },
  'list:read': {
    machine: no,
    skole: ofSchool,
    inntak: ofIntake,
    fagopplaering: ofApprenticeship,
    radgiver: no,
    leder: county,
    drift: county,
    personvern: no,
    nav: ofNav,
  },
  'list:act': {
    machine: no,
    skole: no,
    inntak: ofIntake,
    fagopplaering: ofApprenticeship,
    radgiver: no,
    leder: no,
    drift: stepUp,
    personvern: no,
    nav: no,
  },
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
};
