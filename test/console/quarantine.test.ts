import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Lane } from '../../src/core/lane.ts';
import type { Problem } from '../../src/core/problem.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { packRecord } from '../../src/wire/sealedRecord.ts';
import { person } from '../access/callers.ts';
import { ORG, type TestParts, testParts } from '../api/parts.ts';
import { holdRole } from '../harness/heldRole.ts';
import { workJobs } from '../harness/workJobs.ts';
import { batch, claimed, committed, newRef } from '../store/commits.ts';
import { pagesAs } from './rolePages.ts';

// The pages of the quarantine without a browser: what is long comes page by page, by links alone.

const RECEIVED = '2026-10-07T07:00:00.000Z';
const REASON = 'Feilen er rettet.';
const NYNORSK = { cookie: 'ot-sprak=nn' };

let parts: TestParts;
let lane: Lane;

beforeEach(async () => {
  parts = testParts();
  lane = await claimed(parts.memory, ORG);
  await holdRole(parts.accessRecords, person([]), { org: ORG, role: 'drift' });
});

const problem = (field: string): Problem => ({
  ...{
    code: 'MISSING_FIELD',
    field,
    text: FIELD.nb.missing(field),
    cure: 'Fyll inn feltet og send raden på nytt.',
  },
});

async function keep(fields: readonly string[]) {
  const quarantined = fields.map((field, each) => ({
    ...{
      id: randomUUID(),
      offset: lane.nextOffset + BigInt(each),
      received: RECEIVED,
      problems: [problem(field)],
    },
    ...{ receipt: null, row: null, sealed: parts.vault.seal(Buffer.from('{}')) },
  }));
  await committed(parts.memory, batch(lane, lane.nextOffset + BigInt(fields.length), { quarantined }));
}

async function park(count: number) {
  const parked = Array.from({ length: count }, (_, each) => ({
    ...{
      offset: lane.nextOffset + BigInt(each),
      ref: newRef(),
      received: RECEIVED,
      reason: 'decision-failed',
    },
    sealed: parts.vault.seal(packRecord({ value: Buffer.from('{}'), headers: {} })),
  }));
  await committed(parts.memory, batch(lane, lane.nextOffset + BigInt(count), { parked }));
}

/** Rows of all tables of the page, without headings. */
const rowsOf = (page: string) => page.match(/<tr><th scope="row"/g)?.length ?? 0;
/** Path of the first group. */
const groupIn = (page: string) => `/${/karantene\/gruppe\/[0-9a-f-]{36}/.exec(page)?.[0]}`;
const nextOf = (page: string) =>
  /href="\/k\/[^"]*?(\/[^"]+)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&');

/** Every page of a list, from the first, by its links. */
async function pagesFrom(path: string, { text } = pagesAs(parts, 'drift')): Promise<string[]> {
  const pages: string[] = [];
  for (let at: string | undefined = path; at !== undefined && pages.length < 10; ) {
    const page = await text(at);
    pages.push(page);
    at = nextOf(page);
  }
  return pages;
}

describe('Karantene', () => {
  test('shows fifty groups at a time, all of them by the links, and counts all', async () => {
    await keep(Array.from({ length: 120 }, (_, each) => `felt${each}`));
    const pages = await pagesFrom('/karantene');
    expect(pages.map(rowsOf)).toEqual([50, 50, 20]);
    expect(pages.every((page) => page.includes('120 meldinger venter på noen.'))).toBe(true);
    const groups = pages.flatMap((page) => page.match(/karantene\/gruppe\/[0-9a-f-]{36}/g) ?? []);
    expect(new Set(groups).size).toBe(120);
    expect(pages[0]).not.toContain('Til første side');
    expect(pages[2]).toContain('Til første side');
  });

  test('says in nynorsk what is wrong, and reads an address that is none of its own as the first page', async () => {
    await keep(['dato', 'dato']);
    const page = await pagesAs(parts, 'drift').text('/karantene?etter=tull', NYNORSK);
    expect(page).toContain('Feltet «dato» manglar.');
    expect(page).not.toContain('mangler');
    expect(rowsOf(page)).toBe(1);
  });

  test('a group that grows while it is looked at is handled, and the rest is named', async () => {
    await keep(['dato', 'dato']);
    const pages = pagesAs(parts, 'drift');
    const group = groupIn(await pages.text('/karantene'));
    const seen = /name="antall" value="2">\s*<input type="hidden" name="til" value="([^"]+)"/.exec(
      await pages.text(group),
    )?.[1];
    expect(seen).toBe(RECEIVED);
    const later = {
      ...{ id: randomUUID(), offset: lane.nextOffset, received: '2026-10-07T08:00:00.000Z' },
      ...{
        problems: [problem('dato')],
        receipt: null,
        row: null,
        sealed: parts.vault.seal(Buffer.from('{}')),
      },
    };
    await committed(parts.memory, batch(lane, lane.nextOffset + 1n, { quarantined: [later] }));
    const filled = { hva: 'bort', antall: '2', 'grunn-bort': REASON };
    const refused = await pages.post(group, { ...filled, til: 'nå' });
    expect(await refused.text()).toContain('Gruppen har nå 3 poster.');
    const begun = await pages.post(group, { ...filled, til: RECEIVED });
    expect(begun.status).toBe(303);
    const work = (begun.headers.get('location') ?? '').replace(/^\/k\/[^/]+/, '');
    expect(await pages.text(work)).toContain('Arbeidet er i gang.');
    await workJobs(parts);
    expect(await pages.text(work)).toContain('Arbeidet er ferdig.');
    expect(await pages.text(work)).toContain('1 melding kom etter at du så gruppen, og er ikke med.');
    expect(await pages.text(work, NYNORSK)).toContain(
      '1 melding kom etter at du såg gruppa, og er ikkje med.',
    );
    expect(await pages.text('/karantene')).toContain('1 melding venter på noen.');
  });

  test('shows fifty failures of an act at a time', async () => {
    await keep(Array.from({ length: 70 }, () => 'dato'));
    const pages = pagesAs(parts, 'drift');
    const group = groupIn(await pages.text('/karantene'));
    const open = await parts.memory.quarantine(ORG, { status: 'open', limit: 100, after: null });
    for (const { id } of open) await parts.memory.claimQuarantine(ORG, id);
    const begun = await pages.post(group, { hva: 'bort', antall: '70', til: RECEIVED, 'grunn-bort': REASON });
    const work = (begun.headers.get('location') ?? '').replace(/^\/k\/[^/]+/, '');
    expect(await pages.text(work)).toContain('Arbeidet er i gang.');
    await workJobs(parts);
    expect(await pages.text(work)).toContain('Arbeidet er ferdig.');
    const shown = await pagesFrom(work, pages);
    expect(shown.map(rowsOf)).toEqual([50, 20]);
    expect(shown[0]).toContain('De som ikke gikk (70)');
    expect(await pages.text(work, NYNORSK)).toContain('Ein annan behandlar posten akkurat no.');
  });
});

