import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCOPES } from '../../src/core/access/scope.ts';

test('docs/drift.md says who gets each scope, and names no other', () => {
  const text = readFileSync(new URL('../../docs/drift.md', import.meta.url), 'utf8');
  const named = [...text.matchAll(/^\| `(ot\/[^`]+)` \|/gm)].map(([, scope]) => scope);
  expect(named.toSorted()).toEqual([...SCOPES].toSorted());
});
