import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import type { IsoInstant } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import {
  afterLast,
  inner,
  keyIn,
  type NavBody,
  navId,
  navInstant,
  navPerson,
  OTHER_ID,
  registerEvent,
  takenBack,
} from '../reading/navRecord.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { notAnObject } from '../reading/recordProblems.ts';

// NAV's topic paw.arbeidssokerperioder-v1: registered as a job seeker. Who registered it, in which program and why are not
// read: the one who did may be an adviser at NAV, and the reason is free text.

export const navArbeidssoker: FeedAdapter = {
  feed: 'nav-arbeidssoker',
  title: 'NAV: arbeidssøkerperiode, slik NAV publiserer den (paw)',
  read: readPeriod,
  register: { keyOf: (value) => keyIn(value, 'id', 'arbeidssoker') },
};

function readPeriod(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  const id = `arbeidssoker:${navId(fields, 'id')}`;
  const person = navPerson(fields, 'identitetsnummer', context);
  if (person === 'other') return OTHER_ID;
  const started = momentOf(fields, 'startet');
  const ended = read.isAbsent(fields, 'avsluttet') ? null : momentOf(fields, 'avsluttet');
  if (fields.problems.length > 0 || person === 'broken' || started === null)
    return { kind: 'malformed', problems: fields.problems };
  // A correction is a record of its own: the newest act of NAV's says which of two versions is the later.
  const changed = ended !== null && ended.acted > started.acted ? ended.acted : started.acted;
  const about = { feed: 'nav-arbeidssoker', about: 'ARBEIDSSOKER', id, changed } as const;
  return { kind: 'event', person, event: registerEvent(about, period(started, ended, changed), context) };
}

function period(started: Moment, ended: Moment | null, changed: IsoInstant): NavBody {
  if (ended?.mistake) return takenBack('SLETTET', changed);
  return {
    effective: osloDate(started.at),
    state: 'AKTIV',
    measure: null,
    to: ended === null ? null : afterLast(osloDate(ended.at)),
    office: null,
  };
}

interface Moment {
  /** When NAV acted. */
  acted: IsoInstant;
  /** When it holds from, or until. */
  at: IsoInstant;
  /** Registered by mistake, and marked as deleted. */
  mistake: boolean;
}

function momentOf(fields: RecordFields, name: 'startet' | 'avsluttet'): Moment | null {
  const metadata = inner(fields, name);
  if (metadata === undefined) return null;
  const acted = navInstant(metadata, 'tidspunkt');
  if (read.isAbsent(metadata, 'tidspunktFraKilde')) return { acted, at: acted, mistake: false };
  const source = inner(metadata, 'tidspunktFraKilde');
  if (source === undefined) return null;
  const told = navInstant(source, 'tidspunkt');
  const deviation = source.value.avviksType;
  return {
    acted,
    at: deviation === 'FORSINKELSE' || deviation === 'TIDSPUNKT_KORRIGERT' ? told : acted,
    // RETTING is what NAV wrote before.
    mistake: deviation === 'SLETTET' || deviation === 'RETTING',
  };
}
