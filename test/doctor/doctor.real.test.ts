import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examine } from '../../src/doctor/examine.ts';
import { exitCodeOf, type Finding, reportOf, type Section } from '../../src/text/findings.ts';
import { freePort } from '../harness/realParts.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

let pipeline: RealPipeline;
let database: pg.Client;
let key: string;
beforeAll(async () => {
  pipeline = await startRealPipeline({ clock: null });
  key = pipeline.options.vaultKey.toString('base64');
  database = new pg.Client({ connectionString: pipeline.database.url });
  await database.connect();
  const [youth] = crowd(606, 1);
  if (youth === undefined) throw new Error('an empty crowd');
  const avbruddsdato = new Date().toISOString().slice(0, 10);
  await pipeline.send('school-dropout', [dropout(youth, 'en', { avbruddsdato }), 'ikke json']);
});
afterAll(async () => {
  await database?.end();
  await pipeline?.stop();
});

const variables = () => ({
  OT_ENVIRONMENT: 'test',
  ORGANISATIONS: `${pipeline.org}:40`,
  KAFKA_BROKERS: pipeline.options.brokers.join(','),
  DATABASE_URL: pipeline.database.url,
  VAULT_KEY: key,
  FEED_PARTITIONS: '2',
  TOPIC_REPLICATION: '1',
  FEED_RETENTION_DAYS: '1',
  HTTP_PORT: new URL(pipeline.current().url ?? '').port,
});
const named = (sections: readonly Section[], checked: string): Finding | undefined =>
  sections.flatMap(({ findings }) => findings).find((each) => each.checked === checked);

/** What a fault planted by `plant` is found as. */
async function planted(checked: string, plant: string, mend: string): Promise<Finding | undefined> {
  await database.query(plant);
  try {
    return named(await examine(variables()), checked);
  } finally {
    await database.query(mend);
  }
}

test('with a running bridge more than twenty-five things are looked at, and only what waits for a human is not well', async () => {
  await until('the bridge is ready', async () => (await pipeline.get('/internal/isReady')).status === 200);
  const sections = await examine(variables());
  const all = sections.flatMap(({ findings }) => findings);
  const notWell = all.filter(({ level }) => level !== 'ok').map(({ checked }) => checked);
  // The shared database is fast, and its user a superuser.
  expect(notWell, reportOf(sections)).toEqual(['Varig lagring', 'Databasebrukeren', 'Karantene']);
  expect(all.length).toBeGreaterThan(25);
  expect(named(sections, 'Broen')?.found).toBe('er klar');
});

test('nothing that must not be pasted is in it', async () => {
  const text = reportOf(await examine(variables()));
  const { password, username } = new URL(pipeline.database.url);
  for (const secret of [password, key, `//${username}`, ...crowd(606, 1).map((each) => each.fodselsnummer)])
    expect(text).not.toContain(secret);
});

test('it creates and changes nothing', async () => {
  const state = async () =>
    (
      await database.query(
        "select schemaname, relname, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_user_tables where relname <> 'member' order by 2",
      )
    ).rows;
  const admin = pipeline.kafka.admin();
  await admin.connect();
  const topics = await admin.listTopics();
  // What the bridge itself has just written is counted up to a second late: a look that writes is seen to in every round.
  await until('a look after which nothing is written', async () => {
    const before = await state();
    const sections = await examine({ ...variables(), ORGANISATIONS: 'ingen-no:40' });
    expect(named(sections, 'Emner')?.level).toBe('warning');
    return isDeepStrictEqual(await state(), before);
  });
  expect(await admin.listTopics()).not.toContain('ingen-no.ot.event.consent');
  expect(topics.length).toBeGreaterThan(0);
  await admin.disconnect();
});

test('row-level security that is off is found', async () => {
  const found = await planted(
    'Radsikkerhet',
    'alter table quarantine disable row level security',
    'alter table quarantine enable row level security',
  );
  expect(found).toMatchObject({ level: 'fault', found: 'av i quarantine' });
});

