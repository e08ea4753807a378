import { describe, expect, test } from 'vitest';
import * as read from '../../../adapters/reading/recordFields.ts';
import type { RecordFields } from '../../../adapters/reading/recordProblems.ts';
import { sweep } from '../../../adapters/reading/recordProblems.ts';

const FORM: read.TextForm = {
  accepts: (text) => text === 'god',
  must: (field) => `Feltet «${field}» er ikke god.`,
  cure: 'Skriv god.',
};

function open(value: unknown): RecordFields {
  const fields = read.openRecord(value);
  if (fields === undefined) throw new Error('not a record');
  return fields;
}

function codes(fields: RecordFields): string[] {
  return fields.problems.map(({ code, field }) => `${code} ${field}`);
}

describe('reading fields', () => {
  test('finds all problems in one pass, one per field, the first that was found', () => {
    const fields = open({ a: '\0', b: 7, c: 'dårlig', d: '2026-02-30', e: 'x', f: 1.5, ukjent: 1 });
    sweep(fields, new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g']));
    read.text(fields, 'a', FORM);
    read.text(fields, 'b', FORM);
    read.text(fields, 'c', FORM);
    read.date(fields, 'd');
    read.flag(fields, 'e');
    read.wholeNumber(fields, 'f', 0, 9);
    read.text(fields, 'g', FORM);
    read.text(fields, 'g', FORM);
    expect(codes(fields).sort()).toEqual([
      'INVALID_DATE d',
      'INVALID_VALUE c',
      'MISSING_FIELD g',
      'NUL_CHARACTER a',
      'UNKNOWN_FIELD ukjent',
      'WRONG_TYPE b',
      'WRONG_TYPE e',
      'WRONG_TYPE f',
    ]);
  });

  test.each([[undefined], [null], ['']])('%j is an absent value', (value) => {
    const fields = open({ a: value });
    expect(read.optionalText(fields, 'a', FORM)).toBeNull();
    expect(read.optionalDate(fields, 'a')).toBeNull();
    expect(read.optionalFlag(fields, 'a')).toBeNull();
    expect(read.optionalInstant(fields, 'a')).toBeNull();
    expect(read.optionalWholeNumber(fields, 'a', 0, 1)).toBeNull();
    expect(read.optionalChoice(fields, 'a', ['x'])).toBeNull();
    expect(fields.problems).toEqual([]);
    read.choice(fields, 'a', ['x']);
    expect(codes(fields)).toEqual(['MISSING_FIELD a']);
  });

  test('names a field of a part by its path', () => {
    const fields = open({ elev: { fnr: 7 } });
    const part = read.openRecord(fields.value.elev, 'elev.', fields.problems);
    if (part === undefined) throw new Error('not a record');
    read.text(part, 'fnr', FORM);
    expect(codes(fields)).toEqual(['WRONG_TYPE elev.fnr']);
  });

  test.each([[[]], ['x'], [null], [7], [undefined]])('%j is no record', (value) => {
    expect(read.openRecord(value)).toBeUndefined();
  });
});

describe('unknown fields', () => {
  test('are named only when the name cannot hold a person', () => {
    const fields = open({ karakter: 1, 'Ola Nordmann': 1, nr14830989960: 1, '<b>': 1 });
    sweep(fields, new Set());
    expect(codes(fields)).toEqual(['UNKNOWN_FIELD karakter', 'UNKNOWN_FIELD ']);
    expect(JSON.stringify(fields.problems)).not.toMatch(/Ola|148309|<b>/);
  });

  test('are not listed one by one without limit', () => {
    const fields = open(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`felt${i}`, 1])));
    sweep(fields, new Set());
    expect(fields.problems).toHaveLength(21);
  });

  test('are left alone where the caller names no known fields, but not what cannot be stored', () => {
    const fields = open({ nytt: 1, tekst: 'a\0', lang: 'x'.repeat(401) });
    sweep(fields, null);
    expect(codes(fields)).toEqual(['NUL_CHARACTER tekst', 'INVALID_VALUE lang']);
  });
});
