import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { appOf, bodyOf, ORG, PERSON, problemOf, SAMPLE, testParts } from './parts.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const page = (accept: string) => appOf(testParts()).app.request('/', { headers: { accept } });

test('/ directs a program, by each organisation’s own clock', async () => {
  const parts = testParts();
  await parts.memory.moveClock(SAMPLE, '2021-03-01T11:00:00.000Z');
  const { get } = appOf(parts);
  const response = await get('/');
  expect(response.headers.get('vary')).toBe('Accept');
  const front = await bodyOf(response);
  expect(front).toMatchObject({ name: 'OT Bridge', openapi: '/openapi.json' });
  expect(front.organisations).toMatchObject([
    { id: ORG, name: ORG, today: '2026-10-07', schoolYear: '2026-27', reports: [] },
    {
      id: SAMPLE,
      today: '2021-03-01',
      schoolYear: '2020-21',
      reports: ['2020-11-15', '2021-02-15'].map((date) => `/organisations/${SAMPLE}/reports/${date}`),
    },
  ]);
});

test('every address that / names is one that answers', async () => {
  const { get } = appOf(testParts());
  const text = await (await page(BROWSER)).text();
  const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) {
    const response = await get(link);
    // A report that is not built yet says so itself.
    if (response.status !== 200)
      expect(await problemOf(response)).toMatchObject({ type: 'urn:ot-bridge:REPORT_NOT_BUILT' });
  }
});

test('/ is a page without scripts for a browser, and its policy lets in its own style alone', async () => {
  const response = await page(BROWSER);
  const text = await response.text();
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  expect(text).not.toMatch(/<script|<img|<link|\son\w+=|\sstyle=/);
  const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
  expect(policy).not.toContain('unsafe');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test.each(['application/json', '*/*', 'application/json, text/html;q=0.5'])(
  '%s gets JSON',
  async (accept) => {
    expect((await page(accept)).headers.get('content-type')).toMatch(/^application\/json/);
  },
);

test('/ names an organisation as people know it', async () => {
  const organisations = [
    { id: ORG, county: countyNumber('40'), name: 'Prøve fylkeskommune', virtualClock: false },
  ];
  const { app } = appOf(testParts({ organisations }));
  const text = await (await app.request('/', { headers: { accept: BROWSER } })).text();
  expect(text).toContain('<h2>Prøve fylkeskommune</h2>');
});

test('/ shows an organisation’s name as text and knows no person', async () => {
  const organisations = [{ id: orgId('<b>fylke</b>'), county: countyNumber('40'), virtualClock: false }];
  const { app } = appOf(testParts({ organisations }));
  const text = await (await app.request('/', { headers: { accept: BROWSER } })).text();
  expect(text).toContain('&lt;b&gt;fylke');
  expect(text).not.toContain('<b>fylke');
  expect(text).not.toContain(PERSON);
});
