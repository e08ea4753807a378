import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differencesTable } from '../../../src/core/fint/model.ts';

test('docs/integration.md prints the differences from FINT’s model', () => {
  const page = readFileSync(new URL('../../../docs/integration.md', import.meta.url), 'utf8');
  expect(page).toContain(`differences.test.ts -->\n${differencesTable()}\n<!-- /fint-differences -->`);
});
