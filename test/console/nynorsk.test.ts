import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/core/access/role.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { appOf } from '../api/parts.ts';
import { type BulkWorld, bulkWorld, CONTACT, REASON } from '../desk/bulkWorld.ts';
import { batch, claimed, committed, newRef } from '../store/commits.ts';
import { pagesOf } from './adviserPages.ts';
import type { AdviserWorld } from './adviserWorld.ts';
import { BOKMAL_WORDS } from './bokmalWords.ts';
import { navWorld } from './navWorld.ts';

// Every page in nynorsk, found by its links: nothing of it is in bokmål, but what is marked or quoted as such.

const COOKIE = { cookie: 'ot-sprak=nn' };
const RECEIVED = '2026-10-07T07:00:00.000Z';
/** Of pages with the same address but for an id or a page of a list. */
const MOST_ALIKE = 8;
/** Shown only after what was filled in, or of what this county has none of. */
const NOT_LINKED: ReadonlySet<string> = new Set([
  '/lister/ny/{feed}/{id}',
  '/lister/ny/{feed}/{id}/sjekk',
  '/lister/ny/{feed}/{id}/feilfil',
  '/meld/{feed}/{type}/{id}',
  '/meld/{feed}/{type}/{id}/endre',
  '/prov/{feed}/resultat/{id}',
  '/samlet/se',
  '/samlet/{id}/kommet-til',
  '/lister/{id}/rad/{row}',
  '/flyt/liste/{list}/{run}',
  '/mottakere/{id}',
  '/karantene/arbeid/{id}',
  '/klokke',
  '/meld/{feed}',
  '/rapporter/{report}/regneark',
  '/samlet/{id}/ikke-med',
  '/samlet/{id}/ikke-med/fil',
]);

async function county(): Promise<BulkWorld> {
  const world = await bulkWorld(4);
  const { parts, pipeline } = world;
  const { id } = await world.make({ act: { ...CONTACT, date: '2026-10-20' } });
  await world.move(id, 'running');
  await world.work();
  await pipeline.send('school-dropout', [{ id: 'mangler', type: 'avbrudd', version: 1 }], {
    at: RECEIVED,
  });
  await world.settle();
  await parts.operations.openReceipt({
    ...{ id: randomUUID(), org: pipeline.org, feed: 'school-dropout', rows: 1, idempotencyKey: null },
    ...{ sender: 'person:x', institution: '40014', bodyHash: Buffer.alloc(32), received: RECEIVED },
  });
  const lane = await claimed(pipeline.store, pipeline.org, 7);
  const problem = {
    ...{ code: 'MISSING_FIELD' as const, field: 'dato', text: FIELD.nb.missing('dato') },
    cure: 'Fyll inn feltet og send raden på nytt.',
  };
  const sealed = Buffer.from('{}');
  const where = { id: randomUUID(), offset: lane.nextOffset, received: RECEIVED };
  const quarantined = [{ ...where, problems: [problem], receipt: null, row: null, sealed }];
  const parked = [
    {
      ...{ offset: lane.nextOffset + 1n, ref: newRef(), received: RECEIVED },
      ...{ reason: 'decision-failed', sealed },
    },
  ];
  await committed(pipeline.store, batch(lane, lane.nextOffset + 2n, { quarantined, parked }));
  return world;
}

/** What is shown and read, without what is marked as bokmål, quoted, or of a person's own making. */
function shownText(page: string): string {
  return (
    page
      .replaceAll(/<(blockquote|span)[^>]* lang="nb"[^>]*>[\s\S]*?<\/\1>/g, ' ')
      .replaceAll(/<option[^>]* lang="nb"[^>]*>[^<]*/g, ' ')
      .replaceAll(/<(code|textarea|script|style)\b[\s\S]*?<\/\1>/g, ' ')
      .replaceAll(/<[^>]*?(?:aria-label|title)="([^"]*)"[^>]*>/g, ' $1 ')
      .replaceAll(/<[^>]*>/g, '\n')
      .replaceAll(REASON, ' ')
      .replaceAll(/«[^»]*»/g, ' ')
      // Codes are as they are.
      .replaceAll(/\b[A-Z]+_[A-Z_]+\b/g, ' ')
  );
}

function bokmalIn(page: string): string[] {
  return shownText(page)
    .split('\n')
    .filter((line) => BOKMAL_WORDS.test(line))
    .map((line) => line.trim());
}

const patternOf = (path: string, patterns: readonly string[]) =>
  patterns.find((each) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)) ?? path;

async function walk(world: Pick<AdviserWorld, 'parts' | 'pipeline'>, role: Role) {
  const { org } = world.pipeline;
  const base = `/k/${org}`;
  const { pages } = appOf(world.parts);
  // Those without an id first: `/samlet/ny` is no job.
  const patterns = pages
    .flatMap(({ method, path }) => (method === 'get' ? [path.replace('/k/{org}', '')] : []))
    .toSorted((one, other) => one.split('{').length - other.split('{').length);
  const as = pagesOf(world, role);
  const found: string[] = [];
  const seen = new Map<string, number>();
  const met = new Set<string>();
  const next = ['/'];
  for (let at = next.shift(); at !== undefined; at = next.shift()) {
    const answer = await as.get(at, COOKIE);
    // Files are read as pages are; but not the support file, which is for developers.
    if (!/^text\/(html|csv)/.test(answer.headers.get('content-type') ?? '')) continue;
    const page = await answer.text();
    found.push(...bokmalIn(page).map((line) => `${at}: ${line}`));
    for (const [, href = ''] of page.matchAll(/href="([^"#]+)/g)) {
      const { pathname, search } = new URL(href.replaceAll('&amp;', '&'), `http://localhost${base}${at}`);
      const to = `${pathname}${search}`;
      if (!to.startsWith(`${base}/`) || met.has(to)) continue;
      met.add(to);
      const path = to.slice(base.length);
      const pattern = patternOf(path.split('?')[0] ?? path, patterns);
      const times = (seen.get(pattern) ?? 0) + 1;
      seen.set(pattern, times);
      if (times <= MOST_ALIKE) next.push(path);
    }
  }
  return { found, seen: new Set(seen.keys()), patterns };
}

let world: BulkWorld;
beforeAll(async () => {
  world = await county();
});

describe('no page in nynorsk has bokmål on it', () => {
  const walked = new Set<string>();
  let patterns: readonly string[] = [];

  test.each(Object.keys(ROLES) as Role[])('%s', async (role) => {
    const found = await walk(world, role);
    for (const each of found.seen) walked.add(each);
    patterns = found.patterns;
    expect([...new Set(found.found)]).toEqual([]);
  });

  test.each(['leder', 'personvern', 'nav'] as const)('%s, where NAV has been asked', async (role) => {
    const found = await walk(await navWorld(), role);
    for (const each of found.seen) walked.add(each);
    expect([...new Set(found.found)]).toEqual([]);
  });

  test('and every page was seen that a link leads to', () => {
    const missed = patterns.filter((each) => !walked.has(each) && !NOT_LINKED.has(each));
    expect(missed).toEqual([]);
  });
});

test('a word of bokmål is found, and one that is marked is not', () => {
  expect(bokmalIn('<p>Lista er ikke tom')).toEqual(['Lista er ikke tom']);
  expect(bokmalIn('<a aria-label="Opne listen">Opne</a>')).toEqual(['Opne listen Opne']);
  expect(bokmalIn('<p>Lista er ikkje tom <span lang="nb">Skole i et annet fylke</span>')).toEqual([]);
});
