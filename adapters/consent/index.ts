import { osloDate } from '../../src/core/date.ts';
import { DATE_KINDS } from '../../src/core/recordDates.ts';
import * as read from '../../src/core/recordFields.ts';
import { notAnObject, noteMissing, sweep } from '../../src/core/recordProblems.ts';
import { CONSENT_STATES } from '../../src/core/statusEvent.ts';
import type { AdapterContext, FeedAdapter, SourceRecord, Verdict } from '../../src/intake/adapter.ts';
import { eventDigest } from '../eventDigest.ts';
import { noteOddDate, noteOddSender } from '../recordDating.ts';
import { eventId, eventOf, identityNumber } from '../recordHead.ts';

const KNOWN: ReadonlySet<string> = new Set([
  'id',
  'version',
  'type',
  'fodselsnummer',
  'fodselsdato',
  'meldt',
  'side',
  'part',
  'tilstand',
  'tidspunkt',
  'gyldigTil',
  'rettsgrunnlag',
  'kilde',
]);

const SOURCE: read.TextForm = {
  accepts: (text) => /^[a-z][a-z-]{1,29}(:[a-z0-9-]{1,20})?$/.test(text) && !/\d{10}/.test(text),
  must: 'er ikke en gyldig kilde.',
  cure: 'Skriv systemet med små bokstaver, eventuelt kolon og enhet: nav-kommune:4001, fiks-samtykke.',
};

export const consent: FeedAdapter = {
  feed: 'consent',
  title: 'Samtykke: gitt, trukket og utløpt, per side (A: OT spør NAV, B: NAV svarer OT) og per part',
  read: readConsent,
};

function readConsent(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { verdict: 'malformed', problems: [notAnObject()] };
  sweep(fields, KNOWN);
  // One kind of record, so the type may be left out.
  read.optionalChoice(fields, 'type', ['samtykke']);
  const number = identityNumber(fields, 'fodselsnummer', context);
  const body = {
    kind: 'Consent' as const,
    side: read.choice(fields, 'side', ['A', 'B']),
    party: read.choice(fields, 'part', ['UNGDOM', 'FORESATT', 'FORESATT2']),
    state: read.choice(fields, 'tilstand', CONSENT_STATES),
    at: read.instant(fields, 'tidspunkt'),
    validTo: read.optionalInstant(fields, 'gyldigTil'),
    legalBasis: read.choice(fields, 'rettsgrunnlag', ['SAMTYKKE', 'LOV']),
  };
  const born = read.optionalDate(fields, 'fodselsdato');
  const reported = read.optionalInstant(fields, 'meldt');
  // A «no» and a withdrawal take effect whatever is wrong with their dates.
  if (body.state === 'SAMTYKKET') {
    const dates = noteOddSender(fields, { received: record.received, born, reported });
    noteOddDate(fields, 'tidspunkt', body.at.slice(0, 10), DATE_KINDS.moment, dates);
  }
  const source = read.text(fields, 'kilde', SOURCE);
  const version = read.optionalWholeNumber(fields, 'version', 1, 1_000_000) ?? 1;
  const named = read.isAbsent(fields, 'id') ? null : eventId(fields, 'id');
  if (named === null && version > 1)
    noteMissing(fields, 'id', 'En rettelse må ha samme id som svaret den retter.');
  if (fields.problems.length > 0) return { verdict: 'malformed', problems: fields.problems };
  const head = {
    feed: 'consent' as const,
    source,
    id: named ?? derivedId(context.pseudonym(number), body),
    version,
    reported,
    county: context.county,
  };
  return {
    verdict: 'event',
    person: { number },
    event: eventOf(head, { effective: osloDate(body.at), body }, born),
  };
}

/**
 * The same answer sent twice is one event. The state is part of the name: a yes and a no of the same moment are two
 * events, and the core must see both to refuse (a tie is no consent).
 */
function derivedId(
  pseudonym: string,
  body: { side: string; party: string; state: string; at: string; validTo: string | null },
): string {
  const { side, party, state, at, validTo } = body;
  return `samtykke:${side}:${party}:${at}:${eventDigest(pseudonym, { state, validTo })}`;
}
