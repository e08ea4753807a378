import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Ask } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { formKey } from '../../src/desk/submission/formReport.ts';
import { batch, committed } from '../store/commits.ts';
import { appOf, bodyOf, ORG, problemOf, type TestParts, testParts } from './parts.ts';

const ROOT = `/organisations/${ORG}/receipts`;

async function open(parts: TestParts, minute: number, changes: object = {}): Promise<string> {
  const id = randomUUID();
  await parts.memory.openReceipt({
    ...{ id, org: ORG, feed: 'school-dropout', rows: 2, idempotencyKey: null },
    ...{ sender: 'person:1', institution: '40014', bodyHash: Buffer.alloc(32) },
    received: `2026-10-07T07:${String(minute).padStart(2, '0')}:00.000Z`,
    ...changes,
  });
  return id;
}

test('what was sent is listed with what it was, how far it has come and what its rows start', async () => {
  const parts = testParts();
  const { get } = appOf(parts);
  const lane = await parts.memory.claim({ org: ORG, topic: `${ORG}.ot.event.school-dropout`, partition: 0 });
  const source = { fileHash: Buffer.alloc(32), sheetRows: [4, 17] };
  const file = await open(parts, 1, { source });
  const records = await open(parts, 2, { feed: 'private-school' });
  const form = randomUUID();
  await open(parts, 3, { id: form, rows: 1, idempotencyKey: formKey(parts.vault, form) });
  const row = (
    receipt: string,
    number: number,
    outcome: 'applied' | 'quarantined' | 'parked' | 'duplicate',
  ) => ({
    ...{ receipt, row: number, outcome, problems: [] },
  });
  await committed(
    parts.memory,
    batch(lane, 4n, {
      receipts: [
        ...[row(file, 4, 'applied'), row(file, 17, 'quarantined')],
        ...[row(records, 1, 'applied'), row(records, 2, 'parked'), row(form, 1, 'duplicate')],
      ],
    }),
  );
  const none = { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0, waiting: 0 };
  const common = { feed: 'school-dropout', institution: '40014' };
  expect(await bodyOf(await get(ROOT))).toEqual({
    receipts: [
      {
        ...{ ...common, id: form, received: '2026-10-07T07:03:00.000Z', rows: 1, kind: 'form' },
        // It says nothing new, and starts nothing.
        ...{ stage: 'final', counts: { ...none, duplicate: 1 }, contactBy: null },
      },
      {
        ...{ ...common, feed: 'private-school', id: records, received: '2026-10-07T07:02:00.000Z', rows: 2 },
        ...{ kind: 'records', stage: 'handled', counts: { ...none, applied: 1, parked: 1 }, contactBy: null },
      },
      {
        ...{ ...common, id: file, received: '2026-10-07T07:01:00.000Z', rows: 2, kind: 'file' },
        ...{ stage: 'final', counts: { ...none, applied: 1, quarantined: 1 }, contactBy: '2026-10-14' },
      },
    ],
    next: null,
  });
});

test('pages and feeds: each is shown once, and what is no page of ours is refused', async () => {
  const parts = testParts();
  const { get } = appOf(parts);
  for (let minute = 0; minute < 5; minute += 1) await open(parts, minute);
  await open(parts, 9, { feed: 'vigo-intake' });
  const seen: string[] = [];
  let after = '';
  for (;;) {
    const page = await bodyOf(await get(`${ROOT}?feed=school-dropout&limit=2${after}`));
    seen.push(...page.receipts.map(({ received }: { received: string }) => received.slice(14, 16)));
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(seen).toEqual(['04', '03', '02', '01', '00']);
  for (const query of ['after=ikke-vår', 'limit=0', 'limit=501', 'feed=finnes-ikke', 'feed=']) {
    const answer = await get(`${ROOT}?${query}`);
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:INVALID_REQUEST');
  }
});

test('ot kvittering without an id lists them', async () => {
  const parts = testParts();
  const { get } = appOf(parts);
  const ask: Ask = async (path) => {
    const response = await get(path);
    return { status: response.status, value: await response.json() };
  };
  const run = () => COMMANDS.kvittering?.run(ask, [ORG]);
  expect(await run()).toBe('Ingenting er sendt ennå.');
  const id = await open(parts, 5, { rows: 1_200 });
  expect(await run()).toBe(
    `07.10.2026 kl. 09.05 · MOTTATT · school-dropout · 1\u00a0200 rader, fra et system, 1\u00a0200 ikke behandlet, OTs frist for kontakt 14.10.2026\n  ${id}`,
  );
  for (let minute = 10; minute < 35; minute += 1) await open(parts, minute);
  expect((await run())?.split('\n').at(-1)).toBe('Det finnes flere, eldre innsendinger.');
});
