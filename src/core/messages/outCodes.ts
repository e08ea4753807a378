import type { AlertCategory, OtStatus } from '../youth/youthEvent.ts';

// Official codes and all values on the wire are Norwegian capitals; names of fields and identifiers are English. What is
// stored keeps the program's own words, so that a word on the wire can change without rewriting a history.

/** VARSEL: do something. KONTROLL: a human decides. FORSLAG: a suggested status, never set by itself. */
export const CATEGORY_OUT = {
  alert: 'VARSEL',
  review: 'KONTROLL',
  proposal: 'FORSLAG',
} as const satisfies Record<AlertCategory, string>;
export type CategoryOut = (typeof CATEGORY_OUT)[AlertCategory];

/** REGEL: by the bridge, only ever OTUK as the first code. RADGIVER: by an OT adviser. */
export const SET_BY_OUT = {
  RULE: 'REGEL',
  ADVISER: 'RADGIVER',
} as const satisfies Record<OtStatus['setBy'], string>;
export type SetByOut = (typeof SET_BY_OUT)[OtStatus['setBy']];
