import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { examineMachine } from '../../src/doctor/machine.ts';
import { examineSettings } from '../../src/doctor/settings.ts';
import { exitCodeOf, fault, ok, reportOf, warning } from '../../src/text/findings.ts';

const section = (...findings: Parameters<typeof reportOf>[0][number]['findings']) => [
  { title: 'Delen', findings },
];

test('it ends with 0 when all is well, 1 with something to look at, 2 with a fault', () => {
  expect(exitCodeOf(section(ok('a', 'b')))).toBe(0);
  expect(exitCodeOf(section(ok('a', 'b'), warning('a', 'b', 'c')))).toBe(1);
  expect(exitCodeOf(section(warning('a', 'b', 'c'), fault('a', 'b', 'c'), ok('a', 'b')))).toBe(2);
});

test('each line says what was looked at and found, and what to do where something is wrong', () => {
  expect(reportOf(section(ok('Node', '26'), fault('Kafka', 'borte', 'Start den.')))).toBe(
    [
      'Delen',
      '  OK     Node: 26',
      '  FEIL   Kafka: borte',
      '         Gjør dette: Start den.',
      '',
      '2 kontroller: 1 i orden, 0 å se på, 1 feil.',
    ].join('\n'),
  );
});

test('the machine is looked at where the program would write, also before the folder is made', async () => {
  const found = await examineMachine([join(tmpdir(), 'not', 'made', 'yet')]);
  expect(found.map(({ level }) => level)).not.toContain('fault');
  expect(found.at(-1)?.checked).toMatch(/^Disk /);
});

test('files that are missing or no keys, and certificates that have ended, are named with the cure', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ot-bridge-doctor-'));
  try {
    writeFileSync(join(folder, 'ca.crt'), 'ikke et sertifikat');
    writeFileSync(join(folder, 'login.key'), 'ikke en nøkkel');
    const read = readConfig({
      OT_ENVIRONMENT: 'test',
      ORGANISATIONS: 'telemarkfylke-no:40',
      KAFKA_BROKERS: 'kafka.example.no:9093',
      KAFKA_CA_FILE: join(folder, 'ca.crt'),
      DATABASE_URL: 'postgres://ot@db.example.no/ot?sslmode=verify-full',
      VAULT_KEY_FILE: join(folder, 'vault.key'),
      LOGIN_ISSUER: 'https://login.example.no',
      LOGIN_CLIENT_ID: 'ot',
      LOGIN_CLIENT_KEY_FILE: join(folder, 'login.key'),
      POLICY: '{',
    });
    if (!read.ok) throw new Error(read.message);
    const found = await examineSettings(read.config);
    const faults = found.filter(({ level }) => level === 'fault').map(({ checked }) => checked);
    expect(faults).toEqual(['POLICY_FILE', 'Hvelvnøkkel', 'KAFKA_CA_FILE', 'LOGIN_CLIENT_KEY_FILE']);
    for (const { cure, level } of found) expect(cure !== null).toBe(level !== 'ok');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every entry of the runbook that a cure refers to is there', () => {
  const folder = new URL('../../src/doctor/', import.meta.url);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const runbook = readFileSync(new URL('../../docs/driftshandbok.md', import.meta.url), 'utf8');
  const entries = sources.flatMap((source) =>
    [...source.matchAll(/Se (?:([A-Z_]+)|«([^»]+)») i docs\/driftshandbok\.md/g)].map(
      ([, code, title]) => code ?? title ?? '',
    ),
  );
  expect(entries.length).toBeGreaterThan(4);
  for (const entry of entries) expect(runbook).toMatch(new RegExp(`^##+ \`?${entry}\`?$`, 'm'));
});