describe('Ventende', () => {
  test('shows fifty youths at a time, and lets one of a later page go on', async () => {
    await park(60);
    const pages = await pagesFrom('/ventende');
    expect(pages.map(rowsOf)).toEqual([50, 10]);
    expect(pages[0]).toContain('Ungdommer: 60. Meldinger: 60.');
    const [, second = ''] = pages;
    expect(second).toContain('Alle som venter');
    const cursor = /name="etter" value="([^"]+)"/.exec(second)?.[1] ?? '';
    const ref = /<option value="([0-9a-f-]{36})"/.exec(second)?.[1] ?? '';
    const feed = /name="strom" value="([^"]+)"/.exec(second)?.[1] ?? '';
    const form = { strom: feed, etter: cursor, [`grunn-${feed}`]: REASON };
    const answer = await pagesAs(parts, 'drift').post('/ventende', { ...form, [`hvem-${feed}`]: ref });
    expect(answer.status).toBe(303);
    expect(await parts.memory.parkedCount(ORG)).toBe(59);
    const nobody = await pagesAs(parts, 'drift').post('/ventende', { ...form, [`hvem-${feed}`]: newRef() });
    expect(nobody.status).toBe(422);
    const another = {
      ...form,
      strom: 'finnes-ikke',
      'hvem-finnes-ikke': 'alle',
      'grunn-finnes-ikke': REASON,
    };
    expect((await pagesAs(parts, 'drift').post('/ventende', another)).status).toBe(422);
    const all = await pagesAs(parts, 'drift').post('/ventende', { ...form, [`hvem-${feed}`]: 'alle' });
    expect(all.status).toBe(303);
    const work = (all.headers.get('location') ?? '').replace(/^\/k\/[^/]+/, '');
    expect(await pagesAs(parts, 'drift').text(work)).toContain('0 av 59 er behandlet.');
    expect(await parts.memory.parkedCount(ORG)).toBe(59);
    await workJobs(parts);
    expect(await parts.memory.parkedCount(ORG)).toBe(0);
    const done = await pagesAs(parts, 'drift').text(work);
    expect(done).toContain('De som ventet, går videre.');
    expect(done).toContain('59 av 59 er behandlet. Arbeidet er ferdig.');
    expect(await pagesAs(parts, 'drift').text(`/ventende?strom=${feed}`)).toContain('Ingen venter.');
  });
});

test('what came is said relative to the clock of the county', async () => {
  const id = randomUUID();
  await parts.memory.openReceipt({
    ...{ id, org: ORG, feed: 'vigo-intake', rows: 1, idempotencyKey: null, received: RECEIVED },
    ...{ sender: 'machine', institution: '40014', bodyHash: Buffer.alloc(32) },
  });
  const virtualNow = async () => '2026-10-09T07:00:00.000Z';
  parts = { ...parts, operations: { ...parts.operations, virtualNow } };
  const pages = pagesAs(parts, 'inntak');
  expect(await pages.text(`/lister/${id}`)).toContain('for 2 dager siden');
  expect(await pages.text('/lister')).toContain('for 2 dager siden');
});
