import type { ViaOt } from '../statusEvent.ts';

// Spellings found in published documents that mean a code without doubt, per list version. Keys are upper-case.
// An alias is safe only in its own version: OTFA is a code of its own in OT-2011-01.

export type Alias = { code: string; viaOt: ViaOt | null } | typeof AMBIGUOUS;

/** A code of an older list with more than one successor: a human has to say which. */
export const AMBIGUOUS = 'ambiguous';

const IN_ALL_LISTS: Record<string, Alias> = {
  'KODE OTUK': { code: 'OTUK', viaOt: null },
  '(OTUK)': { code: 'OTUK', viaOt: null },
};

const IN_LIST: Record<string, Record<string, Alias>> = {
  'OT-2011-01': {},
  'OT-2016-07': {
    ELGS: { code: 'ELGS_IM', viaOt: null },
    ELVG: { code: 'ELVG_IM', viaOt: null },
    OTFA: { code: 'OTFA_IM', viaOt: null },
    OTFU: { code: 'OTFU_IM', viaOt: null },
    'OTAR VIA': { code: 'OTAR', viaOt: 'JA' },
    'OTEV VIA': { code: 'OTEV', viaOt: 'JA' },
    'OTVF VIA': { code: 'OTVF', viaOt: 'JA' },
    'OTLL VIA': { code: 'OTLL', viaOt: 'JA' },
    ELEV: AMBIGUOUS,
  },
};

export function aliasesOf(list: string): [string, Alias][] {
  return Object.entries({ ...IN_ALL_LISTS, ...IN_LIST[list] });
}
