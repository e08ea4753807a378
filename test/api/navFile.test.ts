import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nav } from '../../src/cli/nav.ts';
import { NAV_FILE, navFile } from '../../src/reports/navListFile.ts';
import { agreementOf } from '../harness/agreement.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { bothSides, consent, followed } from '../harness/navMonth.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { stageOver } from '../harness/stage.ts';

// The list as a file, in both its forms: the same bytes as its sums, and disclosed as a page is.

const GIVEN = '2026-10-05T08:00:00.000Z';
const EXTRACTED = '2026-11-02T08:00:00.000Z';
const TAKEN_BACK = '2026-11-03T08:00:00.000Z';
const LIST = 'nav/batches/B-2026-11';
const ROWS = `${LIST}/rows`;

async function listOf(youths: readonly ReturnType<typeof crowd>[number][]) {
  const pipeline = await createTestPipeline({ county: '46', agreements: [] });
  await pipeline.store.registerAgreement(agreementOf(pipeline.org));
  const stage = stageOver(pipeline, '2026-10-01T06:00:00.000Z');
  await followed(
    stage,
    youths,
    youths.flatMap((who) => bothSides(who, GIVEN)),
  );
  await stage.extract(EXTRACTED, '2026-11');
  const api = apiInMemory(pipeline, () => TAKEN_BACK);
  const file = async (accept: string, query = '') => {
    const answer = await api.request(`${ROWS}${query}`, { headers: { accept } });
    expect(answer.status).toBe(200);
    // The text of an answer lacks its byte order mark.
    const content = Buffer.from(await answer.bytes()).toString();
    return { content, type: answer.headers.get('content-type'), named: answer.headers };
  };
  const disclosed = async () =>
    (
      await pipeline.store.navDisclosures(pipeline.org, {
        ref: null,
        batch: null,
        before: null,
        limit: 1_000,
      })
    ).filter(({ how }) => how === 'fetch');
  return { pipeline, stage, api, file, disclosed };
}

test('as CSV and as JSON Lines the list is the same bytes each time, and the manifest has the sum of each', async () => {
  const youths = crowd(61, 5);
  const { stage, file } = await listOf(youths);
  const { body } = await stage.get(LIST);
  const csv = await file('text/csv');
  const lines = await file('application/x-ndjson');
  expect(hash('sha256', csv.content)).toBe(body.sha256Csv);
  expect(hash('sha256', lines.content)).toBe(body.sha256);
  expect(await file('text/csv')).toMatchObject({ content: csv.content });
  expect(csv.type).toBe('text/csv; charset=utf-8');
  expect(lines.type).toBe('application/x-ndjson');
  expect(csv.named.get('content-disposition')).toBe('attachment; filename="B-2026-11.csv"');
  expect(lines.named.get('content-disposition')).toBe('attachment; filename="B-2026-11.jsonl"');
  const { rows } = (await stage.get(ROWS)).body as { rows: Record<string, string>[] };
  expect(csv.content.split('\r\n')).toEqual([
    '\uFEFFmatchId;fodselsnummer;samtykke',
    ...rows.map(({ matchId, fodselsnummer, samtykke }) => `${matchId};${fodselsnummer};${samtykke}`),
    '',
  ]);
  expect(
    lines.content
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each)),
  ).toEqual(rows);
  expect(rows.map(({ fodselsnummer }) => fodselsnummer).sort()).toEqual(
    youths.map(({ fodselsnummer }) => fodselsnummer).sort(),
  );
});

test('each row of a file is a disclosure on record, as by a page; who has taken consent back is in none of them', async () => {
  const youths = crowd(62, 4);
  const { pipeline, stage, api, file, disclosed } = await listOf(youths);
  await stage.get(ROWS);
  const byPage = await disclosed();
  await file('text/csv');
  await file('application/x-ndjson');
  const all = await disclosed();
  const bare = ({ at: _at, seq: _seq, ...each }: (typeof all)[number]) => each;
  expect(all).toHaveLength(12);
  for (const from of [4, 8]) expect(all.slice(from, from + 4).map(bare)).toEqual(byPage.map(bare));
  const [gone] = youths;
  await stage.send(TAKEN_BACK, 'consent', consent(gone!, 'A', 'TRUKKET', TAKEN_BACK));
  for (const accept of ['text/csv', 'application/x-ndjson']) {
    const { content } = await file(accept);
    expect(content).not.toContain(gone!.fodselsnummer);
    expect(content.split(/\r?\n/).filter((line) => line.includes('pw_'))).toHaveLength(3);
  }
  expect(await disclosed()).toHaveLength(18);
  await pipeline.store.revokeAgreement(pipeline.org, (await pipeline.store.agreements(pipeline.org))[0]!.id, {
    at: EXTRACTED,
    by: 'f',
    reason: 'Sagt opp.',
  });
  const refused = await api.request(ROWS, { headers: { accept: 'text/csv' } });
  expect(refused.status).toBe(409);
  expect(await refused.text()).not.toContain('pw_');
});

test('a file has all rows from where it begins, whatever the size of a page', async () => {
  const { file, stage } = await listOf(crowd(63, 3));
  const { rows } = (await stage.get(ROWS)).body as { rows: { matchId: string }[] };
  const { content } = await file('application/x-ndjson', `?limit=1&after=${rows[0]!.matchId}`);
  expect(content.match(/pw_[a-z2-7]+/g)).toEqual(rows.slice(1).map(({ matchId }) => matchId));
});

test('the command line writes the file that the sums are of, for its owner alone, and over none', async () => {
  const { api, stage, disclosed } = await listOf(crowd(64, 3));
  const ask = async (path: string, body?: unknown) => {
    const rest = path.replace(/^\/organisations\/[^/]+\//, '');
    const answer = await (body === undefined ? api.get(rest) : api.post(rest, body, {}));
    return { status: answer.status, value: await answer.json() };
  };
  const folder = mkdtempSync(join(tmpdir(), 'nav-list-'));
  const { sha256, sha256Csv } = (await stage.get(LIST)).body;
  for (const [ending, sum] of [
    ['csv', sha256Csv],
    ['jsonl', sha256],
  ]) {
    const path = join(folder, `B-2026-11.${ending}`);
    const said = await nav.run(ask, ['uttrekk', stage.org, '2026-11', path]);
    expect(said).toContain('3 rader av 3. Hver rad er ført som utlevert til 889640782.');
    expect(hash('sha256', readFileSync(path))).toBe(sum);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(nav.run(ask, ['uttrekk', stage.org, '2026-11', path])).rejects.toThrow('Den finnes alt.');
  }
  expect((await disclosed()).length).toBeGreaterThanOrEqual(6);
  const other = join(folder, 'B-2026-11.xls');
  await expect(nav.run(ask, ['uttrekk', stage.org, '2026-11', other])).rejects.toThrow('.csv eller .jsonl');
});

test('a cell that a spreadsheet would run is marked as text, by the rule of all tables', () => {
  const row = { matchId: 'pw_a', fodselsnummer: '=1+1', samtykke: 'a;"b' };
  expect(navFile('csv', [row])).toBe(`${NAV_FILE.csv.head}pw_a;'=1+1;"a;""b"\r\n`);
});
