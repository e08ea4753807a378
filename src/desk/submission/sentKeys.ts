import type { AdapterContext, FeedAdapter } from '../../core/feedAdapter.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { personIn, recordKeys } from '../../wire/recordKeys.ts';
import type { DeskParts } from '../parts.ts';

export interface Keying {
  adapter: FeedAdapter;
  context: AdapterContext;
  /** The moment the records enter Kafka. */
  received: IsoInstant;
}

interface UnreadRecord {
  value: Buffer | null;
  headers: Record<string, string>;
  /** As of `UnkeyedRecord`. */
  token: string;
}

/** Kafka keys of records that are about to be sent. Each is read here for its person alone: the pipeline reads it again
 *  when it has come through Kafka, for order per person begins with the key. */
export async function sentKeys(
  parts: Pick<DeskParts, 'store' | 'vault' | 'decode'>,
  records: readonly UnreadRecord[],
  { adapter, context, received }: Keying,
): Promise<string[]> {
  const unkeyed = records.map(({ value, headers, token }) => {
    const decoded = parts.decode(value, headers);
    if (!decoded.ok) return { person: null, token };
    // No person is looked up, or stored, who may not be kept.
    if (adapter.register) return { person: null, token: adapter.register.keyOf(decoded.value) ?? token };
    const record = { value: decoded.value, received, envelope: decoded.envelope };
    return { person: personIn(adapter.read(record, context)), token };
  });
  return recordKeys(parts, unkeyed);
}
