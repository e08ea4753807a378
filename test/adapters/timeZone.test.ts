import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plainNode } from '../harness/plainNode.ts';

// E03: a date is never moved, wherever the process runs. A process of its own, as the zone is read at its start.

const SCRIPT = fileURLToPath(new URL('./readFixtures.ts', import.meta.url));

const verdictsIn = (zone: string) => plainNode([SCRIPT], zone);

test.each(['America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Kiritimati'])('dates hold in %s', async (zone) => {
  const { zone: printed, verdicts } = JSON.parse(await verdictsIn(zone));
  const inOslo = JSON.parse(await verdictsIn('Europe/Oslo')).verdicts;
  expect(printed).toBe(zone);
  expect(verdicts).toEqual(inOslo);
  const read = (feed: string, name: string) => verdicts[feed][name].event;
  expect(read('school-dropout', 'dato-fint').effective).toBe('2026-03-29');
  expect(read('school-dropout', 'dato-punktum').effective).toBe('2026-02-01');
  expect(read('apprenticeship', 'aktiv-kontrakt').born).toBe('2006-04-23');
  expect(read('apprenticeship', 'aktiv-kontrakt').to).toBe('2026-12-10');
});
