import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { maskNumbers } from '../../src/core/person/numberInText.ts';
import { readCheckpoints, signCheckpoint } from '../../src/store/auditSeal.ts';
import { checkpointLines, writeCheckpoint } from '../../src/store/checkpointFiles.ts';
import { groupedAppend } from '../../src/store/groupedAppend.ts';
import { auditEntry } from './auditContract.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(privateKey);
const checkpoint = {
  chain: orgId('telemarkfylke-no'),
  seq: 42,
  // Eleven digits between letters, as one hash in twenty has.
  hash: `ab14830989960c${'d'.repeat(50)}`,
  at: '2026-11-29T01:00:00.000Z',
};

test('a signed checkpoint is read back from its file, and from a log that masks identity numbers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ot-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const signed = signCheckpoint(privateKey, checkpoint);
  writeCheckpoint(join(folder, 'a'), signed);
  writeCheckpoint(join(folder, 'a'), signed);
  expect(readCheckpoints(checkpointLines(join(folder, 'a')), [publicKey])).toEqual({
    checkpoints: [checkpoint, checkpoint],
    invalid: 0,
  });
  const log = maskNumbers(
    `{"event":"app.started"}\n${JSON.stringify({ level: 'info', event: 'audit.checkpoint', ...signed })}\n`,
  );
  expect(readCheckpoints(log, [publicKey])).toEqual({ checkpoints: [checkpoint], invalid: 0 });
  expect(checkpointLines(join(folder, 'none'))).toBe('');
});

test.each([
  ['another number', { seq: 43 }],
  ['another hash', { hash: Buffer.alloc(32).toString('base64') }],
  ['another time', { at: '2026-11-29T02:00:00.000Z' }],
  ['another organisation', { org: 'vestfoldfylke-no' }],
  ['a number that is none', { seq: '42' }],
])('a checkpoint with %s is not signed', (_what, change) => {
  const line = JSON.stringify({ ...signCheckpoint(privateKey, checkpoint), ...change });
  expect(readCheckpoints(line, [publicKey])).toEqual({ checkpoints: [], invalid: 1 });
});

test('a checkpoint of another key counts as forged, unless that key is given too', () => {
  const other = generateKeyPairSync('ed25519');
  const line = JSON.stringify(signCheckpoint(other.privateKey, checkpoint));
  expect(readCheckpoints(line, [publicKey]).invalid).toBe(1);
  expect(readCheckpoints(line, [publicKey, other.publicKey]).checkpoints).toEqual([checkpoint]);
});

test('what is to be added while a call is under way goes together in the next, and fails together', async () => {
  const calls: number[] = [];
  let release: (() => void) | undefined;
  const append = groupedAppend(async (entries) => {
    calls.push(entries.length);
    if (calls.length === 1)
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    if (calls.length === 2) throw new Error('no database');
  });
  const one = { chain: checkpoint.chain, entry: auditEntry() };
  const first = append([one]);
  const rest = [append([one]), append([one, one])];
  release?.();
  await first;
  expect((await Promise.allSettled(rest)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await append([one]);
  expect(calls).toEqual([1, 3, 1]);
});
