import { CURE } from '../../src/core/sentences/cures.ts';
import type { FactBody, ProtectionGrade } from '../../src/core/youth/statusEvent.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteCode, noteMissing } from '../reading/recordProblems.ts';
import type { ReadContext, RecordContent } from '../reading/recordType.ts';

// Senders write the grade's current name, a former one, or its number. What cannot be read as a grade is the strictest of
// them, and is reviewed: to take it for «not protected» would publish a person in hiding.

const GRADES: Readonly<Record<string, ProtectionGrade>> = {
  UGRADERT: 'UGRADERT',
  KLIENTADRESSE: 'KLIENTADRESSE',
  '4': 'KLIENTADRESSE',
  FORTROLIG: 'FORTROLIG',
  '7': 'FORTROLIG',
  STRENGT_FORTROLIG: 'STRENGT_FORTROLIG',
  '6': 'STRENGT_FORTROLIG',
};

/** A grade that opens something must be right in every field; one that hides holds whatever else is wrong, and without a
 *  readable date from the day it was reported. */
export function readProtection(fields: RecordFields, context: ReadContext): RecordContent {
  const effective = read.date(fields, 'dato');
  const grade = gradeOf(writtenGrade(fields));
  if (grade === undefined) {
    if (read.isAbsent(fields, 'gradering')) noteMissing(fields, 'gradering', CURE.nb.grades);
    else noteCode(fields, 'gradering', 'UNKNOWN_CODE', CURE.nb.grades);
  }
  const opens = grade === 'UGRADERT' || grade === 'KLIENTADRESSE';
  if (effective !== '') return { effective, body: protection(grade), opens };
  // It may not be milder than what was known while its date is unknown.
  return { effective: context.reportedOn(), body: protection(opens ? grade : undefined), opens };
}

function protection(grade: ProtectionGrade | undefined): FactBody {
  return { kind: 'Protection', grade: grade ?? 'STRENGT_FORTROLIG' };
}

/** '' for what is neither text nor a number. */
function writtenGrade({ value: { gradering } }: RecordFields): string {
  if (typeof gradering === 'number') return String(gradering);
  return typeof gradering === 'string' ? gradering.trim() : '';
}

/** `Strengt fortrolig`, `strengtFortrolig` and `kode 6` are the same grade. */
function gradeOf(said: string): ProtectionGrade | undefined {
  const name = said
    .replace(/([a-zæøå])([A-ZÆØÅ])/g, '$1_$2')
    .toUpperCase()
    .replace(/^(KODE|SPES)[ _-]*/, '')
    .replace(/[ -]+/g, '_');
  return Object.hasOwn(GRADES, name) ? GRADES[name] : undefined;
}
