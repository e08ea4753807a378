import { describe, expect, test } from 'vitest';
import { contact } from '../harness/feedRecords.ts';
import { TELEMARK } from '../harness/leaver.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { inMemory, type Stage } from '../harness/stage.ts';
import { dropout } from './parts.ts';

const AT = '2026-10-07T07:12:00.000Z';

async function county(people: number): Promise<Stage> {
  const stage = await inMemory(TELEMARK);
  const reports = crowd(9, people).map((each) => dropout({ ...each, avbruddsdato: '2026-10-06' }));
  await stage.send(AT, 'school-dropout', ...reports);
  return stage;
}

interface Page {
  next: string | null;
  total: number;
}

async function pages(stage: Stage, path: string, between?: (page: number) => Promise<void>): Promise<Page[]> {
  const found: Page[] = [];
  for (let after = ''; ; ) {
    const { status: code, body } = await stage.get(`${path}${after && `&after=${after}`}`);
    expect(code).toBe(200);
    const page = body as unknown as Page;
    found.push(page);
    if (page.next === null) return found;
    after = encodeURIComponent(page.next);
    await between?.(found.length);
  }
}

const refsIn = (page: Page) =>
  Object.values(page).flatMap((each) => (Array.isArray(each) ? each.map(({ ref }) => ref as string) : []));

describe('pages', () => {
  test.each(['worklists/no-contact?limit=3', 'letters/W24?schoolYear=2026-27&limit=3'])(
    '%s gives every line once, three at a time',
    async (path) => {
      const stage = await county(8);
      const [whole] = await pages(stage, path.replace('limit=3', 'limit=500'));
      const all = await pages(stage, path);
      expect(all.flatMap(refsIn)).toEqual(whole === undefined ? [] : refsIn(whole));
      expect(all.map((page) => refsIn(page).length).every((count) => count <= 3)).toBe(true);
      expect(new Set(all.map(({ total }) => total))).toEqual(new Set([refsIn(whole ?? all[0]!).length]));
    },
  );

  test('who leaves a worklist between two pages moves no person past the reader', async () => {
    const stage = await county(6);
    const listed = (await pages(stage, 'worklists/no-contact?limit=500')).flatMap(refsIn);
    const [gone] = crowd(9, 6);
    if (gone === undefined) throw new Error('no such youth');
    const goneRef = await stage.ref(gone.fodselsnummer);
    const seen = (
      await pages(stage, 'worklists/no-contact?limit=2', async (page) => {
        if (page === 1) await stage.send(AT, 'ot-adviser', contact(gone, '2026-10-07'));
      })
    ).flatMap(refsIn);
    expect((await pages(stage, 'worklists/no-contact?limit=500')).flatMap(refsIn)).not.toContain(goneRef);
    expect(seen.filter((ref) => ref !== goneRef)).toEqual(listed.filter((ref) => ref !== goneRef));
  });

  test('a unit sees its own lines, and none of another', async () => {
    const stage = await county(3);
    for (const path of ['worklists/no-contact?', 'letters/W24?schoolYear=2026-27&']) {
      expect((await pages(stage, `${path}owner=40200`)).flatMap(refsIn)).not.toEqual([]);
      expect((await pages(stage, `${path}owner=40299`)).flatMap(refsIn)).toEqual([]);
      expect((await stage.get(`${path}owner=40`)).status).toBe(400);
    }
  });
});
