import { schoolYearOf } from '../time/schoolYear.ts';
import type { Fact } from './youthEvent.ts';

// Rows of lists without an event id of their own. A row is identified by what it is about: its source, its type, the school
// year, the school where the source is not one, and the person. The newest row holds.

const PREFIX = 'uten-id:';
/** Former names of such rows: each content by itself, so that a corrected row was kept next to the one it corrected. */
const BY_CONTENT = 'innhold-';

/** What a row is about, without the person. */
export interface RowKey {
  type: string;
  /** Empty where a youth has only one such row, whatever the year. */
  schoolYear: string;
  /** Empty where the source is the school, or where a youth has one such row for all schools. */
  school: string;
}

/** @param pseudonym of the person, keyed: after a merge the rows reported under each number are kept */
export function unnamedId(key: RowKey, pseudonym: string): string {
  return `${textOf(key)}:${pseudonym}`;
}

export function isUnnamed(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** The id of a row without its person; null for a source's own id. */
export function rowKeyIn(id: string): string | null {
  return isUnnamed(id) ? id.slice(0, id.lastIndexOf(':')) : null;
}

/** What the id of a row named by its content would begin with now; null for all others. */
export function oldRowKey(fact: Fact): string | null {
  if (!fact.id.startsWith(BY_CONTENT)) return null;
  const key = fact.source === 'vigo' ? intakeRow(fact) : schoolRow(fact);
  return key === null ? null : textOf(key);
}

function textOf({ type, schoolYear, school }: RowKey): string {
  return `${PREFIX}${type}:${schoolYear}:${school}`;
}

function schoolRow(fact: Fact): RowKey | null {
  const schoolYear = 'schoolYear' in fact ? fact.schoolYear : schoolYearOf(fact.effective);
  switch (fact.kind) {
    case 'Left':
    case 'NoShow':
    case 'PlaceDeclined':
      return { type: 'avbrudd', schoolYear, school: '' };
    case 'Started':
      return { type: 'oppstart', schoolYear, school: '' };
    case 'AtRisk':
      return { type: 'fare-for-avbrudd', schoolYear, school: '' };
    case 'WithoutPlans':
      return { type: 'uten-planer', schoolYear, school: '' };
    default:
      return null;
  }
}

/** Wishes are not among them: a youth has several, and a row does not say which of them it is. */
function intakeRow(fact: Fact): RowKey | null {
  switch (fact.kind) {
    case 'NotApplied':
      return { type: 'ikkesoker', schoolYear: fact.schoolYear, school: '' };
    case 'PlaceDeclined':
      return fact.code === null ? { type: 'neisvar', schoolYear: fact.schoolYear, school: '' } : null;
    case 'NoShow':
      return { type: 'ikkemott', schoolYear: fact.schoolYear, school: fact.institution ?? '' };
    case 'Left':
      return { type: 'tidligslutter', schoolYear: schoolYearOf(fact.effective), school: fact.institution };
    case 'Started':
      return { type: 'plass', schoolYear: schoolYearOf(fact.effective), school: fact.institution };
    default:
      return null;
  }
}
