import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../src/core/access/role.ts';
import { LANGUAGES, type Language } from '../../src/core/language.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { type BulkWorld, bulkWorld, CONTACT } from '../desk/bulkWorld.ts';
import { batch, claimed, committed, newRef } from '../store/commits.ts';
import { pagesOf } from './adviserPages.ts';

// What a page weighs as it is sent, uncompressed: one that is read after the first is to come in 15 kB, over the line of a
// school or a phone. Lists are measured with full rows.

const RECEIVED = '2026-10-07T07:00:00.000Z';
const MANY = 53;
const GOAL = 15_000;

let world: BulkWorld;
let failed: string;

beforeAll(async () => {
  world = await bulkWorld(79);
  const turned = await world.make({ act: { ...CONTACT, date: '2026-10-20' } });
  failed = turned.id;
  await world.move(failed, 'running');
  await world.work();
  await receipts();
  await stopped();
});

async function receipts() {
  const { parts, pipeline } = world;
  for (let sent = 0; sent < MANY; sent += 1)
    await parts.operations.openReceipt({
      ...{ id: randomUUID(), org: pipeline.org, feed: 'school-dropout', rows: 1, idempotencyKey: null },
      ...{ sender: 'person:x', institution: '40014', bodyHash: Buffer.alloc(32) },
      received: `2026-10-0${(sent % 6) + 1}T08:00:00.000Z`,
    });
}

/** Groups of the quarantine, each of one field, and youths who wait. */
async function stopped() {
  const { store, org } = world.pipeline;
  const lane = await claimed(store, org, 7);
  const each = Array.from({ length: MANY }, (_, at) => at);
  const sealed = Buffer.from('{}');
  const quarantined = each.map((at) => {
    const field = `felt-${at}`;
    const text = FIELD.nb.missing(field);
    const problem = { code: 'MISSING_FIELD' as const, field, text, cure: 'Fyll inn feltet.' };
    const where = { id: randomUUID(), offset: lane.nextOffset + BigInt(at), received: RECEIVED };
    return { ...where, problems: [problem], receipt: null, row: null, sealed };
  });
  const parked = each.map((at) => ({
    ...{ offset: lane.nextOffset + BigInt(MANY + at), ref: newRef(), received: RECEIVED },
    ...{ reason: 'decision-failed', sealed },
  }));
  await committed(store, batch(lane, lane.nextOffset + BigInt(2 * MANY), { quarantined, parked }));
}

interface Weighed {
  path(): string;
  role: Role;
  /** Rows below headings; undefined: it is no list. */
  rows?: number;
  /** Bytes. */
  most: number;
}

const listOf = (role: Role, path: string, { rows = 50 } = {}): Weighed => ({
  role,
  path: () => path,
  rows,
  most: GOAL,
});

const PAGES: Readonly<Record<string, Weighed>> = {
  'a worklist of registrations': listOf('leder', '/arbeidsliste/no-contact'),
  'a worklist of alerts': listOf('leder', '/arbeidsliste/deadlines'),
  // Each row names each party and each consent.
  'whom to ask for consent': listOf('leder', '/arbeidsliste/ask-consent', { rows: 25 }),
  'those who get a letter': listOf('leder', '/brev/W24', { rows: 40 }),
  'those who get no letter': listOf('leder', '/brev/W25', { rows: 40 }),
  receipts: listOf('leder', '/lister', { rows: 40 }),
  'the quarantine': listOf('drift', '/karantene'),
  'youths who wait': listOf('drift', '/ventende'),
  'what did not go of a job on many': { ...listOf('leder', ''), path: () => `/samlet/${failed}/gikk-ikke` },
  'what to do for many': { role: 'leder', path: () => '/samlet/ny?liste=no-contact', most: GOAL },
  'the first page': { role: 'leder', path: () => '/', most: GOAL },
  'the wheel of the year': { role: 'leder', path: () => '/hjul', most: GOAL },
};

const CASES = Object.keys(PAGES).flatMap((name) =>
  (Object.keys(LANGUAGES) as Language[]).map((language) => [name, language] as const),
);

describe('the weight of', () => {
  test.each(CASES)('%s (%s)', async (name, language) => {
    const page = PAGES[name];
    if (page === undefined) throw new Error('no such page');
    const cookie = `ot-sprak=${language}`;
    const text = await pagesOf(world, page.role).text(page.path(), { cookie });
    expect(text).toContain(`<html lang="${language}"`);
    if (page.rows !== undefined) expect(text.match(/<tr><th scope="row">/g)).toHaveLength(page.rows);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(page.most);
  });
});
