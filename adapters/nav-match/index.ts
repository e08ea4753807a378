import type {
  AdapterContext,
  FeedAdapter,
  ListEnvelope,
  PersonClaim,
  SourceRecord,
  Verdict,
} from '../../src/core/feedAdapter.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { NAV_ANSWERS, OFFICE, readBatch } from '../reading/navBatch.ts';
import * as read from '../reading/recordFields.ts';
import { brokenRow, eventId, eventOf, identityNumber, noteType } from '../reading/recordHead.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { notAnObject, noteInvalid, sweep } from '../reading/recordProblems.ts';

// NAV's monthly answers. The list of fields is closed on purpose: benefit, diagnosis and measure have no legal basis
// here, and a record that carries them is refused whole.

const MANIFEST: ReadonlySet<string> = new Set(['type', 'batchId', 'maaned', 'antall', 'sha256', 'meldt']);
const ANSWER: ReadonlySet<string> = new Set([
  'type',
  'batchId',
  'maaned',
  'id',
  'fodselsnummer',
  'registrert',
  'kontor',
  'meldt',
]);

export const navMatch: FeedAdapter = {
  feed: 'nav-match',
  title: 'NAV: månedlige svar på hvem i målgruppen som er registrert, med følgebrev (manifest)',
  read: readNav,
};

function readNav(record: SourceRecord, context: AdapterContext): Verdict {
  const fields = read.openRecord(record.value);
  if (fields === undefined) return { kind: 'malformed', problems: [notAnObject()] };
  switch (fields.value.type) {
    case 'manifest':
      return readManifest(fields);
    case 'svar':
      return readAnswer(fields, context);
    default:
      return unknownType(fields);
  }
}

function unknownType(fields: RecordFields): Verdict {
  sweep(fields, null);
  noteType(fields, ['manifest', 'svar']);
  return { kind: 'malformed', problems: fields.problems };
}

function readManifest(fields: RecordFields): Verdict {
  sweep(fields, MANIFEST);
  const { batch } = readBatch(fields, 'batchId');
  const total = read.wholeNumber(fields, 'antall', 0, 1_000_000);
  read.optionalText(fields, 'sha256', SHA256);
  read.optionalInstant(fields, 'meldt');
  if (fields.problems.length > 0) return { kind: 'malformed', problems: fields.problems };
  return { kind: 'manifest', envelope: envelopeOf(batch, total) };
}

function readAnswer(fields: RecordFields, context: AdapterContext): Verdict {
  sweep(fields, ANSWER);
  const { batch, month, version } = readBatch(fields, 'batchId');
  const rowKey = eventId(fields, 'id');
  const about = answeredPerson(fields, batch, context);
  const answer = read.choice(fields, 'registrert', NAV_ANSWERS);
  const office = read.optionalText(fields, 'kontor', OFFICE);
  const reported = read.optionalInstant(fields, 'meldt');
  if (fields.problems.length > 0 || about === null) {
    const envelope = batch === '' ? null : envelopeOf(batch, null);
    const number = about !== null && 'fodselsnummer' in about.person ? about.person.fodselsnummer : null;
    return {
      kind: 'malformed',
      problems: fields.problems,
      row: brokenRow(fields, 'fodselsnummer', number, envelope),
    };
  }
  // One fact per person and month, whichever delivery: the same answer again changes nothing, a changed one in a
  // later delivery replaces it (N03), and the order of arrival does not matter.
  const head = {
    feed: 'nav-match' as const,
    source: 'nav',
    id: `${month}:${about.name}`,
    version,
    reported,
    county: context.county,
  };
  const body = { kind: 'NavMatch' as const, batch, month, answer, office };
  const event = eventOf(head, { effective: `${month}-01`, body }, null);
  return {
    kind: 'listed',
    person: about.person,
    event,
    envelope: envelopeOf(batch, null),
    rowKey,
    hold: true,
  };
}

/** By the match id of the extract, or by a number: that NAV was asked about the person is asked for when the delivery is
 *  whole. */
function answeredPerson(
  fields: RecordFields,
  batch: string,
  context: AdapterContext,
): { person: PersonClaim; name: string } | null {
  if (fields.value.fodselsnummer != null) {
    const fodselsnummer = identityNumber(fields, 'fodselsnummer', context);
    return fodselsnummer && { person: { fodselsnummer }, name: context.pseudonym(fodselsnummer) };
  }
  const { id } = fields.value;
  const ref = typeof id === 'string' ? context.askedRef(batch.slice(0, MONTH_BATCH), id) : undefined;
  if (ref !== undefined) return { person: { ref }, name: String(id) };
  noteInvalid(fields, 'id', FIELD.nb.noMatch, CURE.nb.matchId);
  return null;
}

const MONTH_BATCH = 'B-2026-11'.length;

function envelopeOf(run: string, total: number | null): ListEnvelope {
  return { list: 'nav', run, type: 'FULL', total };
}

const SHA256: read.TextForm = {
  accepts: (text) => /^[0-9a-f]{64}$/i.test(text),
  must: FIELD.nb.noSum,
  cure: CURE.nb.sum,
};
