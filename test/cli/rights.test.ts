import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';

const print = (...args: string[]) =>
  COMMANDS.rettigheter?.run(() => Promise.reject(new Error('no bridge is asked')), args);

test('the lines give each role what it needs and no more, without a running bridge', async () => {
  const text = await print('telemarkfylke.no', "User:CN=O'Hara", 'api');
  const lines = text?.split('\n').filter((line) => !line.startsWith('#')) ?? [];
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    expect(line).toMatch(/--operation Write --topic telemarkfylke-no\.ot\.event\.[a-z-]+$/);
    expect(line).toContain(String.raw`--allow-principal 'User:CN=O'\''Hara'`);
  }
});

test('what is not a principal, an organisation or a role is refused with an example', async () => {
  await expect(print('telemarkfylke-no', 'ot-bridge')).rejects.toThrow(/User:ot-bridge/);
  await expect(print('møre', 'User:ot')).rejects.toThrow(/telemarkfylke-no/);
  await expect(print('telemarkfylke-no', 'User:ot', 'lese')).rejects.toThrow(
    /consume, poll, api, relay, create/,
  );
});
