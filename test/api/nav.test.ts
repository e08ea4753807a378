import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { nav } from '../../src/cli/nav.ts';
import { appOf, bodyOf, ORG, problemOf, testParts } from './parts.ts';

const AT = `/organisations/${ORG}/nav`;
const TERMS = {
  ...{ party: '889640782', purpose: 'NAV_UTVEKSLING', legalBasis: 'SAMTYKKE', reference: '24/01234' },
  ...{ from: '2024-01-01', to: '2027-01-31', reason: 'Avtalen fornyes hvert tredje år.' },
};

test('an agreement is registered, shown with whether it holds, and revoked once', async () => {
  const { get, post } = appOf(testParts());
  const { id } = await bodyOf(await post(`${AT}/agreements`, TERMS));
  const held = { id, ...TERMS, approvedBy: null, revoked: null, inForce: true };
  expect((await bodyOf(await get(`${AT}/agreements`))).agreements).toEqual([
    { ...held, registeredBy: expect.any(String) },
  ]);
  const reason = { reason: 'Sagt opp av NAV.' };
  expect((await post(`${AT}/agreements/${id}/revoke`, reason)).status).toBe(200);
  expect((await post(`${AT}/agreements/${id}/revoke`, reason)).status).toBe(404);
  expect((await post(`${AT}/agreements/${randomUUID()}/revoke`, reason)).status).toBe(404);
  expect((await bodyOf(await get(`${AT}/agreements`))).agreements).toMatchObject([
    { id, inForce: false, revoked: reason },
  ]);
});

test.each([
  ['ends before it begins', { to: '2023-12-31' }],
  ['has ended already', { to: '2026-10-06' }],
  ['has a day that does not exist', { to: '2027-02-30' }],
  ['is about something else', { purpose: 'ANNET' }],
  ['has a party that is no organisation number', { party: '12345' }],
  ['has a number of a person in its reason', { reason: 'Gjelder 14830989960.' }],
])('an agreement that %s is refused', async (_what, change) => {
  const { get, post } = appOf(testParts());
  expect((await post(`${AT}/agreements`, { ...TERMS, ...change })).status).toBe(400);
  expect((await bodyOf(await get(`${AT}/agreements`))).agreements).toEqual([]);
});

test('a list is made once a month, is not there for NAV while it is being made, and none is without an agreement', async () => {
  const { get, post } = appOf(testParts());
  const refused = await post(`${AT}/extracts`, { month: '2026-10' });
  expect((await problemOf(refused)).type).toContain('NAV_NO_AGREEMENT');
  await post(`${AT}/agreements`, TERMS);
  const made = await bodyOf(await post(`${AT}/extracts`, { month: '2026-10' }));
  expect(made).toMatchObject({
    id: 'B-2026-10',
    state: 'making',
    rows: null,
    sha256: null,
    recipient: TERMS.party,
  });
  expect(await bodyOf(await post(`${AT}/extracts`, { month: '2026-10' }))).toEqual(made);
  expect((await post(`${AT}/extracts`, { month: '2026-13' })).status).toBe(400);
  for (const path of ['rows', 'withdrawals']) {
    expect((await get(`${AT}/batches/B-2026-10/${path}`)).status).toBe(404);
    expect((await get(`${AT}/batches/B-2026-11/${path}`)).status).toBe(404);
  }
});

test('the command line shows agreements and lists, and says what to write', async () => {
  const { get, post } = appOf(testParts());
  const ask = async (path: string, body?: unknown) => {
    const answer = await (body === undefined ? get(path) : post(path, body));
    return { status: answer.status, value: await answer.json() };
  };
  expect(await nav.run(ask, ['avtale', ORG])).toContain('har ingen avtale med NAV');
  expect(await nav.run(ask, ['status', ORG])).toContain('Ingen liste er laget');
  const { id } = await bodyOf(await post(`${AT}/agreements`, TERMS));
  expect(await nav.run(ask, ['avtale', ORG])).toBe(
    `${id} 889640782 2024-01-01–2027-01-31 SAMTYKKE (24/01234): gjelder`,
  );
  expect(await nav.run(ask, ['uttrekk', ORG, '2026-10'])).toBe('B-2026-10: lages nå');
  expect(await nav.run(ask, ['status', ORG])).toBe('B-2026-10: lages nå');
  expect(await nav.run(ask, ['batch', ORG, 'B-2026-10'])).toContain('til 889640782');
  expect(await nav.run(ask, ['avtale', ORG, 'trekk', id, 'Sagt opp av NAV.'])).toContain('trukket tilbake');
  expect(await nav.run(ask, ['avtale', ORG])).toMatch(/: trukket \d{4}-\d{2}-\d{2}$/);
  for (const args of [
    ['uttrekk', ORG],
    ['batch', ORG],
    ['noe', ORG],
  ])
    await expect(nav.run(ask, args)).rejects.toThrow('Skriv nav <uttrekk');
  for (const args of [
    ['avtale', ORG, 'trekk'],
    ['avtale', ORG, 'trekk', id],
    ['avtale', ORG, 'godkjenn', id, 'Sagt opp av NAV.'],
    ['avtale', ORG, 'registrer', '--motpart', '889640782'],
    ['avtale', ORG, 'registrer', '--noe'],
  ])
    await expect(nav.run(ask, args)).rejects.toThrow('Bruk: npm run ot -- nav avtale <org>');
});
