import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChainedEntry } from '../../src/store/auditPort.ts';
import { appOf, bodyOf, NOW, ORG, OTHER_PERSON, PERSON, SAMPLE, testParts } from './parts.ts';
import { seedYouth } from './seed.ts';

const AT = `/organisations/${ORG}/fint/utdanning`;

async function world() {
  const parts = testParts();
  // As the pipeline leaves a youth: judged at a moment.
  const refs = [await seedYouth(parts, PERSON), await seedYouth(parts, OTHER_PERSON)].sort();
  return { parts, refs, ...appOf(parts) };
}

test('youths are answered in FINT’s form, page by page, with the address of the next', async () => {
  const { get, refs } = await world();
  const first = await bodyOf(await get(`${AT}/ot/otungdom?size=1`));
  expect(first).toMatchObject({ total_items: 2, size: 1, offset: 0 });
  const [entry] = first._embedded._entries;
  expect(entry.systemId.identifikatorverdi).toBe(refs[0]);
  expect(entry._links.status[0].href).toBe(`http://localhost${AT}/kodeverk/otstatus/systemid/OTUK`);
  const next = new URL(first._links.next[0].href);
  const second = await bodyOf(await get(next.pathname + next.search));
  expect(second._embedded._entries[0].systemId.identifikatorverdi).toBe(refs[1]);
  expect(second._links).not.toHaveProperty('next');
  for (const link of [entry._links.self, entry._links.status, entry._links.enhet])
    expect((await get(new URL(link[0].href).pathname)).status).toBe(200);
});

test('what has not changed since a moment is left out, and an unchanged answer is 304', async () => {
  const { get, app, parts } = await world();
  expect(await bodyOf(await get(`${AT}/ot/otungdom?sinceTimeStamp=${NOW}`))).toMatchObject({
    total_items: 2,
  });
  expect(await bodyOf(await get(`${AT}/ot/otungdom?sinceTimeStamp=${NOW + 1}`))).toMatchObject({
    total_items: 0,
  });
  expect(await bodyOf(await get(`${AT}/ot/otungdom/last-updated`))).toEqual({ lastUpdated: String(NOW) });
  expect(await bodyOf(await get(`${AT}/ot/otungdom/cache/size`))).toEqual({ size: 2 });
  for (const path of ['ot/otungdom', 'kodeverk/otstatus', 'kodeverk/otenhet']) {
    const etag = (await get(`${AT}/${path}`)).headers.get('etag') ?? '';
    const again = await app.request(`${AT}/${path}`, { headers: { 'if-none-match': `"x", ${etag}` } });
    expect(parts.problems).toEqual([]);
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
});

test('no answer holds a number, and another county’s youths are unknown', async () => {
  const { get, refs } = await world();
  const all = await (await get(`${AT}/ot/otungdom`)).text();
  expect(all).not.toContain(PERSON);
  expect(all).not.toContain('person');
  for (const id of [PERSON, randomUUID()])
    expect((await get(`${AT}/ot/otungdom/systemid/${id}`)).status).toBe(404);
  const other = `/organisations/${SAMPLE}/fint/utdanning/ot/otungdom`;
  expect((await get(`${other}/systemid/${refs[0]}`)).status).toBe(404);
  expect(await bodyOf(await get(other))).toMatchObject({ total_items: 0 });
});

test('who was shown is in the audit trail, also when nothing had changed', async () => {
  const rows: ChainedEntry[] = [];
  const audit = { append: async (entries: readonly ChainedEntry[]) => void rows.push(...entries) };
  const parts = { ...testParts(), audit };
  const ref = await seedYouth(parts, PERSON);
  const { get, app } = appOf(parts);
  const etag = (await get(`${AT}/ot/otungdom`)).headers.get('etag') ?? '';
  await app.request(`${AT}/ot/otungdom`, { headers: { 'if-none-match': etag } });
  const [one, other] = rows.map(({ entry }) => [entry.outcome, entry.subjects]);
  expect([one, other]).toEqual([
    ['OK', [ref]],
    ['OK', [ref]],
  ]);
});
