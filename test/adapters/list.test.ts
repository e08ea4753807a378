import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters/index.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';

test('every feed has one adapter, in a folder of its name; next to them lies what all read with', () => {
  const folders = readdirSync(new URL('../../adapters/', import.meta.url), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(ADAPTERS.map((adapter) => adapter.feed)).toEqual([...FEEDS]);
  expect(names.filter((name) => name !== 'reading').sort()).toEqual([...FEEDS].sort());
});
