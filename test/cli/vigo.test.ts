import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandFailed } from '../../src/cli/ask.ts';
import { vigo } from '../../src/cli/vigo.ts';
import { VIGO_RECEIPT_VERSION } from '../../src/core/vigo/otFile.ts';
import { appOf, ORG, OTHER_PERSON, PERSON, testParts } from '../api/parts.ts';
import { seedYouth } from '../api/seed.ts';
import { VigoFileJson } from '../golden/make/projectionSchemas.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigo-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function setUp() {
  const parts = testParts();
  for (const number of [PERSON, OTHER_PERSON]) await seedYouth(parts, number);
  const { get, post } = appOf(parts);
  const ask = async (path: string, body?: unknown) => {
    // One row a file.
    const given = path.endsWith('/files') ? { ...(body as object), most: 1 } : body;
    const response = await (body === undefined ? get(path) : post(path, given));
    return { status: response.status, value: await response.json() };
  };
  return (...args: string[]) => vigo.run(ask, args);
}

const files = async () => (await readdir(folder)).sort();
const content = (name: string) => readFile(join(folder, name), 'utf8');
const idOf = (name: string) => name.slice('vigo-ot-'.length).replace(/\.\w+$/, '');

test('all there is to report is written, file by file, for its owner alone to read', async () => {
  const run = await setUp();
  const said = await run('fil', ORG, folder);
  const names = await files();
  expect(names).toHaveLength(2);
  for (const name of names) {
    expect(said).toContain(`${join(folder, name)}: 1 rader`);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  }
  const all = (await Promise.all(names.map(content))).join('');
  for (const number of [PERSON, OTHER_PERSON]) expect(all).toContain(number);
  expect(said).not.toMatch(/\b\d{11}\b/);
  expect(await run('fil', ORG, folder)).toBe('Ingenting nytt å melde.');
});

test('a file is fetched again as it was, in the other form too, and never over one that is there', async () => {
  const run = await setUp();
  await run('fil', ORG, folder);
  const [name = ''] = await files();
  const before = await content(name);
  await expect(run('hent', ORG, idOf(name), folder)).rejects.toThrow('finnes fra før');
  await rm(join(folder, name));
  expect(await run('hent', ORG, idOf(name), folder)).toContain('1 rader');
  expect(await content(name)).toBe(before);
  await run('hent', ORG, idOf(name), folder, 'json');
  const json = VigoFileJson.parse(JSON.parse(await content(name.replace('.csv', '.json'))));
  expect(before).toContain(`;${json.rader[0]?.fodselsnummer};`);
});

test('the status of a county that has reported nothing says so', async () => {
  const run = await setUp();
  expect(await run('status', ORG)).toBe(`Ingenting er meldt til VIGO fra ${ORG} ennå.`);
});

test('a receipt is read, a file withdrawn, and the status shows both', async () => {
  const run = await setUp();
  await run('fil', ORG, folder, 'json');
  const [first = '', second = ''] = (await files()).map(idOf);
  const receipt = join(folder, 'kvittering.csv');
  await writeFile(receipt, `versjon;fil;rad;utfall;kode\n${VIGO_RECEIPT_VERSION};${first};1;GODTATT;\n`);
  expect(await run('kvittering', ORG, receipt)).toBe('1 godtatt, 0 avvist.');
  expect(await run('trekk', ORG, second)).toContain('1 rader er trukket tilbake');
  const status = await run('status', ORG);
  expect(status).toContain(`${first}: 1 rader, 1 godtatt`);
  expect(status).toContain('TRUKKET');
});

test('what is missing or unknown is said', async () => {
  const run = await setUp();
  await expect(run('fil', ORG)).rejects.toThrow('Skriv vigo fil <org> <mappe> [json]');
  await expect(run('send', ORG)).rejects.toThrow(CommandFailed);
  await expect(run('kvittering', ORG, join(folder, 'ingen'))).rejects.toThrow('kan ikke leses');
  const unknown = '00000000-0000-4000-8000-000000000000';
  await expect(run('hent', ORG, unknown, folder)).rejects.toThrow('Filen er ikke laget her');
  await expect(run('trekk', ORG, unknown)).rejects.toThrow('Filen er ikke laget her');
});
