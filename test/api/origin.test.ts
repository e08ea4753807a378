import { expect, test } from 'vitest';
import { appOf, dropout, ORG, problemOf, sent, testParts } from './parts.ts';

const OWN = 'https://ot.example.no';
const parts = testParts();
parts.fences.own = {
  origins: [OWN],
  opensFromElsewhere: (path) => path === '/',
  framesFromElsewhere: (path) => path === '/frame',
};
const { app, post } = appOf(parts);
const ALERTS = `/organisations/${ORG}/alerts`;

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  app.request(`http://127.0.0.1:8080${path}`, { method, headers });

const OPENED = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const FOREIGN: readonly Record<string, string>[] = [
  { origin: 'https://vond.no' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:9090' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
  { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  OPENED,
  { 'sec-fetch-site': 'same-origin', origin: 'https://vond.no' },
];

test.each(FOREIGN)('case E17: a page of another origin is refused for every method: %j', async (headers) => {
  for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
    const answer = await ask(ALERTS, headers, method);
    expect(answer.status, method).toBe(403);
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:FOREIGN_ORIGIN');
  }
});

test('case E17: nothing is taken from a page of another origin', async () => {
  const headers = { origin: 'https://vond.no' };
  const answer = await post(`/organisations/${ORG}/feeds/school-dropout`, dropout(), headers);
  expect(answer.status).toBe(403);
  expect(sent(parts.publisher, 'school-dropout')).toEqual([]);
});

const OWN_REQUESTS: readonly Record<string, string>[] = [
  {},
  { ...OPENED, 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:8080' },
  { 'sec-fetch-site': 'same-origin', origin: OWN },
];

test.each(OWN_REQUESTS)('programs, the address line and own pages are answered: %j', async (headers) => {
  expect((await ask(ALERTS, headers)).status).toBe(200);
});

test('a link of another site may open the front page, and nothing may post to it or frame it', async () => {
  expect((await ask('/', OPENED)).status).toBe(200);
  expect((await ask('/', { ...OPENED, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  expect((await ask('/', OPENED, 'POST')).status).toBe(403);
});
