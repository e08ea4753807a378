import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import {
  afterLast,
  keyIn,
  navId,
  navInstant,
  navOffice,
  navPerson,
  OTHER_ID,
  optionalNavInstant,
  registerEvent,
} from '../reading/navRecord.ts';
import * as read from '../reading/recordFields.ts';
import { notAnObject } from '../reading/recordProblems.ts';

// NAV's topic poao.siste-oppfolgingsperiode-v3: the newest follow-up period. Why it began is not read: two of the reasons are
// about health.

export const navOppfolging: FeedAdapter = {
  feed: 'nav-oppfolging',
  title: 'NAV: oppfølgingsperiode med kontor, slik NAV publiserer den (siste-oppfolgingsperiode-v3)',
  read: readPeriod,
  register: { keyOf: (value) => keyIn(value, 'oppfolgingsperiodeUuid', 'oppfolging') },
};

function readPeriod(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  const id = `oppfolging:${navId(fields, 'oppfolgingsperiodeUuid')}`;
  const person = navPerson(fields, 'ident', context);
  if (person === 'other') return OTHER_ID;
  const began = navInstant(fields, 'startTidspunkt');
  const ended = optionalNavInstant(fields, 'sluttTidspunkt');
  const changed = navInstant(fields, 'producerTimestamp');
  if (fields.problems.length > 0 || person === 'broken')
    return { kind: 'malformed', problems: fields.problems };
  const said = {
    effective: osloDate(began),
    state: 'AKTIV',
    measure: null,
    to: ended === null ? null : afterLast(osloDate(ended)),
    office: officeIn(fields.value.kontor),
  };
  const about = { feed: 'nav-oppfolging', about: 'OPPFOLGING', id, changed } as const;
  return { kind: 'event', person, event: registerEvent(about, said, context) };
}

function officeIn(office: unknown): string | null {
  return read.isRecord(office) ? navOffice(office.kontorId) : null;
}
