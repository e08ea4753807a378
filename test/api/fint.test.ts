import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChainedEntry } from '../../src/store/auditPort.ts';
import { controlOf, grant, machine } from '../access/callers.ts';
import { appOf, bodyOf, NOW, ORG, OTHER_PERSON, PERSON, SAMPLE, testParts } from './parts.ts';
import { seedYouth } from './seed.ts';

/** Who asks on this machine with nothing configured. */
const LOCAL = 'loopback';
const AT = `/organisations/${ORG}/fint/utdanning`;

async function world() {
  const parts = testParts();
  // As the pipeline leaves a youth: judged at a moment.
  const refs = [await seedYouth(parts, PERSON), await seedYouth(parts, OTHER_PERSON)].sort();
  const own = parts.vault.pairwise(ORG, LOCAL);
  return { parts, refs, names: refs.map((ref) => own.of(ref)), ...appOf(parts) };
}

test('youths are answered in FINT’s form, page by page, with the address of the next', async () => {
  const { get, names } = await world();
  const first = await bodyOf(await get(`${AT}/ot/otungdom?size=1`));
  expect(first).toMatchObject({ total_items: 2, size: 1, offset: 0 });
  const [entry] = first._embedded._entries;
  expect(entry.systemId.identifikatorverdi).toBe(names[0]);
  expect(entry._links.status[0].href).toBe(`http://localhost${AT}/kodeverk/otstatus/systemid/OTUK`);
  const next = new URL(first._links.next[0].href);
  const second = await bodyOf(await get(next.pathname + next.search));
  expect(second._embedded._entries[0].systemId.identifikatorverdi).toBe(names[1]);
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
  const { get, names } = await world();
  const all = await (await get(`${AT}/ot/otungdom`)).text();
  expect(all).not.toContain(PERSON);
  expect(all).not.toContain('person');
  for (const id of [PERSON, randomUUID()])
    expect((await get(`${AT}/ot/otungdom/systemid/${id}`)).status).toBe(404);
  const other = `/organisations/${SAMPLE}/fint/utdanning/ot/otungdom`;
  expect((await get(`${other}/systemid/${names[0]}`)).status).toBe(404);
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

test('each caller has its own form of a youth, and no other form leads to it', async () => {
  const { parts, refs, get: ofLocal } = await world();
  const callers = ['889640782', '974760673'].map((orgnr) => {
    const principal = machine([grant('ot/registrations.read', ORG)], {
      ...{ name: `0192:${orgnr}`, key: `0192:${orgnr}`, consumer: orgnr as never },
    });
    const { get } = appOf({ ...parts, access: controlOf(principal) });
    return { get, own: parts.vault.pairwise(ORG, `0192:${orgnr}`) };
  });
  const entries = await Promise.all(
    callers.map(async ({ get }) => (await bodyOf(await get(`${AT}/ot/otungdom`)))._embedded._entries),
  );
  const named = entries.map((all) => all.map((each: Entry) => each.systemId.identifikatorverdi));
  for (const [index, { own, get }] of callers.entries()) {
    expect(named[index]).toEqual(refs.map((ref) => own.of(ref)));
    const text = await (await get(`${AT}/ot/otungdom`)).text();
    for (const ref of refs) expect(text).not.toContain(ref);
    const [mine, others] = [named[index]?.[0], named[1 - index]?.[0]];
    expect(await bodyOf(await get(`${AT}/ot/otungdom/systemid/${mine}`))).toEqual(entries[index]?.[0]);
    for (const name of [others, refs[0]])
      expect((await get(`${AT}/ot/otungdom/systemid/${name}`)).status).toBe(404);
    // The rest of the API takes the caller's own form.
    expect((await bodyOf(await get(`/organisations/${ORG}/youths/${mine}`))).ref).toBe(mine);
    expect((await ofLocal(`${AT}/ot/otungdom/systemid/${mine}`)).status).toBe(404);
  }
});

interface Entry {
  systemId: { identifikatorverdi: string };
}
