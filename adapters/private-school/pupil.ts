import type { AdapterContext, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { schoolListOf } from '../../src/core/schoolList.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { ROW } from '../../src/core/sentences/rows.ts';
import { daysAfter } from '../../src/core/time/calendar.ts';
import type { IsoDate } from '../../src/core/time/date.ts';
import { firstDayOf, schoolYearOf } from '../../src/core/time/schoolYear.ts';
import { DATE_KINDS } from '../reading/recordDates.ts';
import { noteOddDate, noteOddSender } from '../reading/recordDating.ts';
import * as read from '../reading/recordFields.ts';
import { brokenRow, eventOf, identityNumber, NAME_FIELDS, nameTag, personOf } from '../reading/recordHead.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { note, noteInvalid, sweep } from '../reading/recordProblems.ts';
import { rowVersion } from '../reading/rowId.ts';
import { SCHOOL_NUMBER } from '../reading/vigoNumber.ts';

const PUPIL: ReadonlySet<string> = new Set([
  'type',
  'skolenummer',
  'dato',
  'fodselsnummer',
  'fodselsdato',
  'startdato',
  'sluttdato',
  ...NAME_FIELDS,
]);

/**
 * One pupil of the school, in its list or reported alone (then nothing is said about the others). What is known is one
 * fact for each school year: a pupil that stays for three years is seen again each year, and last year's case keeps
 * its evidence.
 */
export function readPupil(fields: RecordFields, record: SourceRecord, context: AdapterContext): Verdict {
  sweep(fields, PUPIL);
  const institution = read.text(fields, 'skolenummer', SCHOOL_NUMBER);
  const dato = read.date(fields, 'dato');
  const fodselsnummer = identityNumber(fields, 'fodselsnummer', context);
  const born = read.optionalDate(fields, 'fodselsdato');
  const from = read.date(fields, 'startdato');
  const last = read.optionalDate(fields, 'sluttdato');
  if (last !== null && from !== '' && last < from)
    noteInvalid(fields, 'sluttdato', FIELD.nb.beforeStart, CURE.nb.fixOneDate);
  const dates = noteOddSender(fields, { received: record.received, born, reported: null });
  noteOddDate(fields, 'dato', dato, DATE_KINDS.announced, dates);
  noteOddDate(fields, 'startdato', from, DATE_KINDS.starting, dates);
  noteOddDate(fields, 'sluttdato', last, DATE_KINDS.ending, dates);
  const tag = nameTag(fields, context);
  const { envelope } = record;
  if (envelope !== null && institution !== '' && envelope.list !== schoolListOf(institution))
    noteList(fields);
  if (fields.problems.length > 0 || fodselsnummer === null)
    return {
      kind: 'malformed',
      problems: fields.problems,
      row: brokenRow(fields, 'fodselsnummer', fodselsnummer),
    };

  const schoolYear = schoolYearOf(from > dato ? from : dato);
  const opening = firstDayOf(schoolYear);
  const pupil = context.pseudonym(fodselsnummer);
  const id = `elev:${institution}:${schoolYear}:${pupil}`;
  const head = {
    feed: 'private-school' as const,
    source: `privatskole:${institution}`,
    id,
    version: rowVersion(record.received),
    reported: null,
    county: context.county,
  };
  const to: IsoDate | null = last === null ? null : daysAfter(last, 1);
  const body = { kind: 'PupilSeen' as const, institution, from, to };
  const event = eventOf(head, { effective: from > opening ? from : opening, body }, born, tag);
  const person = personOf(fodselsnummer, tag, fields);
  return envelope === null
    ? { kind: 'event', person, event }
    : { kind: 'listed', person, event, envelope, rowKey: `elev:${pupil}`, hold: false };
}

function noteList(fields: RecordFields): void {
  note(fields, 'skolenummer', {
    code: 'INCOMPLETE_LIST',
    text: ROW.nb.otherSchool,
    cure: ROW.nb.otherSchoolCure,
  });
}
