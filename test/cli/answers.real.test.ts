import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { ROOT } from '../architecture/sources.ts';

test('a reason is read from a pipe, a refusal is JSON where that is asked for, and the exit code says which', async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (part) => bodies.push(String(part)));
    request.on('end', () => {
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      response.end('{"type":"urn:x","title":"Alt behandlet","detail":"Se listen."}');
    });
  });
  await new Promise<void>((open) => void server.listen(0, '127.0.0.1', open));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const refused = await ot(url, ['melding', 'o', 'x', 'forkast', '-', '--json'], 'Sendt på nytt.\n');
  expect(bodies.map((each) => JSON.parse(each))).toEqual([{ reason: 'Sendt på nytt.' }]);
  expect([refused.code, refused.out, JSON.parse(refused.err)]).toEqual([
    ...[1, ''],
    { type: 'urn:x', title: 'Alt behandlet', detail: 'Se listen.' },
  ]);
  server.close();
  const usageFault = await ot(url, ['melding', '--json']);
  expect([usageFault.code, JSON.parse(usageFault.err)]).toEqual([
    2,
    expect.objectContaining({ exitCode: 2, detail: expect.stringContaining('melding <org> <id>') }),
  ]);
  expect((await ot('http://127.0.0.1:9', ['flyt', 'o', '--json'])).code).toBe(3);
  expect((await ot(url, ['rett', '--help'])).out).toContain('npm run ot -- rett <org>');
});

function ot(
  url: string,
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['src/cli/ot.mjs', ...args], {
    cwd: ROOT,
    env: { ...process.env, OT_BRIDGE_URL: url },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => {
    said.out += part;
  });
  child.stderr.on('data', (part) => {
    said.err += part;
  });
  child.stdin.end(input);
  return new Promise((done) => void child.on('close', (code) => done({ code, ...said })));
}
