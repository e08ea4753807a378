import type { AdapterContext, FeedAdapter, Verdict } from '../core/feedAdapter.ts';
import { FOREIGN_INSTITUTION, foreignInstitution } from '../core/foreignInstitution.ts';
import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
import { readTraceparent, traceparentText } from '../core/traceparent.ts';
import { UUID } from '../core/uuid.ts';
import type { FeedRecord } from '../kafka/feedSource.ts';
import { RECEIPT, REFUSED, ROW, TRACEPARENT } from '../kafka/headers.ts';
import type { Decode } from '../wire/decode.ts';
import { decodeEnvelope } from '../wire/decodeEnvelope.ts';
import { notKept } from '../wire/notKept.ts';

/** A record after decoding and its adapter: what it says, and where it came from. */
export interface Reading {
  record: FeedRecord;
  /** The moment it entered Kafka: `now` of its decision. */
  received: IsoInstant;
  receipt: string | null;
  row: number | null;
  traceparent: string | null;
  verdict: Verdict;
  /** It comes from one of NAV's registers: it is kept only where that is permitted. */
  asked: boolean;
}

export interface ReaderParts {
  org: OrgId;
  adapter: FeedAdapter;
  decode: Decode;
  context: AdapterContext;
}

/** Reads the records of a batch, one by one. */
export function createReader(parts: ReaderParts): (record: FeedRecord) => Reading {
  const instantOf = createInstantOf();
  const asked = parts.adapter.register !== undefined;
  return (given) => {
    const record = withDeletion(parts.adapter, given);
    const received = instantOf(record.timestamp);
    const verdict = verdictOf(parts, record, received);
    const row = headerText(record.headers, ROW);
    return {
      record,
      received,
      receipt: uuidOrNull(headerText(record.headers, RECEIPT)),
      row: row !== null && /^\d{1,9}$/.test(row) ? Number(row) : null,
      traceparent: traceparentOf(record.headers),
      verdict,
      asked,
    };
  };
}

/** A record without a value says that the source has deleted what has its key: as a record, it can be parked and sent again. */
function withDeletion({ register }: Pick<FeedAdapter, 'register'>, record: FeedRecord): FeedRecord {
  if (record.key === undefined || record.shed || register?.deleted === undefined) return record;
  const { key, ...rest } = record;
  return { ...rest, value: Buffer.from(JSON.stringify(register.deleted(key.toString()))) };
}

function verdictOf(parts: ReaderParts, record: FeedRecord, received: IsoInstant): Verdict {
  if (record.shed) return { kind: 'malformed', problems: [notKept(record.shed)] };
  if (headerText(record.headers, REFUSED) === FOREIGN_INSTITUTION)
    return inItsList({ kind: 'malformed', problems: [foreignInstitution()] }, record.headers);
  const decoded = parts.decode(record.value, record.headers);
  const verdict: Verdict = decoded.ok
    ? parts.adapter.read({ value: decoded.value, received, envelope: decoded.envelope }, parts.context)
    : { kind: 'malformed', problems: decoded.problems };
  return verdict.kind === 'malformed' ? inItsList(verdict, record.headers) : verdict;
}

/** The headers of an unreadable row name its list. */
function inItsList(
  { problems, row }: Extract<Verdict, { kind: 'malformed' }>,
  headers: FeedRecord['headers'],
): Verdict {
  const envelope = row?.envelope ?? decodeEnvelope(headers, []);
  if (envelope === null) return { kind: 'malformed', problems };
  return { kind: 'malformed', problems, row: { person: null, written: null, ...row, envelope } };
}

/** Kafka's epoch milliseconds as an instant. Date, not Temporal: cheaper, and the text is the same. Records come many to
 *  the millisecond, so the text is made once for all of them. */
function createInstantOf(): (epochMilliseconds: number) => IsoInstant {
  let millisecond = Number.NaN;
  let instant: IsoInstant = '';
  return (epochMilliseconds) => {
    if (epochMilliseconds !== millisecond) {
      instant = new Date(epochMilliseconds).toISOString();
      millisecond = epochMilliseconds;
    }
    return instant;
  };
}

/** Anything else in the header would be copied to every message that follows. */
function traceparentOf(headers: FeedRecord['headers']): string | null {
  const text = headerText(headers, TRACEPARENT);
  const read = text === null ? undefined : readTraceparent(text);
  return read === undefined ? null : traceparentText(read);
}

function uuidOrNull(text: string | null): string | null {
  return text !== null && UUID.test(text) ? text : null;
}

function headerText(headers: FeedRecord['headers'], name: string): string | null {
  const value = headers[name];
  const single = Array.isArray(value) ? value.at(-1) : value;
  return single === undefined ? null : single.toString();
}
