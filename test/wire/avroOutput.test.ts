import avro from 'avsc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AvroOutput, type WritesInto } from '../../src/wire/avroOutput.ts';
import { GOLDEN_MESSAGES, OUT_SCHEMAS } from '../golden/avro.ts';
import { runs } from '../harness/propertyRuns.ts';

const TYPES = OUT_SCHEMAS.map(({ schema, file }) => ({
  file,
  type: avro.Type.forSchema(JSON.parse(schema)),
}));
/** Used again for every message, as the codec does. */
const output = new AvroOutput();

function written(type: avro.Type, value: unknown): Buffer {
  output.pos = 0;
  (type as unknown as WritesInto)._write(output, value);
  return Buffer.from(output.bytes.subarray(0, output.pos));
}

test.each(Object.entries(GOLDEN_MESSAGES))('%s has the bytes of avsc', (_name, { value }) => {
  const fitting = TYPES.filter(({ type }) => type.isValid(value));
  expect(fitting.length).toBeGreaterThan(0);
  for (const { type } of fitting) expect(written(type, value)).toEqual(type.toBuffer(value));
});

test.each(TYPES)('whatever fits $file has the bytes of avsc', ({ type }) => {
  for (let run = 0; run < runs(300).numRuns!; run += 1) {
    const value = type.random();
    expect(written(type, value)).toEqual(type.toBuffer(value));
  }
});

test('any text has the bytes of avsc, ASCII or not, long or short', () => {
  const type = avro.Type.forSchema({ type: 'array', items: 'string' });
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 6_000 }),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      expect(written(type, texts)).toEqual(type.toBuffer(texts));
    }),
    runs(300),
  );
});

test('any whole number has the bytes of avsc', () => {
  const type = avro.Type.forSchema({ type: 'array', items: 'long' });
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger()), (numbers) => {
      const fitting = numbers.filter((number) => type.isValid([number]));
      expect(written(type, fitting)).toEqual(type.toBuffer(fitting));
    }),
    runs(300),
  );
});

test('what does not fit is refused, and leaves nothing in the next message', () => {
  const type = avro.Type.forSchema({ type: 'array', items: 'string' });
  expect(() => written(type, ['a', 5])).toThrow();
  expect(written(type, ['b'])).toEqual(type.toBuffer(['b']));
});
