import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive, processesIn } from '../../src/local/pid.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/local/postgres.ts';
import { supervise } from '../../src/local/supervisor.ts';
import { freePort } from '../harness/realParts.ts';
import { startApp } from './killedApp.ts';
import { lastingFolder } from './openFolder.ts';

// One folder through a database's life: the tests run in order and go on from each other.

const dir = join(lastingFolder(), 'postgres');
const data = join(dir, 'data');
const log = () => undefined;
let port = 0;
let url = '';

beforeAll(async () => {
  port = await freePort();
});
afterAll(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

test('rows survive a stop and a start', async () => {
  const first = await startPostgres({ dir, port, log });
  url = first.url;
  await sql('create table lives (n int primary key, note text)');
  await sql('insert into lives values (1)');
  await first.stop();
  expect(isAlive(first.pid())).toBe(false);
  const second = await startPostgres({ dir, port, log });
  expect(second.url).toBe(url);
  expect(await sql('select n from lives')).toEqual([{ n: 1 }]);
  await second.stop();
});

test('the server is version 18, flushes what it commits, and lets no client in without the password', async () => {
  const part = await startPostgres({ dir, port, log });
  const settings = await sql(
    "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num', 'listen_addresses', 'unix_socket_directories') order by name",
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    server_version_num: expect.stringMatching(/^18/),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  });
  const wrong = new URL(url);
  wrong.password = 'feil';
  await expect(sql('select 1', wrong.href)).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600);
  await part.stop();
});

test('the log of the server holds no value of a row', async () => {
  const part = await startPostgres({ dir, port, log });
  await expect(sql("insert into lives values (1, 'Ola Synt')")).rejects.toThrow(/duplicate key/);
  await part.stop();
  const text = readFileSync(join(dir, 'postgres.log'), 'utf8');
  expect(text).toContain('duplicate key');
  expect(text).not.toMatch(/Ola Synt|\(n\)=/);
});

test('a server that is killed is started again with all it had committed, after its busy backends are gone', async () => {
  const events: string[] = [];
  const supervised = await supervise({
    name: 'PostgreSQL',
    start: () => startPostgres({ dir, port, log }),
    onDown: (name, exit) => events.push(`${name} down ${exit.signal}`),
    onUp: (name) => events.push(`${name} up`),
    onFailed: (_, error) => events.push(`failed ${error}`),
  });
  await sql('insert into lives values (2)');
  // Counts without ever looking up: a backend that does not notice that its postmaster is gone.
  const busy = sql('select count(*) from generate_series(1, 500000000)').catch(() => 'cut off');
  await expect.poll(() => processesIn(data, /SELECT/).length).toBe(1);
  const [backend] = processesIn(data, /SELECT/);
  process.kill(supervised.pid()!, 'SIGKILL');
  await expect.poll(() => events, { timeout: 30_000 }).toEqual(['PostgreSQL down SIGKILL', 'PostgreSQL up']);
  expect(isAlive(backend!)).toBe(false);
  expect(await busy).toBe('cut off');
  expect(await sql('select n from lives order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  await supervised.stop();
});

test('a server whose app was killed is taken over; while that app lives it is not ours', async () => {
  const app = await startApp('postgres', dir, port);
  await expect(startPostgres({ dir, port, log })).rejects.toThrow(/kjører allerede/);
  await app.kill();
  const adopted = await startPostgres({ dir, port, log });
  expect(adopted.adopted).toBe(true);
  expect(adopted.pid()).toBe(app.partPid);
  await sql('insert into lives values (3)');
  await adopted.stop();
  expect(isAlive(app.partPid)).toBe(false);
});

test('a server left behind that does not answer is ended and started again', async () => {
  const app = await startApp('postgres', dir, port);
  await app.kill();
  process.kill(app.partPid, 'SIGSTOP');
  const part = await startPostgres({ dir, port, log });
  expect(part.adopted).toBe(false);
  expect(isAlive(app.partPid)).toBe(false);
  expect(await sql('select n from lives order by n')).toHaveLength(3);
  await part.stop();
});

test('a server left behind on another port than the one wanted is ended and started there', async () => {
  const app = await startApp('postgres', dir, await freePort());
  await app.kill();
  const part: EmbeddedPostgres = await startPostgres({ dir, port, log });
  expect(part.adopted).toBe(false);
  expect(isAlive(app.partPid)).toBe(false);
  await part.stop();
});

test('a stale pid file whose pid is another program by now does not stop the start', async () => {
  writeFileSync(
    join(data, 'postmaster.pid'),
    `${process.pid}\n${data}\n1\n${port}\n\n127.0.0.1\n1 1\nready\n`,
  );
  const part = await startPostgres({ dir, port, log });
  expect(part.adopted).toBe(false);
  await part.stop();
});

test('a taken port is reported in one sentence with the variable that moves it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await expect(startPostgres({ dir, port, log })).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(new RegExp(`^Port ${port} [^\\n]*EMBEDDED_PG_PORT[^\\n]*$`)),
  });
  await new Promise((resolve) => server.close(resolve));
});

test('a server that will not start says why, once', async () => {
  const start = startPostgres({ dir, port, log, settings: { shared_buffers: 'mye' } });
  await expect(start).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(/^PostgreSQL startet ikke: [^\n]*shared_buffers[^\n]*postgres\.log\)\.$/),
  });
});

async function sql(statement: string, at = url): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: at });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
