import { notAnObject } from '../../adapters/reading/recordProblems.ts';
import type { ListEnvelope } from '../core/feedAdapter.ts';
import type { Problem } from '../core/problem.ts';
import { ROW } from '../core/sentences/rows.ts';
import { headerBytes, type RecordHeaders } from '../kafka/headers.ts';
import { LARGEST_RECORD } from '../kafka/unkeptContent.ts';
import { createAvroDecoder } from './decodeAvro.ts';
import { decodeEnvelope } from './decodeEnvelope.ts';
import { decodeJson } from './decodeJson.ts';
import { beginsFrame } from './frame.ts';
import { notKept } from './notKept.ts';
import type { RegisteredSchema } from './schemaFiles.ts';

export type Decoded =
  | { ok: true; value: unknown; envelope: ListEnvelope | null }
  | { ok: false; problems: Problem[] };

/**
 * Header in which Confluent's newer serializers, if configured so, put the schema's id, a GUID of their own registry. The
 * value is then the Avro body alone and names no schema.
 */
const SCHEMA_ID_HEADER = '__value_schema_id';

/** Never throws, whatever the bytes; the problems hold nothing of them. */
export type Decode = (value: Buffer | null, headers: RecordHeaders) => Decoded;

/** Reads the bytes of feed records: JSON, or Avro in Confluent framing. */
export function createDecoder(parts: { schemas: readonly RegisteredSchema[] }): Decode {
  const decodeAvro = createAvroDecoder(parts.schemas);
  return (value, headers) => {
    if (value === null || value.length === 0) return { ok: false, problems: [notAnObject()] };
    if (value.length > LARGEST_RECORD) return { ok: false, problems: [notKept({ why: 'TOO_LARGE' })] };
    const decoded = beginsFrame(value) ? decodeAvro(value) : decodeJson(value);
    const problems: Problem[] = [];
    const envelope = decodeEnvelope(headers, problems);
    if (!decoded.ok) {
      const unread = headerBytes(headers, SCHEMA_ID_HEADER) === null ? decoded.problems : [frameInHeader()];
      return { ok: false, problems: [...unread, ...problems] };
    }
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, value: decoded.value, envelope };
  };
}

function frameInHeader(): Problem {
  return {
    code: 'NOT_AVRO',
    field: SCHEMA_ID_HEADER,
    text: ROW.nb.idInHeader,
    cure: ROW.nb.idInHeaderCure,
  };
}
