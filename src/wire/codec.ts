import avro from 'avsc';
import type { OutboxMessage, OutTopic } from '../core/messages/messages.ts';
import { AvroOutput, type WritesInto } from './avroOutput.ts';
import { FRAME_BYTES, framedSchemaId, writeFrame } from './frame.ts';
import { latestVersions, type RegisteredSchema } from './schemaFiles.ts';

/** The record that each out topic carries. */
const SUBJECTS: Record<OutTopic, string> = {
  status: 'no.otbridge.ot.Status',
  alert: 'no.otbridge.ot.Alert',
  'alert-protected': 'no.otbridge.ot.Alert',
  'status-group': 'no.otbridge.ot.StatusGroup',
  'ot-ungdom': 'no.otbridge.ot.OtUngdom',
};

export interface Codec {
  /** Written with the newest version of the topic's schema. @throws when the value does not fit it. */
  encode(message: OutboxMessage): Buffer;
}

export function createCodec(parts: { schemas: readonly RegisteredSchema[] }): Codec {
  const latest = latestVersions(parts.schemas);
  const writerOf = (topic: OutTopic) => {
    const schema = latest.find(({ subject }) => subject === SUBJECTS[topic]);
    if (schema === undefined) throw new Error(`no schema for ${SUBJECTS[topic]}`);
    return { id: schema.id, type: typeOf(schema) as unknown as WritesInto };
  };
  const writers: Record<OutTopic, ReturnType<typeof writerOf>> = {
    status: writerOf('status'),
    alert: writerOf('alert'),
    'alert-protected': writerOf('alert-protected'),
    'status-group': writerOf('status-group'),
    'ot-ungdom': writerOf('ot-ungdom'),
  };
  // One output that is used again; only the finished message is copied out.
  const output = new AvroOutput();

  return {
    encode({ topic, value }) {
      const writer = writers[topic];
      output.pos = FRAME_BYTES;
      writer.type._write(output, value);
      const { bytes, pos: end } = output;
      writeFrame(bytes, writer.id);
      const message = Buffer.allocUnsafe(end);
      bytes.copy(message, 0, 0, end);
      return message;
    },
  };
}

/**
 * Reads framed messages of any version as its own schema, for consumers in this codebase and for tests.
 * @throws on bytes that are not framed, an unknown id, or a body that does not fit its schema.
 */
export function createDecoder(parts: { schemas: readonly RegisteredSchema[] }) {
  const types = new Map(
    parts.schemas.map((schema) => [schema.id, { subject: schema.subject, type: typeOf(schema) }]),
  );
  return function decodeFramed(message: Buffer): { subject: string; value: unknown } {
    const id = framedSchemaId(message);
    if (id === undefined) throw new Error('the message is not framed as Confluent Avro');
    const reader = types.get(id);
    if (reader === undefined) throw new Error(`no schema has id ${id}`);
    return { subject: reader.subject, value: reader.type.fromBuffer(message.subarray(FRAME_BYTES)) };
  };
}

function typeOf(schema: RegisteredSchema): avro.Type {
  return avro.Type.forSchema(JSON.parse(schema.schema));
}
