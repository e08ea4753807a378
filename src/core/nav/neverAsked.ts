import type { ProtectionGrade } from '../youth/statusEvent.ts';

/** At a graded address NAV is not asked about the youth: kode 6 and 7. */
export const NEVER_ASKED: ReadonlySet<ProtectionGrade> = new Set(['FORTROLIG', 'STRENGT_FORTROLIG']);
