import { spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LEFT, P01 } from '../harness/leaver.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { until } from '../harness/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'ot-audit-'));
const pem = (key: KeyObject, type: 'pkcs8' | 'spki') => String(key.export({ type, format: 'pem' } as never));
const { privateKey } = generateKeyPairSync('ed25519');
const files = { key: join(folder, 'audit.key'), checkpoints: join(folder, 'checkpoints') };

let pipeline: RealPipeline;
let admin: Client;
let ref: string;
beforeAll(async () => {
  writeFileSync(files.key, pem(privateKey, 'pkcs8'));
  pipeline = await startRealPipeline({ signing: { key: privateKey, folder: files.checkpoints } });
  admin = new Client({ connectionString: pipeline.database.url });
  await admin.connect();
  await pipeline.submit('school-dropout', [LEFT]);
  ref = await pipeline.refOf(P01.fodselsnummer);
});
afterAll(async () => {
  await admin?.end();
  await pipeline?.stop();
  rmSync(folder, { recursive: true });
});

/** The command line, as an operator with the program's own environment has it. */
async function ot(args: readonly string[], changes: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['src/cli/ot.ts', ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: pipeline.database.url,
      ORGANISATIONS: `${pipeline.org}:40`,
      OT_ENVIRONMENT: 'test',
      VAULT_KEY: Buffer.alloc(32, 7).toString('base64'),
      AUDIT_KEY_FILE: files.key,
      AUDIT_CHECKPOINT_DIR: files.checkpoints,
      OT_BRIDGE_URL: pipeline.current().url ?? '',
      ...changes,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, text };
}

const trail = async () => (await admin.query('select * from audit order by org_id, seq')).rows;

test('a submission and a read are on record, who has seen the youth is shown, and nothing of the youth is in it', async () => {
  await pipeline.json(`youths/${ref}`);
  await pipeline.post(`youths/${ref}/identity`, { purpose: 'KONTAKT' });
  const rows = await trail();
  expect(rows[0]).toMatchObject({
    operation: 'POST /organisations/{org}/feeds/{feed}',
    item: expect.stringMatching(/^receipt:/),
    subjects: [],
  });
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${P01.fodselsnummer}|Fjellrev`));
  const { code, text } = await ot(['revisjon', 'sett', ref]);
  expect(code).toBe(0);
  expect(text).toMatch(/loopback \(local\) {2}POST \S+\/youths\/{ref}\/identity {2}KONTAKT/);
  expect(text).toMatch(/loopback \(local\) {2}GET \S+\/youths\/{ref}\n/);
});

test('the end of the chain is signed outside the database and in the log, and verified by both', async () => {
  await until('the chain is signed', async () =>
    pipeline.logLines.some((line) => line.includes('"audit.checkpoint"')),
  );
  const verified = await ot(['revisjon', 'verifiser']);
  expect(verified).toMatchObject({ code: 0, text: expect.stringContaining(`${pipeline.org}: `) });
  expect(verified.text).toMatch(/henger sammen, signert til nr\. \d+/);
  const log = join(folder, 'bridge.log');
  writeFileSync(log, pipeline.logLines.join('\n'));
  const publicKey = join(folder, 'public.pem');
  const other = generateKeyPairSync('ed25519').publicKey;
  writeFileSync(publicKey, pem(other, 'spki') + pem(createPublicKey(privateKey), 'spki'));
  const byLog = await ot(['revisjon', 'verifiser', '--sjekkpunkt', log, '--nokkel', publicKey]);
  expect(byLog.code).toBe(0);
  const since = await ot(['revisjon', 'verifiser', '--fra', '2099-01-01']);
  expect(since.code).toBe(0);
});

test('without a witness, or with one of a foreign key, the trail does not pass for whole', async () => {
  const none = await ot(['revisjon', 'verifiser'], { AUDIT_CHECKPOINT_DIR: join(folder, 'none') });
  expect(none).toMatchObject({ code: 1, text: expect.stringContaining('intet signert sjekkpunkt') });
  const foreign = join(folder, 'foreign.pem');
  writeFileSync(foreign, pem(generateKeyPairSync('ed25519').publicKey, 'spki'));
  const forged = await ot(['revisjon', 'verifiser', '--nokkel', foreign]);
  expect(forged).toMatchObject({ code: 1, text: expect.stringContaining('ingen av nøklene') });
});

test.each([
  [['--fra', 'i går'], {}, '--fra skal være en dato'],
  [['--nokkel', '/dev/null'], {}, 'offentlige Ed25519-nøkler'],
  [['--nei'], {}, 'Bruk: npm run ot -- revisjon verifiser'],
  [[], { DATABASE_URL: 'postgres://127.0.0.1:1/ot' }, 'Når ikke databasen'],
  [[], { AUDIT_KEY_FILE: '/none' }, 'AUDIT_KEY_FILE'],
])('what cannot be checked is exit code 2, with the cure: %j %j', async (args, changes, says) => {
  expect(await ot(['revisjon', 'verifiser', ...args], changes)).toMatchObject({
    code: 2,
    text: expect.stringContaining(says),
  });
});

test('a trail that cannot be written stops every disclosure; health goes on, and so does the pipeline', async () => {
  await admin.query('revoke execute on function audit_append(jsonb) from ot_audit');
  const before = (await trail()).length;
  for (const path of ['alerts', `youths/${ref}`, `youths/${ref}/history`, 'worklists/no-contact']) {
    const refused = await pipeline.get(path);
    expect([path, refused.status]).toEqual([path, 503]);
    expect(await refused.text()).not.toContain(ref);
  }
  const identity = await pipeline.post(`youths/${ref}/identity`, { purpose: 'KONTAKT' });
  expect([identity.status, await identity.text()]).toEqual([
    503,
    expect.not.stringContaining(P01.fodselsnummer),
  ]);
  expect((await pipeline.get('/internal/isAlive')).status).toBe(200);
  expect(await trail()).toHaveLength(before);
  await admin.query('grant execute on function audit_append(jsonb) to ot_audit');
  expect((await pipeline.get('alerts')).status).toBe(200);
});

test('a tampering is found, with the row and what to do', async () => {
  await admin.query('set session_replication_role = replica');
  await admin.query(`update audit set who = 'nobody' where seq = 2 and org_id > 0`);
  const found = await ot(['revisjon', 'verifiser']);
  expect(found.code).toBe(1);
  expect(found.text).toContain(
    `${pipeline.org}: BRUDD ved linje 2: linjen er endret, byttet eller satt inn.`,
  );
  expect(found.text).toContain('personvernombudet');
});
