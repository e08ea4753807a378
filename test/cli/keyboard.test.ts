import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpOf, usage } from '../../src/cli/help.ts';
import { typedWords } from '../../src/cli/keyboard.ts';
import { USAGE } from '../../src/cli/usage.ts';
import { ROOT } from '../architecture/sources.ts';
import { P01 } from '../harness/schoolDropouts.ts';

const typing = (text: string) => ({ read: async (question: string) => `${question}:${text}` });

test('text comes from the keyboard or a file where the command says so, and else as it is written', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'ot-')), 'grunn.txt');
  await writeFile(file, 'Skolen har rettet.\n');
  expect(await typedWords(['a', '-', 'navn=-', `@${file}`, `kode=@${file}`, 'b=c-d'], typing('x'))).toEqual([
    ...['a', 'Skriv teksten:x', 'navn:x'].map((each) => each.replace('navn:', 'navn=navn:')),
    ...['Skolen har rettet.', 'kode=Skolen har rettet.', 'b=c-d'],
  ]);
  await expect(typedWords(['@/finnes/ikke'], typing(''))).rejects.toThrow('ENOENT');
});

test.each([P01.fodselsnummer, `fodselsnummer=${P01.fodselsnummer}`])(
  'an identity number is not taken from the command',
  async (word) => {
    await expect(typedWords([word], typing(''))).rejects.toThrow('Skriv «-»');
  },
);

test('every command has its help, complete and in the overview', () => {
  for (const [name, each] of Object.entries(USAGE)) {
    expect(usage()).toContain(`  ${name} `);
    expect(helpOf(each)).toMatch(/^npm run ot -- \S[^\n]*\n\n\p{L}[^\n]+\.(\n|$)/u);
    expect(each.form.startsWith(name), name).toBe(true);
  }
  expect(helpOf(USAGE.rett)).toContain('stdin');
});

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
