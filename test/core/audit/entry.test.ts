import { expect, test } from 'vitest';
import { type AuditEntry, safeEntry } from '../../../src/core/audit/entry.ts';

const REF = '235e8317-4bf3-4b06-a9b5-bfcd3b90af88';
const ENTRY: AuditEntry = {
  at: '2026-11-29T08:00:00.000Z',
  kind: 'machine',
  who: '0192:889640782',
  key: 'machine 0192:889640782',
  capacity: null,
  supplier: null,
  client: null,
  token: null,
  access: 'youth:read',
  operation: 'GET /organisations/{org}/youths/{ref}',
  purpose: null,
  item: null,
  outcome: 'OK',
  times: 1,
  subjects: [],
  trace: null,
};

test('an entry that is safe is stored as it is', () => {
  expect(safeEntry(ENTRY)).toEqual(ENTRY);
});

test('what would be empty has a mark, so that every entry says who, what and how it went', () => {
  expect(safeEntry({ ...ENTRY, who: '', key: '', operation: '', outcome: '' })).toMatchObject({
    who: '-',
    key: '-',
    operation: '-',
    outcome: '-',
  });
});

test('identity numbers are masked, control characters and endless text go, and references that are none are left out', () => {
  const safe = safeEntry({
    ...ENTRY,
    item: 'receipt:14830989960',
    client: 'a\u0000b',
    purpose: 'x'.repeat(1_000),
    subjects: [REF, '14830989960', REF],
  });
  expect(JSON.stringify(safe)).not.toContain('14830989960');
  expect(safe.client).toBe('a b');
  expect(safe.purpose).toHaveLength(200);
  expect(safe.subjects).toEqual([REF]);
});
