import { navMeasureCode } from '../../src/core/codelists/navMeasure.ts';
import { participationOf } from '../../src/core/codelists/navParticipation.ts';
import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { epochOf, type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import {
  afterLast,
  inner,
  keyIn,
  type NavBody,
  navId,
  navInstant,
  navOffice,
  navPerson,
  OTHER_ID,
  registerEvent,
  takenBack,
} from '../reading/navRecord.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { notAnObject } from '../reading/recordProblems.ts';

// NAV's topic amt.deltaker-ekstern-v1: each participation as it is now, also of people at a graded address. A reason (it may
// be an illness), the content and extent of the measure, and who follows it up at NAV are not read.

export const navDeltaker: FeedAdapter = {
  feed: 'nav-deltaker',
  title: 'NAV: deltakelse i arbeidsmarkedstiltak, slik NAV publiserer den (deltaker-ekstern)',
  read: readParticipation,
  register: {
    keyOf: (value) => keyIn(value, 'id', 'deltaker'),
    deleted: (key) => ({ id: key, slettet: true }),
  },
};

function readParticipation(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  const id = `deltaker:${navId(fields, 'id')}`;
  if (read.optionalFlag(fields, 'slettet') === true) return deletion(fields, id, record, context);
  const person = navPerson(fields, 'personIdent', context);
  if (person === 'other') return OTHER_ID;
  const changed = navInstant(fields, 'endretTidspunkt');
  const said = participation(fields, changed);
  if (fields.problems.length > 0 || person === 'broken')
    return { kind: 'malformed', problems: fields.problems };
  const event = registerEvent({ ...ABOUT, id, changed }, said, context);
  return { kind: 'event', person, event, sourceKey: id };
}

const ABOUT = { feed: 'nav-deltaker', about: 'TILTAK' } as const;

/** NAV has deleted it, and says only which. The moment is Kafka's: a version from before does not bring it back. */
function deletion(
  fields: RecordFields,
  id: string,
  { received }: SourceRecord,
  context: AdapterContext,
): Verdict {
  if (fields.problems.length > 0) return { kind: 'malformed', problems: fields.problems };
  const changed = instantOf(epochOf(received));
  const event = registerEvent({ ...ABOUT, id, changed }, takenBack('SLETTET', changed), context);
  return { kind: 'event', person: { sourceKey: id }, event };
}

function participation(fields: RecordFields, changed: IsoInstant): NavBody {
  const status = inner(fields, 'status');
  const state = status === undefined ? '' : read.text(status, 'type', STATUS);
  const registered = read.isAbsent(fields, 'registrertTidspunkt')
    ? changed
    : navInstant(fields, 'registrertTidspunkt');
  const from = read.optionalDate(fields, 'startDato');
  const last = read.optionalDate(fields, 'sluttDato');
  const measure = read.optionalText(fields, 'tiltakskode', CODE);
  const phase = participationOf(state);
  if (phase === 'GONE' || phase === 'DRAFT') return takenBack(state, changed || EPOCH);
  return {
    // Without a first day it began no earlier than it was registered.
    effective: from ?? osloDate(registered || EPOCH),
    state,
    measure: measure === null ? null : navMeasureCode(measure),
    to: afterLast(last),
    office: officeIn(fields.value.navVeileder),
  };
}

/** Of a broken record nothing is used. */
const EPOCH = '1970-01-01T00:00:00.000Z';

/** The unit alone: the adviser at NAV is no business of the county's. */
function officeIn(adviser: unknown): string | null {
  return read.isRecord(adviser) ? navOffice(adviser.enhetsnummer) : null;
}

const STATUS: read.TextForm = {
  accepts: (text) => /^[A-Z][A-Z0-9_]{1,59}$/.test(text),
  must: FIELD.nb.noNavStatus,
  cure: CURE.nb.navStatus,
};

/** Known or not: the list grows without notice. */
const CODE: read.TextForm = {
  accepts: (text) => /^[A-Z][A-Z0-9_]{1,79}$/.test(text),
  must: FIELD.nb.noNavMeasure,
  cure: CURE.nb.navCode,
};
