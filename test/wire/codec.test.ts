import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutboxMessage } from '../../src/core/messages/messages.ts';
import { createCodec, createDecoder } from '../../src/wire/codec.ts';
import { framedSchemaId } from '../../src/wire/frame.ts';
import { GOLDEN_MESSAGES, goldenAvro, OUT_SCHEMAS } from '../golden/avro.ts';

const FOLDER = new URL('../golden/avro', import.meta.url).pathname;
const codec = createCodec({ schemas: OUT_SCHEMAS });
const decode = createDecoder({ schemas: OUT_SCHEMAS });
const golden = goldenAvro();

/** Also with fields that the types forbid: what does not fit is refused at run time too. */
function altered(message: OutboxMessage, fields: object): OutboxMessage {
  return Object.assign({}, message, { value: Object.assign({}, message.value, fields) });
}

describe('codec', () => {
  test.each(Object.keys(GOLDEN_MESSAGES))('%s has the bytes that receivers were promised', (name) => {
    const released = readFileSync(join(FOLDER, name));
    expect(golden.get(name)?.equals(released), 'changed on purpose? run: npm run golden').toBe(true);
  });

  test('no golden message has lost its origin', () => {
    expect(readdirSync(FOLDER).sort(), 'run: npm run golden').toEqual([...golden.keys()].sort());
  });

  test.each(Object.entries(GOLDEN_MESSAGES))('%s is read back as it was', (name, { value }) => {
    const read = decode(golden.get(name) ?? Buffer.alloc(0));
    expect({ ...Object(read.value) }).toEqual(JSON.parse(JSON.stringify(value)));
  });

  test('any value that fits a schema comes back as it was, also when it outgrows the buffer', () => {
    for (const { schema, subject } of OUT_SCHEMAS) {
      const type = avro.Type.forSchema(JSON.parse(schema));
      const example = Object.values(GOLDEN_MESSAGES).find(({ value }) => type.isValid(value));
      expect(example, subject).toBeDefined();
      if (example === undefined) return;
      fc.assert(
        fc.property(
          fc.string({ unit: 'binary' }),
          fc.nat(20_000),
          fc.nat(2 ** 31 - 1),
          (text, length, version) => {
            const read = decode(
              codec.encode(altered(example, { eventId: text, ref: 'a'.repeat(length), version })),
            );
            expect(read.subject).toBe(subject);
            expect({ ...Object(read.value) }).toMatchObject({
              eventId: text,
              ref: 'a'.repeat(length),
              version,
            });
          },
        ),
        { numRuns: 25 },
      );
    }
  });

  test('an encoded message stays as it is while others are encoded', () => {
    const [one, other] = Object.values(GOLDEN_MESSAGES);
    if (one === undefined || other === undefined) throw new Error('no golden messages');
    const first = codec.encode(one);
    const before = Buffer.from(first);
    codec.encode(other);
    expect(first.equals(before)).toBe(true);
  });

  test('the frame names the schema by its fixed id', () => {
    expect(framedSchemaId(golden.get('status-open.v1.avro') ?? Buffer.alloc(0))).toBe(1001);
    expect(framedSchemaId(golden.get('alert-raised.v3.avro') ?? Buffer.alloc(0))).toBe(1006);
    expect(framedSchemaId(Buffer.from('{"no":"frame"}'))).toBeUndefined();
    expect(framedSchemaId(Buffer.from([0, 0, 0]))).toBeUndefined();
  });

  test('a value that does not fit is refused, not written wrongly', () => {
    const [example] = Object.values(GOLDEN_MESSAGES);
    if (example === undefined) throw new Error('no golden messages');
    expect(() => codec.encode(altered(example, { eventId: 5 }))).toThrow();
    expect(() => codec.encode(altered(example, { state: 'PAUSED' }))).toThrow();
    expect(() => codec.encode(Object.assign({}, example, { value: {} }))).toThrow();
  });

  test('bytes without a known schema are refused by the reader', () => {
    expect(() => decode(Buffer.from('text'))).toThrow('not framed');
    expect(() => decode(Buffer.from([0, 0, 0, 0, 7, 1]))).toThrow('no schema has id 7');
  });
});
