import { expect, test } from 'vitest';
import { appOf, bodyOf, ORG, PERSON, SAMPLE, sent, testParts } from './parts.ts';
import { seedParked, seedYouth } from './seed.ts';

const PATH = `/organisations/${ORG}/parked`;

test('what waits for a person is listed without its content, and released in order under the person’s key', async () => {
  const parts = testParts();
  const { get, post } = appOf(parts);
  const ref = await seedYouth(parts, PERSON);
  const records = await seedParked(parts, ref, 3);
  const list = await (await get(PATH)).text();
  expect(JSON.parse(list).items).toHaveLength(3);
  expect(list).not.toContain(PERSON);

  const released = await post(`${PATH}/${ref}/release`, { reason: 'Feilen er rettet.' });
  const again = sent(parts.publisher, 'school-dropout');
  expect(await bodyOf(released)).toEqual({ ref, records: 3 });
  expect(again.map(({ value }) => JSON.parse(String(value)))).toEqual(records);
  expect(again.map(({ headers }) => headers['ot-row'])).toEqual(['1', '2', '3']);
  expect(new Set(again.map(({ key }) => key))).toEqual(new Set([ref]));
  expect(JSON.parse(await (await get(PATH)).text()).items).toEqual([]);
});

test('releasing a person for whom nothing waits is 404', async () => {
  const parts = testParts();
  const { post } = appOf(parts);
  const ref = await seedYouth(parts, PERSON);
  await seedParked(parts, ref, 1);
  const elsewhere = await post(`/organisations/${SAMPLE}/parked/${ref}/release`, {
    reason: 'Feilen er rettet.',
  });
  await post(`${PATH}/${ref}/release`, { reason: 'Feilen er rettet.' });
  const second = await post(`${PATH}/${ref}/release`, { reason: 'Feilen er rettet.' });
  expect([elsewhere.status, second.status]).toEqual([404, 404]);
});

test('a release without a reason is 400 and releases nothing', async () => {
  const parts = testParts();
  const ref = await seedYouth(parts, PERSON);
  await seedParked(parts, ref, 1);
  expect((await appOf(parts).post(`${PATH}/${ref}/release`, {})).status).toBe(400);
  expect(await parts.memory.parked(ORG, { limit: 100, after: null })).toHaveLength(1);
});
