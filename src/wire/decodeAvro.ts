import avro from 'avsc';
import type { Problem } from '../core/problem.ts';
import type { DecodedValue } from './decodedValue.ts';
import { nulCharacter } from './decodeNul.ts';

// Confluent framing: 0x00, schema id (4 bytes, big-endian), Avro body.

const FRAME = 5;

/** A registered schema of a feed record. */
export interface InSchema {
  /** Fixed for ever, from 2001. */
  id: number;
  subject: string;
  /** From 1; the highest of a subject is what the bridge reads. */
  version: number;
  /** JSON text. */
  schema: string;
}

type AvroReader = { reader: avro.Type; resolver: ReturnType<avro.Type['createResolver']> | undefined };

/** Types and resolvers are built here, once: building them for each message costs a hundred times the decoding. */
export function createAvroDecoder(schemas: readonly InSchema[]): (bytes: Buffer) => DecodedValue {
  const readers = new Map<number, AvroReader>();
  for (const { id, subject, schema } of schemas) {
    const newest = schemas
      .filter((other) => other.subject === subject)
      .reduce((a, b) => (b.version > a.version ? b : a));
    const reader = avro.Type.forSchema(JSON.parse(newest.schema));
    const resolver =
      newest.id === id ? undefined : reader.createResolver(avro.Type.forSchema(JSON.parse(schema)));
    if (readers.has(id)) throw new Error(`two schemas have the id ${id}`);
    readers.set(id, { reader, resolver });
  }
  return (bytes) => {
    if (bytes.length < FRAME) return refused(notAvro());
    const found = readers.get(bytes.readInt32BE(1));
    if (found === undefined) return refused(unknownSchema());
    try {
      const { value, offset } = found.reader.decode(bytes, FRAME, found.resolver);
      if (offset !== bytes.length) return refused(notAvro());
      return { ok: true, value: plain(value) };
    } catch (error) {
      if (error === NUL) return refused(nulCharacter());
      return refused(notAvro());
    }
  };
}

const NUL = Symbol('U+0000');

/** Records become plain objects, a null of a union becomes an absent field: as if it had come as JSON. */
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
    text: 'Raden er merket som Avro, men kan ikke leses med skjemaet den viser til.',
    cure: 'Skriv raden med skjemaet som er registrert under id-en foran i meldingen.',
  };
}

function unknownSchema(): Problem {
  return {
    code: 'UNKNOWN_SCHEMA',
    field: '',
    text: 'Raden viser til et Avro-skjema som ikke er registrert.',
    cure: 'Bruk et skjema fra skjemaregisteret til broen, med id-en det har der.',
  };
}
