import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REFUSALS } from '../../src/api/refusalCodes.ts';
import { ALARM_CODES } from '../../src/telemetry/names.ts';

const runbook = readFileSync(new URL('../../docs/driftshandbok.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => heading);

test.each(ALARM_CODES)('%s has an entry: what it means and what to do', (code) => {
  const entry = runbook.split(/^### /m).find((each) => each.startsWith(`\`${code}\``));
  expect(entry, `docs/driftshandbok.md has no heading ### \`${code}\``).toBeDefined();
  expect(entry).toMatch(/\*\*Betyr:\*\*/);
  expect(entry).toMatch(/\*\*Gjør:\*\*/);
});

test('the runbook has no entry for an alert that does not exist', () => {
  const codes = headings.flatMap((heading) => /^`([A-Z_]+)`/.exec(heading)?.[1] ?? []);
  const known: readonly string[] = [...ALARM_CODES, ...Object.keys(REFUSALS)];
  expect(codes.filter((code) => !known.includes(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});
