import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import {
  afterLast,
  keyIn,
  navId,
  navInstant,
  navPerson,
  OTHER_ID,
  registerEvent,
  takenBack,
} from '../reading/navRecord.ts';
import * as read from '../reading/recordFields.ts';
import { notAnObject } from '../reading/recordProblems.ts';

// NAV's youth programme: from the 18th birthday to the day before the 29th. It is no measure and has no tiltakskode. What is
// paid in it is not read.

export const navUngdomsprogram: FeedAdapter = {
  feed: 'nav-ungdomsprogram',
  title: 'NAV: deltakelse i ungdomsprogrammet, fra og til dato',
  read: readProgramme,
  register: { keyOf: (value) => keyIn(value, 'id', 'ungdomsprogram') },
};

function readProgramme(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  const id = `ungdomsprogram:${navId(fields, 'id')}`;
  const person = navPerson(fields, 'deltakerIdent', context);
  if (person === 'other') return OTHER_ID;
  const from = read.date(fields, 'fraOgMed');
  const last = read.optionalDate(fields, 'tilOgMed');
  const deleted = read.optionalFlag(fields, 'slettet') ?? false;
  const changed = navInstant(fields, 'endretTidspunkt');
  if (fields.problems.length > 0 || person === 'broken')
    return { kind: 'malformed', problems: fields.problems };
  const said = deleted
    ? takenBack('SLETTET', changed)
    : { effective: from, state: 'AKTIV', measure: null, to: afterLast(last), office: null };
  const about = { feed: 'nav-ungdomsprogram', about: 'UNGDOMSPROGRAM', id, changed } as const;
  return { kind: 'event', person, event: registerEvent(about, said, context) };
}
