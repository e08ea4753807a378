import type { Problem } from '../core/problem.ts';
import { notAnObject } from '../core/recordProblems.ts';
import type { ListEnvelope } from './adapter.ts';
import { createAvroDecoder, type InSchema } from './decodeAvro.ts';
import { decodeEnvelope } from './decodeEnvelope.ts';
import { decodeJson } from './decodeJson.ts';
import type { RecordHeaders } from './headers.ts';
import { notKept } from './notKept.ts';
import { LARGEST_RECORD } from './shed.ts';

export type DecodedValue = { ok: true; value: unknown } | { ok: false; problems: Problem[] };
export type Decoded =
  | { ok: true; value: unknown; envelope: ListEnvelope | null }
  | { ok: false; problems: Problem[] };

/** Never throws, whatever the bytes; the problems hold nothing of them. */
export type Decode = (value: Buffer | null, headers: RecordHeaders) => Decoded;

/** Reads the bytes of feed records: JSON, or Avro in Confluent framing (JSON cannot begin with 0x00). */
export function createDecoder(parts: { schemas: readonly InSchema[] }): Decode {
  const decodeAvro = createAvroDecoder(parts.schemas);
  return (value, headers) => {
    if (value === null || value.length === 0) return { ok: false, problems: [notAnObject()] };
    if (value.length > LARGEST_RECORD) return { ok: false, problems: [notKept({ why: 'TOO_LARGE' })] };
    const decoded = value[0] === 0 ? decodeAvro(value) : decodeJson(value);
    const problems: Problem[] = [];
    const envelope = decodeEnvelope(headers, problems);
    if (!decoded.ok) return { ok: false, problems: [...decoded.problems, ...problems] };
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, value: decoded.value, envelope };
  };
}
