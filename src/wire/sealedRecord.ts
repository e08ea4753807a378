import type { Shed } from '../kafka/feedSource.ts';
import { isOurs } from '../kafka/headers.ts';

/** A Kafka record as it is kept, sealed, in quarantine, parking and held lists: enough to send it again. */
export interface KeptRecord {
  value: Buffer | null;
  headers: Record<string, string>;
  /** Why it was not read, or is not kept. Without a value it cannot be sent again. */
  shed?: Shed | NotAsked;
}

/** From one of NAV's registers, and not known to be about a youth who has consented: not even a digest is kept. */
export interface NotAsked {
  why: 'NOT_ASKED';
  bytes: number;
}

export function packRecord(record: {
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
  shed?: Shed | NotAsked;
}): Buffer {
  const headers = Object.fromEntries(
    Object.entries(record.headers).flatMap(([name, value]) => {
      const single = Array.isArray(value) ? value.at(-1) : value;
      return single === undefined || !isOurs(name, single) ? [] : [[name, single.toString()]];
    }),
  );
  const { value, shed } = record;
  return Buffer.from(JSON.stringify({ value: value?.toString('base64') ?? null, headers, shed }));
}

export function unpackRecord(packed: Buffer): KeptRecord {
  const { value, ...kept } = JSON.parse(packed.toString()) as Omit<KeptRecord, 'value'> & {
    value: string | null;
  };
  return { ...kept, value: value === null ? null : Buffer.from(value, 'base64') };
}
