import { OVERRIDE } from '../sentences/grounds.ts';

/** Why an adviser keeps a choice that a rule speaks against (`fastholdtFordi`): a closed list, so that the reasons
 *  can be counted and say nothing about the youth. */
export const OVERRIDES = OVERRIDE.nb;

export type OverrideKey = keyof typeof OVERRIDES;
