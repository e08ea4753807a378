import type { ProtectionGrade } from '../youth/statusEvent.ts';

/** At a graded address NAV is not asked about the youth: kode 6 and 7, and the older kode 4, which is taken alike. */
export const NEVER_ASKED: ReadonlySet<ProtectionGrade> = new Set([
  'KLIENTADRESSE',
  'FORTROLIG',
  'STRENGT_FORTROLIG',
]);
