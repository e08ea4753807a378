import type { Problem } from '../../src/core/problem.ts';
import type { IsoDate, IsoInstant } from '../../src/core/time/date.ts';
import type { FactBody } from '../../src/core/youth/statusEvent.ts';
import {
  birthProblem,
  DATE_KINDS,
  type DateKind,
  dateProblem,
  type Judging,
  schoolYearProblem,
} from './recordDates.ts';
import type { RecordFields } from './recordProblems.ts';
import { note } from './recordProblems.ts';

// The dates of a record of ours, under the names of its type.

const { happened, leaving, starting, announced, planned, ending, moment } = DATE_KINDS;

/** What the date of each kind of fact is. */
const EFFECTIVE: Readonly<Record<FactBody['kind'], DateKind | null>> = {
  NotApplied: leaving,
  PlaceDeclined: leaving,
  Wish: leaving,
  NoShow: leaving,
  Applied: leaving,
  Left: leaving,
  AtRisk: leaving,
  Started: starting,
  PupilSeen: starting,
  ContractSeen: starting,
  WithoutPlans: announced,
  Residence: announced,
  Emigrated: announced,
  Renumbered: announced,
  Contact: happened,
  ContactAttempt: happened,
  AdviserStatus: happened,
  Recode: happened,
  Referral: happened,
  Measure: planned,
  Handover: planned,
  // What protects a person takes effect whatever its date.
  Protection: null,
  Annulled: null,
  Consent: null,
  // The bridge's own, or without a date of their own.
  RegisterSeen: null,
  Absent: null,
  Present: null,
  NavAsked: null,
  NavMatch: null,
  // NAV's dates are NAV's: a record that is not ours to correct is not refused for them.
  NavRegister: null,
  Due: null,
};

/** Names of the field for the date that a fact holds from. */
const NAMES = ['avbruddsdato', 'startdato', 'sluttdato', 'dato'] as const;

interface Dated {
  effective: IsoDate;
  body: FactBody;
}

/** Notes every date of the record that cannot be, field by field. What is broken already is not judged. */
export function noteOddDates(
  fields: RecordFields,
  { effective, body }: Dated,
  told: Judging & { reported: IsoInstant | null },
): void {
  const kind = EFFECTIVE[body.kind];
  if (kind === null) return;
  const dates = noteOddSender(fields, told);
  for (const name of NAMES) {
    if (fields.value[name] === undefined) continue;
    noteOddDate(fields, name, effective, kind, dates);
    break;
  }
  if ('meeting' in body) noteOddDate(fields, 'motedato', body.meeting, announced, dates);
  if (body.kind === 'Measure') noteOddDate(fields, 'til', body.to, ending, dates);
  if ('schoolYear' in body && body.schoolYear && fields.value.skolear !== undefined) {
    const young = body.kind === 'AdviserStatus' || body.kind === 'Recode' || body.kind === 'WithoutPlans';
    noteProblem(fields, schoolYearProblem('skolear', body.schoolYear, dates, young));
  }
}

/** When the sender reported it, and when the person was born. @returns what the other dates are compared with: an
 *  impossible birth date says nothing about them */
export function noteOddSender(
  fields: RecordFields,
  { received, born, reported }: Judging & { reported: IsoInstant | null },
): Judging {
  const odd = born === null ? null : birthProblem('fodselsdato', born, received);
  noteProblem(fields, odd);
  const dates = { received, born: odd === null ? born : null };
  noteOddDate(fields, 'meldt', reported === null ? null : reported.slice(0, 10), moment, dates);
  return dates;
}

/** One date of a record in another shape than ours. */
export function noteOddDate(
  fields: RecordFields,
  name: string,
  date: IsoDate | null,
  kind: DateKind,
  dates: Judging,
): void {
  if (date !== null && date !== '') noteProblem(fields, dateProblem(name, date, kind, dates));
}

function noteProblem(fields: RecordFields, problem: Problem | null): void {
  if (problem !== null) note(fields, problem.field, problem);
}