test('a partition that is stopped is found, with its reason', async () => {
  const topic = `${pipeline.org}.ot.event.consent`;
  const note = JSON.stringify({
    code: 'OFFSETS_GONE',
    reason: 'DELETED',
    text: 'Meldingene 3 til 7 er slettet.',
  });
  const found = await planted(
    'Partisjoner som står',
    `update lane set stands = '${note}' where topic = '${topic}' and partition = 0`,
    'update lane set stands = null',
  );
  expect(found).toMatchObject({ level: 'fault', found: `${topic} 0: Meldingene 3 til 7 er slettet.` });
});

test('a list that is not whole after a day is found', async () => {
  const found = await planted(
    'Lister som ikke er hele',
    "insert into list_run (org_id, list, run, sent_as, type, opened, last_received) select id, 'vigo-ot-40', 'x', 'x', 'FULL', now() - interval '2 days', now() from organisation",
    'delete from list_run',
  );
  expect(found).toMatchObject({ level: 'warning', found: `${pipeline.org} vigo-ot-40` });
});

test('an agreement with NAV that has ended is found, and one that waits for a second person', async () => {
  const add = `update agreement set valid_to = '2022-12-31';
    insert into agreement_proposal (id, org_id, wanted, reason, proposed_by, proposed_key, by_officer, proposed)
      select gen_random_uuid(), id, '{}', 'r', 'x', 'x', false, now() from organisation`;
  const name = `Avtalen med NAV, ${pipeline.org}`;
  const found = await planted(
    name,
    add,
    "update agreement set valid_to = '2099-12-31'; delete from agreement_proposal",
  );
  expect(found).toMatchObject({
    level: 'warning',
    found: 'ingen gjelder nå: den siste sluttet 31.12.2022; 1 venter på godkjenning av en person til',
  });
});

test('a database that is older or newer than the program is found', async () => {
  const add = "insert into schema_version (version, name) values (9999, 'x')";
  const remove = 'delete from schema_version where version = 9999';
  expect(await planted('Skjema', add, remove)).toMatchObject({ level: 'fault' });
});

test('another vault key, other topics and a cluster that is too small are found', async () => {
  const other = Buffer.alloc(32, 7).toString('base64');
  const sections = await examine({
    ...variables(),
    VAULT_KEY: other,
    FEED_PARTITIONS: '3',
    TOPIC_REPLICATION: '3',
  });
  expect(named(sections, 'Hvelvnøkkelen hører til databasen')?.level).toBe('fault');
  expect(named(sections, 'Oppsettet av emnene')?.found).toContain('antall partisjoner er 2, ventet 3');
  expect(named(sections, 'Meglere')).toMatchObject({
    level: 'fault',
    found: '1, men TOPIC_REPLICATION er 3',
  });
  expect(exitCodeOf(sections)).toBe(2);
});

test('without Kafka, database or bridge the rest is looked at all the same', async () => {
  const port = await freePort();
  const closed = `127.0.0.1:${port}`;
  const sections = await examine({
    ...variables(),
    KAFKA_BROKERS: closed,
    DATABASE_URL: `postgres://ot:hemmelig@${closed}/ot`,
    HTTP_PORT: String(port + 1),
  });
  expect(named(sections, 'Kafka svarer')).toMatchObject({
    level: 'fault',
    found: expect.stringContaining(closed),
  });
  expect(named(sections, 'Databasen svarer')).toMatchObject({ level: 'fault' });
  expect(named(sections, 'Broen')).toMatchObject({ level: 'warning' });
  expect(named(sections, 'Hvelvnøkkel')).toMatchObject({ level: 'ok' });
  expect(reportOf(sections)).not.toContain('hemmelig');
});

test('a configuration that cannot be read is the finding, and none of its values is shown', async () => {
  const sections = await examine({ HTTP_PORT: 'hemmelig-port', DATABASE_URL: 'postgres://u:passord@db/x' });
  const text = reportOf(sections);
  expect(exitCodeOf(sections)).toBe(2);
  expect(text).toContain('HTTP_PORT');
  expect(text).not.toMatch(/hemmelig|passord/);
});
