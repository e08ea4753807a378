import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../architecture/sources.ts';
import { differences } from './against/answers.ts';
import { compareBuilds } from './against/compareBuilds.ts';
import { comparisonTable } from './against/comparisonTable.ts';
import { readAnswers } from './against/readAnswers.ts';
import { type BenchParts, startBenchParts } from './benchParts.ts';
import { type Build, buildIn, haveOneSchema, openBuild, THIS_BUILD } from './build.ts';
import { copyDatabase, newDatabase, withClient } from './cursors.ts';
import { runNights } from './listNights.ts';
import { identityNumbers, ORG } from './load.ts';
import { seedYouths } from './seed.ts';
import { connectKafka } from './topics.ts';

const ATTEMPT = 'adapters/ot-adviser/contact.ts';
const YOUTHS = 200;
let parts: BenchParts;
let folder: string;
/** As this one, but for what it makes of a text message. */
let planted: Build;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ot-bench-planted-'));
  for (const part of ['src', 'adapters', 'schemas', 'package.json'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const text = readFileSync(join(folder, ATTEMPT), 'utf8');
  const changed = text.replace('      answered,\n', "      answered: answered || channel === 'SMS',\n");
  expect(changed).not.toBe(text);
  writeFileSync(join(folder, ATTEMPT), changed);
  planted = buildIn(folder, 'planted');
  parts = await startBenchParts(false);
});
afterAll(async () => {
  await parts?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('answers as a build reads them', () => {
  test('a change of one youth is seen, a copy of the database is not', async () => {
    const database = await newDatabase(parts.databaseUrl);
    await seedYouths(database, identityNumbers(50), `${ORG}.seed`);
    const copy = await copyDatabase(parts.databaseUrl, database);
    const read = (of: string, build: Build) =>
      readAnswers({ build, database: of, org: ORG, countEvents: true }, { status: 3 });
    const answers = await read(database, THIS_BUILD);
    expect(answers.youths.size).toBe(50);
    expect(differences(answers, await read(copy, planted))).toEqual([]);
    await withClient(copy, (client) =>
      client.query(
        'update youth set version = version + 1 where ref = (select min(ref::text)::uuid from youth)',
      ),
    );
    expect(differences(answers, await read(copy, planted))).toEqual([
      expect.stringMatching(/^1 of 50 youths differ in version, the first/),
    ]);
  });
});

describe('two builds by turns', () => {
  // Six programs start one after the other, on whatever processor the other tests leave.
  test('a build that decides otherwise has unequal answers, in the loads in which it does', {
    timeout: 300_000,
  }, async () => {
    expect(haveOneSchema(THIS_BUILD, planted)).toBe(true);
    const said: string[] = [];
    const plan = { youths: YOUTHS, rounds: 0.5, latencySeconds: 0, heap: true, own: false };
    const builds = [THIS_BUILD, planted] as const;
    const { measured, unequal } = await compareBuilds(parts, {
      ...plan,
      builds,
      say: (line) => said.push(line),
    });
    const [first = '', ...others] = unequal;
    expect(first).toMatch(/^follow-up: this and planted: 200 of 200 youths differ in .*facts/);
    expect(others.filter((each) => each.startsWith('new youths'))).toEqual([]);
    expect(measured).toHaveLength(6);
    expect(said).toContain('new youths, cold: equal answers of 2 runs, 200 youths, 200 events');
    expect(said.filter((line) => line.startsWith('follow-up, '))).toHaveLength(2);
  });

  test('every figure of a load has both builds and their ratio', async () => {
    const cost = { eventsPerSecond: 2, app: 1, broker: 1, database: 1, peakMegabytes: 1 };
    const measured = [THIS_BUILD, planted].map((build) => ({
      ...{ build, load: 'follow-up' as const, cost: { ...cost, walBytes: 10, allocatedBytes: null } },
    }));
    const lines = comparisonTable([THIS_BUILD, planted], measured, []);
    expect(lines).toHaveLength(1 + 7);
    expect(lines.slice(1).every((line) => line.endsWith('1.00'))).toBe(true);
  });

  test('a list is final and its alerts have come, three nights', async () => {
    const kafka = await connectKafka(parts.brokers);
    try {
      const plan = { rows: 20, pass: 10, began: Date.now(), countEvents: true };
      const { nights, answers } = await runNights(parts, kafka, THIS_BUILD, 'liste-no', plan);
      expect(nights.map(({ alerts }) => alerts > 0)).toEqual([true, true, true]);
      expect(nights.every(({ receipt, lastAlert }) => receipt > 0 && lastAlert > 0)).toBe(true);
      expect(answers.youths.size).toBe(30);
    } finally {
      await kafka.disconnect();
    }
  });
});

describe('a build', () => {
  test('is a folder with a program and its packages', async () => {
    expect((await openBuild(folder)).flags).toEqual(THIS_BUILD.flags);
    expect(() => buildIn(join(ROOT, 'docs'))).toThrow(/no package.json/);
  });

  test.runIf(spawnSync('git', ['-C', ROOT, 'rev-parse', 'HEAD']).status === 0)(
    'that is a commit is checked out with its packages, and is gone afterwards',
    { timeout: 300_000 },
    async () => {
      const build = await openBuild('HEAD');
      try {
        expect(build.name).toMatch(/^[0-9a-f]{8}$/);
        expect(build.folder).not.toBe(THIS_BUILD.folder);
        expect(existsSync(join(build.folder, 'src/main.ts'))).toBe(true);
        expect(existsSync(join(build.folder, 'node_modules/kafkajs'))).toBe(true);
      } finally {
        await build.close();
      }
      expect(existsSync(build.folder)).toBe(false);
    },
  );

  test('that is neither a folder nor a commit is refused', async () => {
    await expect(openBuild('no-such-build')).rejects.toThrow();
  });
});
