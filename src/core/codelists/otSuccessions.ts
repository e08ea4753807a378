import { MAPPING_2011_2016 } from './data/otMapping.ts';
import type { Succession } from './otCode.ts';

/** Code list → what each code of the known list before it became in it. A list without a predecessor has no row. */
export const SUCCESSIONS: Readonly<Record<string, readonly Succession[]>> = {
  'OT-2016-07': MAPPING_2011_2016,
};
