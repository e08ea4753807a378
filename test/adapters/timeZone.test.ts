import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// E03: a date is never moved, wherever the process runs. A process of its own, as the zone is read at its start.

const SCRIPT = fileURLToPath(new URL('./readFixtures.ts', import.meta.url));

function verdictsIn(zone: string): string {
  return execFileSync(process.execPath, [SCRIPT], { env: { ...process.env, TZ: zone }, encoding: 'utf8' });
}

test.each(['America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Kiritimati'])('dates hold in %s', (zone) => {
  const { zone: told, verdicts } = JSON.parse(verdictsIn(zone));
  const inOslo = JSON.parse(verdictsIn('Europe/Oslo')).verdicts;
  expect(told).toBe(zone);
  expect(verdicts).toEqual(inOslo);
  const read = (feed: string, name: string) => verdicts[feed][name].event;
  expect(read('school-dropout', 'dato-fint').effective).toBe('2026-03-29');
  expect(read('school-dropout', 'dato-punktum').effective).toBe('2026-02-01');
  expect(read('apprenticeship', 'aktiv-kontrakt').born).toBe('2006-04-23');
  expect(read('apprenticeship', 'aktiv-kontrakt').to).toBe('2026-12-10');
});
