import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** As a broker 4.3.1 answered: three records of Java's console producer per codec; and a log with a committed
 *  transaction, one taken back around a plain record, and one more committed. */
const file = z.record(
  z.string(),
  z.object({
    aborted: z.array(z.object({ producerId: z.coerce.bigint(), firstOffset: z.coerce.bigint() })),
    records: z.base64().transform((text) => Buffer.from(text, 'base64')),
  }),
);

const batches = file.parse(JSON.parse(readFileSync(new URL('kafka-4.3.1.json', import.meta.url), 'utf8')));

export function realBatch(name: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd' | 'transactions') {
  const found = batches[name];
  if (!found) throw new Error(`no batch ${name}`);
  return { aborted: found.aborted, records: Buffer.from(found.records) };
}
