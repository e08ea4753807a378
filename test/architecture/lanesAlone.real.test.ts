import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

// A process that works lanes alone starts while the first one decides, on the same cores.

const LISTING = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  await import(process.argv[1]);
  console.log(JSON.stringify(loaded));
  process.exit(0);
`;

test('a process of lanes alone loads no page, no API and no receiver', () => {
  const program = new URL('../../src/bridge/bridge.ts', import.meta.url).href;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', LISTING, program],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const loaded: string[] = JSON.parse(stdout);
  const rooms = new Set(loaded.flatMap((url) => /\/src\/(\w+)\//.exec(url)?.[1] ?? []));
  expect(rooms).toContain('pipeline');
  for (const room of ['console', 'api', 'upload', 'cli']) expect(rooms).not.toContain(room);
  const packages = new Set(loaded.flatMap((url) => /\/node_modules\/([^@/]+)\//.exec(url)?.[1] ?? []));
  expect(packages).toContain('kafkajs');
  for (const unneeded of ['hono', 'undici', 'fflate']) expect(packages).not.toContain(unneeded);
});
