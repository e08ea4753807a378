import * as read from '../../src/core/recordFields.ts';
import { noteCode } from '../../src/core/recordProblems.ts';
import type { ProtectionGrade } from '../../src/core/statusEvent.ts';
import type { Told } from '../youthRecord.ts';

// Senders write the grade's name of today, of before, or its number. A grade that is not known is refused: to take
// it for «not protected» would publish a person in hiding.

const GRADES: Readonly<Record<string, ProtectionGrade>> = {
  UGRADERT: 'UGRADERT',
  KLIENTADRESSE: 'KLIENTADRESSE',
  '4': 'KLIENTADRESSE',
  FORTROLIG: 'FORTROLIG',
  '7': 'FORTROLIG',
  STRENGT_FORTROLIG: 'STRENGT_FORTROLIG',
  '6': 'STRENGT_FORTROLIG',
};

export function readProtection(fields: read.RecordFields): Told {
  const effective = read.date(fields, 'dato');
  const said = read.text(fields, 'gradering', read.CODE);
  const grade = gradeOf(said);
  if (said !== '' && grade === undefined) noteCode(fields, 'gradering', 'UNKNOWN_CODE', CURE);
  return { effective, body: { kind: 'Protection', grade: grade ?? 'STRENGT_FORTROLIG' } };
}

const CURE = 'Bruk UGRADERT, KLIENTADRESSE (4), FORTROLIG (7) eller STRENGT_FORTROLIG (6).';

/** `Strengt fortrolig`, `strengtFortrolig` and `kode 6` are the same grade. */
function gradeOf(said: string): ProtectionGrade | undefined {
  const name = said
    .replace(/([a-zæøå])([A-ZÆØÅ])/g, '$1_$2')
    .toUpperCase()
    .replace(/^(KODE|SPES)[ _-]*/, '')
    .replace(/[ -]+/g, '_');
  return Object.hasOwn(GRADES, name) ? GRADES[name] : undefined;
}
