import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the program goes on when the reader of its log has gone', async () => {
  const program = `
    const { createLogger } = await import(${JSON.stringify(new URL('../../src/telemetry/logger.ts', import.meta.url).href)});
    const log = createLogger({ level: 'info' });
    log.event('part.ready', { part: 'kafka' });
    process.stdin.once('end', () => {
      for (let line = 0; line < 100; line += 1) log.event('part.ready', { part: 'kafka' });
      console.error('went on');
      process.exit(0);
    }).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  child.stdout.destroy();
  child.stdin.end();
  expect([await ended, said]).toEqual([[0, null], 'went on\n']);
});

test('case E8: the program goes on with a log that has no room from the beginning, and says so', async () => {
  const program = `
    const { createLogger } = await import(${JSON.stringify(new URL('../../src/telemetry/logger.ts', import.meta.url).href)});
    const log = createLogger({ level: 'info' });
    for (let line = 0; line < 100; line += 1) log.event('part.ready', { part: 'kafka' });
    console.error('went on');`;
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  expect([await once(child, 'close'), said]).toEqual([
    [0, null],
    'Loggen (standard ut) kan ikke skrives (ENOSPC); arbeidet går videre uten. Sjekk plassen på disken.\nwent on\n',
  ]);
});
