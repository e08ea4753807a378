import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDecoder, type Decoded } from '../../src/wire/decode.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';

const SCHEMAS = loadSchemas(fileURLToPath(new URL('../../schemas/avro/in', import.meta.url)));
const decode = createDecoder({ schemas: SCHEMAS });

function ofText(text: string): Decoded {
  return decode(Buffer.from(text), {});
}

function codes(decoded: Decoded): string[] {
  return decoded.ok ? [] : decoded.problems.map((problem) => problem.code);
}

function nested(levels: number): string {
  return `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
}

describe('a JSON record', () => {
  test('is read as plain data, with no envelope when it has no list', () => {
    expect(ofText('{"type":"avbrudd","version":2,"moteHoldt":true}')).toEqual({
      ok: true,
      value: { type: 'avbrudd', version: 2, moteHoldt: true },
      envelope: null,
    });
  });

  test('may begin with a byte order mark, as Windows programs write it', () => {
    expect(ofText('\ufeff{"a":"æøå"}')).toMatchObject({ ok: true, value: { a: 'æøå' } });
  });

  test.each([
    ['nothing', null, 'NOT_AN_OBJECT'],
    ['no bytes', Buffer.alloc(0), 'NOT_AN_OBJECT'],
    ['no JSON', Buffer.from('<html>502</html>'), 'NOT_JSON'],
    ['half a record', Buffer.from('{"fodselsnummer":"14830989960"'), 'NOT_JSON'],
    ['latin-1', Buffer.from('{"a":"\u00e6"}', 'latin1'), 'NOT_JSON'],
    ['U+0000, escaped', Buffer.from('{"a":"b\\u0000"}'), 'NUL_CHARACTER'],
    ['U+0000 in a name', Buffer.from('{"a\\u0000":1}'), 'NUL_CHARACTER'],
    ['U+0000 inside a list', Buffer.from('{"a":[{"b":"\\u0000"}]}'), 'NUL_CHARACTER'],
    ['U+0000 as a byte', Buffer.from('{"a":"b\u0000"}'), 'NUL_CHARACTER'],
    ['more than 16 levels', Buffer.from(nested(17)), 'TOO_DEEP'],
    ['lists of lists', Buffer.from(`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`), 'TOO_DEEP'],
    ['more than 64 KiB', Buffer.from(`{"a":"${'x'.repeat(65_536)}"}`), 'TOO_LARGE'],
  ])('of %s is refused', (_title, bytes, code) => {
    expect(codes(decode(bytes, {}))).toEqual([code]);
  });

  test('may be 16 levels deep and 64 KiB long', () => {
    expect(ofText(nested(16)).ok).toBe(true);
    expect(ofText(`{"a":"${'x'.repeat(65_528)}"}`).ok).toBe(true);
  });

  test('may hold the text \\u0000, which is no U+0000', () => {
    expect(ofText('{"a":"\\\\u0000"}')).toMatchObject({ ok: true, value: { a: '\\u0000' } });
  });

  test('with a field named __proto__ changes no object', () => {
    const decoded = ofText('{"__proto__":{"type":"avbrudd"}}');
    expect(decoded.ok && Object.getPrototypeOf(decoded.value) === Object.prototype).toBe(true);
    expect(decoded.ok && Object.keys(decoded.value as object)).toEqual(['__proto__']);
  });

  test('reports where it stops being JSON', () => {
    const fault = ofText('{\n  "type": "avbrudd",\n  "id": oops\n}');
    expect(fault).toMatchObject({ problems: [{ text: expect.stringContaining('linje 3, tegn 9') }] });
  });

  test.each([
    ['{"fodselsnummer":"14830989960","fodselsnummer":"02910788054"}', 'fodselsnummer'],
    ['{"fodselsnummer":"14830989960","fodselsnumme\\u0072":"02910788054"}', 'fodselsnummer'],
    ['{"elev":{"fnr":"1","fdato":"2","fnr":"3"}}', 'elev.fnr'],
  ])('with a field that occurs twice is refused, and the field is named: %s', (text, field) => {
    const fault = ofText(text);
    expect(fault).toMatchObject({
      problems: [{ code: 'REPEATED_FIELD', field, text: `Feltet «${field}» står to ganger i raden.` }],
    });
    expect(JSON.stringify(fault)).not.toMatch(/14830989960|02910788054/);
  });

  test('decodes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('\\u0000'));
        expect(ofText(text)).toEqual({ ok: true, value: JSON.parse(text), envelope: null });
      }),
    );
  });
});

test('any bytes are answered without throwing, and no long number of them is shown', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
    fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.concat([Buffer.from([0, 0, 0, 7, 210]), array])),
    fc.stringMatching(/^[{}[\]":,\\0-9a-e ]{0,60}$/).map((text) => Buffer.from(text)),
  );
  const header = fc.oneof(
    fc.string(),
    fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array)),
  );
  const headers = fc.dictionary(
    fc.constantFrom('sync-type', 'sync-list', 'sync-correlation-id', 'sync-total-size', 'x'),
    fc.oneof(header, fc.array(header, { maxLength: 2 })),
  );
  fc.assert(
    fc.property(bytes, headers, (value, given) => {
      const decoded = decode(value, given);
      if (decoded.ok) return;
      expect(decoded.problems.length).toBeGreaterThan(0);
      const shown = JSON.stringify(decoded.problems);
      for (const run of value.toString('latin1').match(/\d{6,}/g) ?? []) expect(shown).not.toContain(run);
      for (const problem of decoded.problems) expect([problem.text, problem.cure]).not.toContain('');
    }),
    { numRuns: 1_000 },
  );
});

describe('an Avro body whose schema is named in a header', () => {
  const HEADERS = { __value_schema_id: Buffer.concat([Buffer.from([1]), Buffer.alloc(16, 7)]) };

  test.each([
    ['that is no text', Buffer.from([0x02, 0xff, 0xfe, 0x0e])],
    ['that begins with the byte of a frame', Buffer.from([0x00, 0x0e, 0x61, 0x76, 0x62, 0x72, 0x75, 0x64])],
    ['that reads as text', Buffer.from([0x0e, 0x61, 0x76, 0x62, 0x72, 0x75, 0x64, 0x64])],
  ])('%s is reported as framed, and how', (_what, body) => {
    expect(decode(body, HEADERS)).toMatchObject({
      problems: [
        {
          code: 'NOT_AVRO',
          field: '__value_schema_id',
          text: expect.stringContaining('innrammingen foran i meldingen mangler'),
          cure: expect.stringContaining('PrefixSchemaIdSerializer'),
        },
      ],
    });
  });

  test('is not asked for of a record that can be read', () => {
    expect(decode(Buffer.from('{"type":"avbrudd"}'), HEADERS)).toMatchObject({ ok: true });
  });
});
