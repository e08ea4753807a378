/** A Kafka record as it is kept, sealed, in quarantine, parking and held lists: enough to send it again. */
export interface KeptRecord {
  value: Buffer | null;
  headers: Record<string, string>;
}

export function packRecord(record: {
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
}): Buffer {
  const headers = Object.fromEntries(
    Object.entries(record.headers).flatMap(([name, value]) => {
      const single = Array.isArray(value) ? value.at(-1) : value;
      return single === undefined ? [] : [[name, single.toString()]];
    }),
  );
  return Buffer.from(JSON.stringify({ value: record.value?.toString('base64') ?? null, headers }));
}

export function unpackRecord(packed: Buffer): KeptRecord {
  const kept = JSON.parse(packed.toString()) as { value: string | null; headers: Record<string, string> };
  return { value: kept.value === null ? null : Buffer.from(kept.value, 'base64'), headers: kept.headers };
}
