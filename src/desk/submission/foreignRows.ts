import type { Reach } from '../../core/access/permission.ts';
import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import { FOREIGN_INSTITUTION } from '../../core/foreignInstitution.ts';
import { schoolListOf } from '../../core/schoolList.ts';
import { REFUSED } from '../../kafka/headers.ts';
import type { Decode } from '../../wire/decode.ts';
import { envelopeHeaders } from './envelopeHeaders.ts';

/** Headers of a row as it goes to Kafka. */
export type HeadersOf = (value: Buffer) => Record<string, string>;

interface Judging {
  adapter: Pick<FeedAdapter, 'institutionOf'>;
  envelope: ListEnvelope | null;
  /** Of the sender's permission to send. */
  reach: Reach;
}

/**
 * The list a row belongs to, and whether it is refused: a sender bound to institutions sends rows about those alone. The
 * others of the submission go through. A refused row counts only in a list of the sender's own: in another's it would be taken
 * for a pupil there.
 */
export function rowHeaders(decode: Decode, { adapter, envelope, reach }: Judging): HeadersOf {
  const listed = envelopeHeaders(envelope);
  if (reach.kind !== 'institutions') return () => listed;
  const { institutions } = reach;
  const ownList = envelope === null || institutions.some((each) => envelope.list === schoolListOf(each));
  const refused = { ...(ownList ? listed : {}), [REFUSED]: FOREIGN_INSTITUTION };
  return (value) => {
    if (!ownList) return refused;
    const decoded = decode(value, listed);
    // What cannot be read is refused for that, and names no one.
    if (!decoded.ok) return listed;
    const institution = adapter.institutionOf?.(decoded.value) ?? null;
    return institution !== null && institutions.includes(institution) ? listed : refused;
  };
}
