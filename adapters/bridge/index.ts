import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { isSchoolList } from '../../src/core/schoolList.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { UUID } from '../../src/core/uuid.ts';
import type { AbsenceList, FactBody } from '../../src/core/youth/statusEvent.ts';
import { NAV_ANSWERS, OFFICE, readBatch } from '../reading/navBatch.ts';
import * as read from '../reading/recordFields.ts';
import { eventId, eventOf, noteType } from '../reading/recordHead.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { notAnObject, sweep } from '../reading/recordProblems.ts';

// What the bridge itself concludes goes through a feed topic like all other input.
// These records name a youth by reference, never by number.

interface Conclusion {
  effective: string;
  version: number;
  body: FactBody;
}

type Conclude = (fields: RecordFields) => Conclusion;

const COMMON = ['type', 'id', 'ref'];
const LISTED = new Set([...COMMON, 'list', 'run', 'dato']);

const TYPES: ReadonlyMap<string, { known: ReadonlySet<string>; read: Conclude }> = new Map([
  ['forfall', { known: new Set([...COMMON, 'at']), read: readDue }],
  ['fravaer', { known: LISTED, read: (fields) => readListed(fields, 'Absent') }],
  ['tilstede', { known: LISTED, read: (fields) => readListed(fields, 'Present') }],
  ['nav-spurt', { known: new Set([...COMMON, 'batch', 'maaned']), read: readNavAsked }],
  [
    'nav-svar',
    { known: new Set([...COMMON, 'batch', 'maaned', 'registrert', 'kontor']), read: readNavAnswer },
  ],
]);

export const bridge: FeedAdapter = {
  feed: 'bridge',
  title:
    'Broen selv: frister som forfaller, hvem som er borte fra og kommet i komplette lister, hvem NAV er spurt om, og NAV-svar fra komplette leveranser',
  read: readBridge,
};

function readBridge(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  const name = fields.value.type;
  const type = typeof name === 'string' ? TYPES.get(name) : undefined;
  sweep(fields, type?.known ?? null);
  if (type === undefined) noteType(fields, [...TYPES.keys()]);
  const id = eventId(fields, 'id');
  const ref = personRef(read.text(fields, 'ref', REFERENCE));
  const concluded = type?.read(fields);
  if (concluded === undefined || fields.problems.length > 0)
    return { kind: 'malformed', problems: fields.problems };
  const { version, effective, body } = concluded;
  const head = {
    feed: 'bridge' as const,
    source: 'bridge',
    id,
    version,
    reported: null,
    county: context.county,
  };
  return { kind: 'event', person: { ref }, event: eventOf(head, { effective, body }, null) };
}

function readDue(fields: RecordFields): Conclusion {
  const at = read.instant(fields, 'at');
  return { version: 1, effective: at === '' ? '' : osloDate(at), body: { kind: 'Due', at } };
}

function readListed(fields: RecordFields, kind: 'Absent' | 'Present'): Conclusion {
  const name = read.text(fields, 'list', ABSENCE_LIST);
  return {
    version: 1,
    effective: read.date(fields, 'dato'),
    body: {
      kind,
      // A name that is none of them is a problem by now, and nothing of the record is used.
      list: isAbsenceList(name) ? name : 'ot',
      run: read.text(fields, 'run', RUN),
    },
  };
}

function isAbsenceList(name: string): name is AbsenceList {
  return name === 'laktiv' || name === 'ot' || isSchoolList(name);
}

function readNavAsked(fields: RecordFields): Conclusion {
  const { batch, month } = readBatch(fields, 'batch');
  return { version: 1, effective: `${month}-01`, body: { kind: 'NavAsked', batch, month } };
}

function readNavAnswer(fields: RecordFields): Conclusion {
  const { batch, month, version } = readBatch(fields, 'batch');
  const answer = read.choice(fields, 'registrert', NAV_ANSWERS);
  const office = read.optionalText(fields, 'kontor', OFFICE);
  return { version, effective: `${month}-01`, body: { kind: 'NavMatch', batch, month, answer, office } };
}

const ABSENCE_LIST: read.TextForm = {
  accepts: isAbsenceList,
  must: FIELD.nb.noList,
  cure: CURE.nb.absenceList,
};

const REFERENCE: read.TextForm = {
  accepts: (text) => UUID.test(text),
  must: FIELD.nb.noPersonRef,
  cure: CURE.nb.vaultRef,
};

/** The store's form: an id that has been used for several lists gets `~2`, `~3` … at the end. */
const RUN: read.TextForm = {
  accepts: (text) => /^[\p{L}\p{N}:._+-]{1,80}(~\d{1,6})?$/u.test(text),
  must: FIELD.nb.noListId,
  cure: CURE.nb.listIdFetched,
};
