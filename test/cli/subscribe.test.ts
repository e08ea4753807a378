import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Ask, CommandFailed } from '../../src/cli/ask.ts';
import { readSubscribeFlags, subscribe } from '../../src/cli/subscribe.ts';

const SECRET = `whsec_${'A'.repeat(43)}=`;
const GIVEN = ['telemarkfylke-no', 'http://127.0.0.1:9000/', '--fra', 'nå'];

/** The bridge, which answers that the receiver is `state` after the handshake. */
function bridge(state: string, refusal?: CommandFailed, refused = '/subscriptions') {
  const asked: [string, unknown][] = [];
  const ask: Ask = async (path, body) => {
    asked.push([path, body]);
    if (refusal !== undefined && path.endsWith(refused)) throw refusal;
    return path.endsWith('/verify')
      ? {
          status: 200,
          value: { subscription: { id: 's1', state }, answer: { outcome: 'refused', httpStatus: 404 } },
        }
      : {
          status: 201,
          value: { subscription: { id: 's1', state: 'pending' }, secret: SECRET, publicKeys: [] },
        };
  };
  return { ask, asked };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'ot-abonner-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test('a subscription is made and its receiver verified, and the secret is shown once', async () => {
  const { ask, asked } = bridge('active');
  const { text, exitCode } = await subscribe.run(ask, [...GIVEN, '--slag', 'varsel,kvittering']);
  expect(exitCode).toBe(0);
  expect(text.split(SECRET).length).toBe(2);
  expect(asked).toEqual([
    [
      '/organisations/telemarkfylke-no/subscriptions',
      {
        url: 'http://127.0.0.1:9000/',
        name: '127.0.0.1:9000',
        kinds: ['alert', 'receipt'],
        owners: null,
        begins: 'now',
      },
    ],
    ['/organisations/telemarkfylke-no/subscriptions/s1/verify', {}],
  ]);
});

test('the secret is written where only its owner reads it, and is not shown then', async () => {
  const file = join(await folder(), 'secret');
  const { text } = await subscribe.run(bridge('active').ask, [...GIVEN, '--hemmelighet-til', file]);
  expect(text).not.toContain(SECRET);
  expect(await readFile(file, 'utf8')).toBe(`${SECRET}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a secret that is there already is not written over, and nothing is asked', async () => {
  const file = join(await folder(), 'secret');
  await writeFile(file, 'in use');
  const { ask, asked } = bridge('active');
  await expect(subscribe.run(ask, [...GIVEN, '--hemmelighet-til', file])).rejects.toThrow('finnes fra før');
  expect([asked, await readFile(file, 'utf8')]).toEqual([[], 'in use']);
});

test('a refused subscription leaves no file', async () => {
  const file = join(await folder(), 'secret');
  const { ask } = bridge('active', new CommandFailed('Nei.', 1));
  await expect(subscribe.run(ask, [...GIVEN, '--hemmelighet-til', file])).rejects.toThrow('Nei.');
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('a receiver that did not prove itself is said to, with what to do', async () => {
  const { text, exitCode } = await subscribe.run(bridge('pending').ask, GIVEN);
  expect(exitCode).toBe(1);
  expect(text).toContain('HTTP 404');
  expect(text).toContain('/subscriptions/s1/verify');
});

test('the secret is shown also when the handshake is refused', async () => {
  const { ask } = bridge('pending', new CommandFailed('For mange forsøk.', 1), '/verify');
  const { text, exitCode } = await subscribe.run(ask, GIVEN);
  expect(exitCode).toBe(1);
  expect(text).toContain(SECRET);
  expect(text).toContain('For mange forsøk.');
});

test('where it begins has no default, and what is unknown is refused by name', () => {
  const begins = (from: string) => readSubscribeFlags([...GIVEN.slice(0, 3), from]).body.begins;
  expect(['nå', 'na\u030a', 'skoleår', 'alt'].map(begins)).toEqual(['now', 'now', 'school-year', 'all']);
  expect(() => readSubscribeFlags(GIVEN.slice(0, 2))).toThrow('--fra nå');
  expect(() => begins('i går')).toThrow('--fra nå');
  expect(() => readSubscribeFlags([...GIVEN, '--slag', 'nav'])).toThrow('«nav»');
  expect(() => readSubscribeFlags(['telemarkfylke-no', '--fra', 'nå'])).toThrow(
    'Oppgi organisasjon og adresse',
  );
});
