// Names of the Kafka headers on feed topics. None of them ever carries personal data.

/** Receipt of the submission the record came with. */
export const RECEIPT = 'ot-receipt';
/** Row in that submission, counted from 1. */
export const ROW = 'ot-row';
/** Code of a problem that the API found before it passed the record on: it is refused. */
export const REFUSED = 'ot-refused';
/** Quarantine item that this record replays. */
export const REPLAY_OF = 'ot-replay-of';

// FINT's sync envelope: which list a row belongs to.
/** `FULL` or `DELTA`. */
export const SYNC_TYPE = 'sync-type';
/** The same for all rows of one list. */
export const SYNC_CORRELATION = 'sync-correlation-id';
/** Rows in the whole list: a big-endian 64-bit number as FINT writes it, or decimal text. */
export const SYNC_TOTAL = 'sync-total-size';
/** `laktiv`, `ot`, `nav` or `private-school:<skolenummer>`: our own header; a FINT topic carries one kind of
 *  resource. */
export const SYNC_LIST = 'sync-list';

/** Program that sent it. */
export const ORIGIN = 'origin.application.id';
/** W3C trace context. */
export const TRACEPARENT = 'traceparent';

/** Schema id as newer Confluent serializers send it. */
export const SCHEMA_ID = '__value_schema_id';

const OURS: ReadonlySet<string> = new Set([
  RECEIPT,
  ROW,
  REFUSED,
  REPLAY_OF,
  SYNC_TYPE,
  SYNC_CORRELATION,
  SYNC_TOTAL,
  SYNC_LIST,
  ORIGIN,
  TRACEPARENT,
  SCHEMA_ID,
]);
/** Our own headers are far shorter. */
const LONGEST = 1_024;

/** Whether a header is read at all: foreign headers are neither forwarded nor stored. */
export function isOurs(name: string, { length }: { length: number }): boolean {
  return OURS.has(name) && length <= LONGEST;
}

/** Headers as a Kafka client returns them. */
export type RecordHeaders = Readonly<
  Record<string, Buffer | string | readonly (Buffer | string)[] | undefined>
>;

/** A header's bytes; of several with one name the last. */
export function headerBytes(headers: RecordHeaders, name: string): Buffer | null {
  const value = headers[name];
  if (value === undefined) return null;
  const single = typeof value === 'string' || Buffer.isBuffer(value) ? value : value.at(-1);
  if (single === undefined) return null;
  return typeof single === 'string' ? Buffer.from(single) : single;
}

/** A header as text; null when absent. */
export function headerText(headers: RecordHeaders, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : (headerBytes(headers, name)?.toString('utf8') ?? null);
}
