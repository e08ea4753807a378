import type { Evidence } from '../evidence.ts';
import { checkConsent } from './consent.ts';
import { checkConservation } from './conservation.ts';
import { checkDoubles } from './doubles.ts';
import { checkLost } from './lost.ts';
import { checkOrder } from './order.ts';
import { checkPersonalData } from './personalData.ts';
import { checkPhantoms } from './phantoms.ts';
import { checkState } from './state.ts';

export const CHECK_NAMES = [
  'conservation',
  'nothing-lost',
  'no-doubles',
  'order',
  'no-phantoms',
  'consent',
  'independent-state',
  'no-personal-data',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** Each gives its findings: sentences with positions, never with a person. */
export const CHECKS: Record<CheckName, (evidence: Evidence) => string[]> = {
  conservation: checkConservation,
  'nothing-lost': checkLost,
  'no-doubles': checkDoubles,
  order: checkOrder,
  'no-phantoms': checkPhantoms,
  consent: checkConsent,
  'independent-state': checkState,
  'no-personal-data': checkPersonalData,
};
