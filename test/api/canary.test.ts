import { expect, test } from 'vitest';
import { appOf, dropout, ORG, PERSON, sent, testParts } from './parts.ts';
import { seedParked, seedQuarantine, seedYouth } from './seed.ts';

/** The number as it could hide: plain, encoded, escaped. */
const FORMS = [
  PERSON,
  Buffer.from(PERSON).toString('base64').slice(0, 12),
  Buffer.from(PERSON).toString('hex'),
];

test('no answer, header, key, log line or address ever shows a number that was sent', async () => {
  const parts = testParts();
  const { app, get, post } = appOf(parts);
  const ref = await seedYouth(parts, PERSON);
  const item = await seedQuarantine(parts, dropout(), { receipt: ref, row: 1 });
  await seedParked(parts, ref, 2);
  const feed = `/organisations/${ORG}/feeds/school-dropout`;
  const reason = { reason: 'Feilen er rettet.' };
  const answers = [
    await post(feed, dropout()),
    await post(feed, [dropout(), dropout({ [PERSON]: PERSON, avbruddsarsak: PERSON })]),
    await post(feed, `{"fodselsnummer":"${PERSON}",}`),
    await post(feed, dropout({ x: PERSON.repeat(7_000) })),
    await post(feed, dropout(), { 'content-type': PERSON }),
    await post(feed, dropout(), { 'content-encoding': PERSON }),
    await post(feed, dropout(), { 'Idempotency-Key': PERSON }),
    await post(feed, dropout(), { 'Idempotency-Key': `to ${PERSON}` }),
    await post('/feeds/school-dropout', dropout(), { 'X-Organisasjon': PERSON }),
    await post(`/organisations/${ORG}/feeds/${PERSON}`, dropout()),
    await post(`/organisations/${PERSON}/feeds/school-dropout`, dropout()),
    await post(`/organisations/${ORG}/youths/search`, { fodselsnummer: PERSON }),
    await post(`/organisations/${ORG}/youths/search`, { fodselsnummer: PERSON, [PERSON]: PERSON }),
    await post(`/organisations/${ORG}/youths/search`, { fodselsnummer: `${PERSON}0` }),
    await post(`/organisations/${ORG}/clock`, { now: PERSON }),
    await get(`/organisations/${ORG}/youths/${ref}`),
    await get(`/organisations/${ORG}/youths/${ref}/history`),
    await get(`/organisations/${ORG}/youths/${PERSON}`),
    await get(`/organisations/${ORG}/alerts?limit=${PERSON}`),
    await get(`/organisations/${ORG}/reports/${PERSON}`),
    await get(`/organisations/${ORG}/receipts/${PERSON}`),
    await get(`/organisations/${ORG}/quarantine?after=${PERSON}`),
    await get(`/organisations/${ORG}/quarantine`),
    await get(`/organisations/${ORG}/quarantine/${item}`),
    await post(`/organisations/${ORG}/quarantine/${item}/replay`, { reason: PERSON }),
    await post(`/organisations/${ORG}/quarantine/${item}/replay`, reason),
    await get(`/organisations/${ORG}/parked`),
    await post(`/organisations/${ORG}/parked/${ref}/release`, reason),
    await get(`/${PERSON}`),
    await app.request(`http://${PERSON}.no/`),
  ];
  const shown = await Promise.all(
    answers.map(async (answer) => JSON.stringify([answer.status, [...answer.headers], await answer.text()])),
  );
  const keysAndHeaders = sent(parts.publisher, 'school-dropout').map(({ key, headers }) =>
    JSON.stringify([key, headers]),
  );
  const logged = JSON.stringify([parts.logged, parts.problems]);
  expect(keysAndHeaders.length).toBeGreaterThan(4);
  for (const form of FORMS) {
    expect(shown.filter((text) => text.includes(form))).toEqual([]);
    expect(keysAndHeaders.filter((text) => text.includes(form))).toEqual([]);
    expect(logged).not.toContain(form);
  }
  expect(parts.problems).toEqual([]);
});
