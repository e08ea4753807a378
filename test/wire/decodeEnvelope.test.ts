import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { headerText } from '../../src/kafka/headers.ts';
import { decodeEnvelope } from '../../src/wire/decodeEnvelope.ts';

const FULL = {
  'sync-type': 'FULL',
  'sync-list': 'laktiv',
  'sync-correlation-id': 'vigo-laktiv-15-2026-10-06T00:05:00.000Z',
};
const READ = { list: 'laktiv', run: FULL['sync-correlation-id'], type: 'FULL' };

function read(headers: Parameters<typeof decodeEnvelope>[0]) {
  const problems: Problem[] = [];
  return {
    envelope: decodeEnvelope(headers, problems),
    codes: problems.map(({ code, field }) => `${code} ${field}`),
  };
}

function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

describe('the sync envelope', () => {
  test('is nothing when a record has none', () => {
    expect(read({ 'origin.application.id': Buffer.from('skole'), 'sync-total-size': '7' })).toEqual({
      envelope: null,
      codes: [],
    });
  });

  test.each([
    ['text', '811', 811],
    ['text as bytes', Buffer.from('811'), 811],
    ['eight digits of text', Buffer.from('00000811'), 811],
    ['FINT’s 64-bit number', long(811n), 811],
    ['an empty list', long(0n), 0],
  ])('takes its size as %s', (_title, size, total) => {
    expect(read({ ...FULL, 'sync-total-size': size })).toEqual({ envelope: { ...READ, total }, codes: [] });
  });

  test('may leave the size to a manifest', () => {
    expect(read({ ...FULL, 'sync-list': 'nav' }).envelope).toEqual({ ...READ, list: 'nav', total: null });
  });

  test('reads bytes, and the last of several headers with one name', () => {
    const headers = { ...FULL, 'sync-type': [Buffer.from('FULL'), Buffer.from('DELTA')] };
    expect(read(headers).envelope?.type).toBe('DELTA');
  });

  test.each([
    ['an unknown list', { 'sync-list': 'elever' }, 'INVALID_VALUE sync-list'],
    ['FINT’s DELETE', { 'sync-type': 'DELETE' }, 'INVALID_VALUE sync-type'],
    ['an ordinal for a type', { 'sync-type': Buffer.from([1]) }, 'INVALID_VALUE sync-type'],
    [
      'a run that is too long',
      { 'sync-correlation-id': 'x'.repeat(81) },
      'INVALID_VALUE sync-correlation-id',
    ],
    ['a number in the run', { 'sync-correlation-id': 'r-14830989960' }, 'INVALID_VALUE sync-correlation-id'],
    ['no run', { 'sync-correlation-id': undefined }, 'MISSING_FIELD sync-correlation-id'],
    ['no type', { 'sync-type': undefined }, 'MISSING_FIELD sync-type'],
    ['no list', { 'sync-list': undefined }, 'MISSING_FIELD sync-list'],
    ['a negative size', { 'sync-total-size': long(-1n) }, 'INVALID_VALUE sync-total-size'],
    ['an absurd size', { 'sync-total-size': long(1n << 40n) }, 'INVALID_VALUE sync-total-size'],
    ['a size in words', { 'sync-total-size': 'mange' }, 'INVALID_VALUE sync-total-size'],
  ])('with %s is a problem, never a guess', (_title, change, code) => {
    expect(read({ ...FULL, 'sync-total-size': '811', ...change })).toEqual({ envelope: null, codes: [code] });
  });
});

test('a header is read as text whatever the client gives', () => {
  expect(headerText({ a: Buffer.from('æ') }, 'a')).toBe('æ');
  expect(headerText({ a: ['x', 'y'] }, 'a')).toBe('y');
  expect(headerText({ a: [] }, 'a')).toBeNull();
  expect(headerText({}, 'a')).toBeNull();
});
