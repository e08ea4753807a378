import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, type Program, runProgram } from '../harness/program.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

const UP = /Ctrl-C stopper/;
const ORG = '/organisations/telemarkfylke-no';
const people = crowd(90, 600);
let next = 0;

let home: Awaited<ReturnType<typeof createHome>>;
let program: Program;
beforeAll(async () => {
  home = await createHome();
});
afterAll(async () => {
  program?.kill();
  await program?.ended;
  await home?.remove();
});

async function start(): Promise<void> {
  program = runProgram(home.settings, ['--no-sample']);
  await program.shows(UP);
}

const post = (path: string, body: unknown) =>
  fetch(`${home.url}${ORG}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });

async function isReady(): Promise<boolean> {
  return fetch(`${home.url}/internal/isReady`).then(
    ({ status }) => status === 200,
    () => false,
  );
}

/** The youth's registrations, null while it is not known. */
async function registered(fodselsnummer: string): Promise<{ code: string; kinds: string[] } | null> {
  const search = await post('youths/search', { fodselsnummer }).catch(() => null);
  if (search?.status !== 200) return null;
  const { ref } = JSON.parse(await search.text());
  const youth = JSON.parse(await (await fetch(`${home.url}${ORG}/youths/${ref}`)).text());
  return {
    code: youth.registrations[0]?.status.code,
    kinds: youth.alerts.map(({ kind }: { kind: string }) => kind),
  };
}

/** Posts one dropout after another until `over`, meanwhile does `harm`. @returns whose were answered 202 */
async function postingThrough(harm: () => Promise<void>): Promise<string[]> {
  const acknowledged: string[] = [];
  let over = false;
  const posting = (async () => {
    while (!over) {
      const person = people[next]!;
      next += 1;
      const answer = await post('feeds/school-dropout', dropout(person, `d-${next}`)).catch(() => null);
      if (answer?.status === 202) acknowledged.push(person.fodselsnummer);
      else await new Promise((resolve) => setTimeout(resolve, 100));
      await answer?.text().catch(() => undefined);
    }
  })();
  try {
    await until('some are acknowledged', async () => acknowledged.length >= 10);
    await harm();
    const then = acknowledged.length;
    await until('others are acknowledged after it', async () => acknowledged.length >= then + 5, 60_000);
  } finally {
    over = true;
    await posting;
  }
  return acknowledged;
}

/** What the program reports of itself, for the reader of a failure. */
async function progress(): Promise<string> {
  const answer = await fetch(`${home.url}/internal/metrics`).catch(() => null);
  const metrics = (await answer?.text())?.match(/^ot_bridge_(lag|unpublished)_records\{.*[1-9]\d*$/gm) ?? [];
  const log = readFileSync(join(home.dir, 'ot-bridge.log'), 'utf8').trim().split('\n').slice(-40);
  return [...metrics, ...log].join('\n');
}

async function allRegistered(numbers: readonly string[]): Promise<void> {
  for (const number of numbers) {
    const known = until(
      'an acknowledged dropout is registered',
      async () => (await registered(number)) !== null,
      60_000,
    );
    await known.catch(async (error: unknown) => {
      throw new Error(`${error}\n${await progress()}`);
    });
    expect(await registered(number)).toEqual({ code: 'OTUK', kinds: ['NY_TILMELDING'] });
  }
}

test('it starts on parts of its own, without the sample, and says what to do next', async () => {
  await start();
  expect(program.complaint()).toBe('');
  expect(program.screen()).toMatch(
    /^Oppe etter .*Kafka 127\.0\.0\.1:\d+, database 127\.0\.0\.1:\d+, API http/m,
  );
  expect(program.screen()).not.toContain('spilles gjennom Kafka');
  expect(await isReady()).toBe(true);
  expect((await fetch(`${home.url}/internal/isAlive`)).status).toBe(200);
  expect(home.kafkas()).toHaveLength(1);
  expect(home.postmasters()).toHaveLength(1);
  const answer = await post('feeds/school-dropout', dropout(people[next++]!, 'den-forste'));
  expect(answer.status).toBe(202);
});

test('a second one on the same folder is refused in one sentence, and disturbs nothing', async () => {
  const second = runProgram({ ...home.settings, HTTP_PORT: '1' }, ['--no-sample']);
  expect(await second.ended).toBe(1);
  expect(second.complaint()).toMatch(/^OT Bridge kjører allerede med mappen .*\n$/);
  expect(await isReady()).toBe(true);
});

test('Ctrl-C finishes what is under way, ends with 0, and leaves no process behind', async () => {
  program.interrupt();
  expect(await program.ended).toBe(0);
  expect(program.complaint()).toBe('');
  expect(home.kafkas()).toEqual([]);
  expect(home.databases()).toEqual([]);
});

test('the next start goes on where it was', async () => {
  await start();
  expect(await registered(people[0]!.fodselsnummer)).toEqual({ code: 'OTUK', kinds: ['NY_TILMELDING'] });
});

test('PostgreSQL killed with -9 in the middle of posting: nothing acknowledged is lost, and it recovers alone', async () => {
  const numbers = await postingThrough(async () => {
    const [victim] = home.postmasters();
    process.kill(victim!, 'SIGKILL');
    await until('another has started', async () => {
      const [now] = home.postmasters();
      return now !== undefined && now !== victim;
    });
  });
  await until('it is ready', isReady);
  await allRegistered(numbers);
});

test('Kafka killed with -9 in the middle of posting: nothing acknowledged is lost, and it recovers alone', async () => {
  const numbers = await postingThrough(async () => {
    const [victim] = home.kafkas();
    process.kill(victim!, 'SIGKILL');
    await until('another has started', async () => {
      const [now] = home.kafkas();
      return now !== undefined && now !== victim;
    });
  });
  await until('it is ready', isReady);
  await allRegistered(numbers);
});

test('killed with -9 itself: the next start takes over what it left, and nothing acknowledged is lost', async () => {
  const numbers = await postingThrough(async () => {
    program.kill();
    await program.ended;
    await start();
  });
  await allRegistered(numbers);
  const log = JSON.stringify([program.screen(), program.complaint()]);
  for (const number of numbers) expect(log).not.toContain(number);
  program.interrupt();
  expect(await program.ended).toBe(0);
  expect(home.kafkas()).toEqual([]);
  expect(home.databases()).toEqual([]);
});
