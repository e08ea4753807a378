import { expect, test } from 'vitest';
import type { Reach } from '../../../src/core/access/permission.ts';
import { reachesOrigin, reachesYouth } from '../../../src/core/access/reach.ts';
import { UNKNOWN_YOUTH } from '../../../src/core/youth/youth.ts';

const ORIGIN = { sender: '0192:889640782', institution: '40014' };

test.each<[string, Reach, boolean]>([
  ['the county reaches all', { kind: 'county' }, true],
  ['its institution reaches it', { kind: 'institutions', institutions: ['40014'] }, true],
  ['another institution does not', { kind: 'institutions', institutions: ['40015'] }, false],
  ['its sender reaches it', { kind: 'sender', sender: '0192:889640782' }, true],
  ['another sender does not', { kind: 'sender', sender: 'loopback' }, false],
  ['a unit of advisers does not', { kind: 'units', units: ['40200'] }, false],
])('of a submission: %s', (_what, reach, reached) => {
  expect(reachesOrigin(reach, ORIGIN)).toBe(reached);
});

test('a submission of no institution is in reach of no institution', () => {
  const reach: Reach = { kind: 'institutions', institutions: ['40014'] };
  expect(reachesOrigin(reach, { ...ORIGIN, institution: null })).toBe(false);
});

test.each<[Reach, boolean]>([
  [{ kind: 'county' }, true],
  [{ kind: 'units', units: ['40200'] }, false],
  [{ kind: 'institutions', institutions: ['40014'] }, false],
  [{ kind: 'sender', sender: 'loopback' }, false],
])('a youth without registrations is in reach of the county alone: %o', (reach, reached) => {
  expect(reachesYouth({ reach, protectedYouths: true }, UNKNOWN_YOUTH, '2026-11-29')).toBe(reached);
});
