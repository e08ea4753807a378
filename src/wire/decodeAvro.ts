import avro from 'avsc';
import type { Problem } from '../core/problem.ts';
import { ROW } from '../core/sentences/rows.ts';
import type { DecodedValue } from './decodedValue.ts';
import { nulCharacter } from './decodeNul.ts';
import { FRAME_BYTES, framedSchemaId } from './frame.ts';
import { latestVersions, type RegisteredSchema } from './schemaFiles.ts';

type AvroReader = { reader: avro.Type; resolver: ReturnType<avro.Type['createResolver']> | undefined };

/** Types and resolvers are built here, once: building them for each message costs a hundred times the decoding. */
export function createAvroDecoder(schemas: readonly RegisteredSchema[]): (bytes: Buffer) => DecodedValue {
  const readers = new Map<number, AvroReader>();
  for (const newest of latestVersions(schemas)) {
    const reader = typeOf(newest);
    for (const each of schemas) {
      if (each.subject !== newest.subject) continue;
      if (readers.has(each.id)) throw new Error(`two schemas have the id ${each.id}`);
      const resolver = each.id === newest.id ? undefined : reader.createResolver(typeOf(each));
      readers.set(each.id, { reader, resolver });
    }
  }
  return (bytes) => {
    const id = framedSchemaId(bytes);
    if (id === undefined) return refused(notAvro());
    const found = readers.get(id);
    if (found === undefined) return refused(unknownSchema());
    try {
      const { value, offset } = found.reader.decode(bytes, FRAME_BYTES, found.resolver);
      if (offset !== bytes.length) return refused(notAvro());
      return { ok: true, value: plain(value) };
    } catch (error) {
      if (error === NUL) return refused(nulCharacter());
      return refused(notAvro());
    }
  };
}

function typeOf({ schema }: RegisteredSchema): avro.Type {
  return avro.Type.forSchema(JSON.parse(schema));
}

const NUL = Symbol('U+0000');

/** Records become plain objects, a null of a union becomes an absent field, as in JSON. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw NUL;
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const fields: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) if (content !== null) fields[name] = plain(content);
  return fields;
}

function refused(problem: Problem): DecodedValue {
  return { ok: false, problems: [problem] };
}

function notAvro(): Problem {
  return {
    code: 'NOT_AVRO',
    field: '',
    text: ROW.nb.notAvro,
    cure: ROW.nb.notAvroCure,
  };
}

function unknownSchema(): Problem {
  return {
    code: 'UNKNOWN_SCHEMA',
    field: '',
    text: ROW.nb.unknownSchema,
    cure: ROW.nb.unknownSchemaCure,
  };
}
