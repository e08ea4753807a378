import { createHash } from 'node:crypto';
import type { AdapterContext, FeedAdapter, PersonClaim } from '../../core/feedAdapter.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { DeskParts } from '../parts.ts';

export interface Keying {
  adapter: FeedAdapter;
  context: AdapterContext;
  /** The moment the records enter Kafka. */
  received: IsoInstant;
}

export interface UnkeyedRecord {
  value: Buffer | null;
  headers: Record<string, string>;
  /** Makes the key of a record about nobody we can read: the same whenever the record is sent again, so that
   *  a repetition reaches the same partition. Random in itself, never anything of the content. */
  token: string;
}

/** Kafka keys: the person's reference, so that all about one person goes to one partition in order; a random
 *  token for a record whose person cannot be read (it ends in quarantine). Never the number. */
export async function recordKeys(
  parts: Pick<DeskParts, 'store' | 'vault' | 'decode'>,
  records: readonly UnkeyedRecord[],
  keying: Keying,
): Promise<string[]> {
  const people = new Map<string, { hmac: Buffer; sealedNumber: () => Buffer }>();
  const claims = records.map((record) => {
    const claim = personOf(parts, record, keying);
    if (claim === undefined) return { key: opaque(record.token) };
    if ('ref' in claim) return { key: claim.ref };
    const { fodselsnummer } = claim;
    const hmac = parts.vault.hmac(fodselsnummer);
    const id = hmac.toString('base64');
    if (!people.has(id)) {
      people.set(id, { hmac, sealedNumber: () => parts.vault.seal(fodselsnummer) });
    }
    return { id };
  });
  const refs = people.size > 0 ? await parts.store.resolve([...people.values()]) : [];
  const refOf = new Map([...people.keys()].map((id, index) => [id, refs[index]]));
  return claims.map((claim) => {
    if ('key' in claim) return claim.key;
    const ref = refOf.get(claim.id);
    if (ref === undefined) throw new Error('the vault gave fewer references than it was asked for');
    return ref;
  });
}

function personOf(
  parts: Pick<DeskParts, 'decode'>,
  record: UnkeyedRecord,
  { adapter, context, received }: Keying,
): PersonClaim | undefined {
  const decoded = parts.decode(record.value, record.headers);
  if (!decoded.ok) return undefined;
  const verdict = adapter.read({ value: decoded.value, received, envelope: decoded.envelope }, context);
  switch (verdict.verdict) {
    case 'event':
    case 'listed':
    case 'renumbered':
      return verdict.person;
    case 'manifest':
    case 'notOurs':
    case 'malformed':
      return undefined;
  }
}

function opaque(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32);
}
