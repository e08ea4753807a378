import type { Unpacked } from '../../src/core/feedAdapter.ts';
import type { Problem } from '../../src/core/problem.ts';
import { schoolListOf } from '../../src/core/schoolList.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { ROW } from '../../src/core/sentences/rows.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { note, noteMissing, sweep } from '../reading/recordProblems.ts';
import { SCHOOL_NUMBER } from '../reading/vigoNumber.ts';

const DOCUMENT: ReadonlySet<string> = new Set(['skole', 'dato', 'antall', 'bekreftetKortere', 'elever']);

/**
 * The list as one document, `{skole, dato, antall, elever: […]}`, taken apart into rows that each say their school
 * and date. A document that does not add up is refused whole: nothing is concluded from half a list.
 * `undefined` when the value is not such a document.
 */
export function unpackPupils(value: unknown, runId: string): Unpacked | undefined {
  if (!read.isRecord(value) || !('elever' in value || 'antall' in value) || 'type' in value) return undefined;
  const fields: RecordFields = { value, path: '', problems: [] };
  sweep(fields, DOCUMENT);
  const institution = read.text(fields, 'skole', SCHOOL_NUMBER);
  const dato = read.date(fields, 'dato');
  const confirmed = read.optionalFlag(fields, 'bekreftetKortere') === true;
  const { antall: total, elever: pupils } = value;
  if (!Array.isArray(pupils)) {
    if (pupils === undefined) noteMissing(fields, 'elever');
    else note(fields, 'elever', incomplete(FIELD.nb.notList('elever')));
  } else if (total !== pupils.length) {
    note(fields, 'antall', incomplete(FIELD.nb.wrongPupils('antall')));
  }
  if (fields.problems.length > 0 || !Array.isArray(pupils))
    return { kind: 'malformed', problems: fields.problems };
  // What is no object is kept, for the reader of rows to refuse under its own row number.
  const rows = pupils.map((pupil: unknown) =>
    read.isRecord(pupil) ? { type: 'elev', skolenummer: institution, dato, ...pupil } : pupil,
  );
  const run = `skoleliste-${institution}-${runId}${confirmed ? '-bekreftet' : ''}`;
  return {
    kind: 'rows',
    rows,
    envelope: { list: schoolListOf(institution), run, type: 'FULL', total: pupils.length },
  };
}

/** The document of pupils who each say their school and the list's date, all the same ones. */
export function pupilDocument(pupils: readonly unknown[], shorter: boolean): unknown {
  const said = (name: string) =>
    new Set(pupils.flatMap((pupil) => (read.isRecord(pupil) ? (pupil[name] ?? []) : [])));
  const [schools, dates] = [said('skolenummer'), said('dato')];
  if (schools.size > 1 || dates.size > 1) return undefined;
  const [skole] = schools;
  const [dato] = dates;
  return {
    skole,
    dato,
    antall: pupils.length,
    ...(shorter ? { bekreftetKortere: true } : {}),
    elever: pupils,
  };
}

function incomplete(text: string): Omit<Problem, 'field'> {
  return {
    code: 'INCOMPLETE_LIST',
    text,
    cure: ROW.nb.brokenListCure,
  };
}
