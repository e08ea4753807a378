import { describe, expect, test } from 'vitest';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import {
  appOf,
  bodyOf,
  dropout,
  NOW,
  ORG,
  OTHER_PERSON,
  PERSON,
  problemOf,
  SAMPLE,
  sent,
  testParts,
} from './parts.ts';

const FEED = `/organisations/${ORG}/feeds/school-dropout`;

describe('a posted record', () => {
  test('is in Kafka before it is answered, with its receipt and no person in key or headers', async () => {
    const parts = testParts();
    const response = await appOf(parts).post(FEED, dropout());
    const body = await bodyOf(response);
    const [record] = sent(parts.publisher, 'school-dropout');
    expect(response.status).toBe(202);
    expect(body).toEqual({
      receiptId: expect.any(String),
      rows: 1,
      receipt: `/organisations/${ORG}/receipts/${body.receiptId}`,
    });
    expect(response.headers.get('location')).toBe(body.receipt);
    expect(record?.headers).toEqual({
      'ot-receipt': body.receiptId,
      'ot-row': '1',
      'origin.application.id': 'ot-bridge-api',
    });
    expect(record?.key).toBe(await parts.memory.refOf(parts.vault.hmac(new Fodselsnummer(PERSON))));
    expect(record?.timestamp).toBe(NOW);
  });

  test('goes out as the very bytes that came', async () => {
    const parts = testParts();
    const text = '{ "id":"e-1",  "tall": 1.10, "ukjent":"\\u00e5" }';
    await appOf(parts).post(FEED, text);
    expect(sent(parts.publisher, 'school-dropout')[0]?.value?.toString()).toBe(text);
  });

  test('carries the trace it came with', async () => {
    const parts = testParts();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await appOf(parts).post(FEED, dropout(), { traceparent });
    await appOf(parts).post(FEED, dropout(), { traceparent: 'noe annet' });
    expect(sent(parts.publisher, 'school-dropout').map(({ headers }) => headers.traceparent)).toEqual([
      traceparent,
      undefined,
    ]);
  });

  test('of an organisation with a virtual clock enters Kafka at the virtual moment', async () => {
    const parts = testParts();
    await parts.memory.moveClock(SAMPLE, '2020-09-01T08:00:00.000Z');
    await appOf(parts).post(
      `/organisations/${SAMPLE}/feeds/school-dropout`,
      dropout({ skolenummer: '38014' }),
    );
    expect(sent(parts.publisher, 'school-dropout', SAMPLE)[0]?.timestamp).toBe(Date.UTC(2020, 8, 1, 8));
  });
});

describe('a posted list', () => {
  test('becomes one record per row, numbered from 1, each person on one key', async () => {
    const parts = testParts();
    const rows = [dropout(), dropout({ fodselsnummer: OTHER_PERSON }), dropout()];
    const response = await appOf(parts).post(FEED, rows);
    const records = sent(parts.publisher, 'school-dropout').sort((a, b) =>
      (a.headers['ot-row'] ?? '') < (b.headers['ot-row'] ?? '') ? -1 : 1,
    );
    expect((await bodyOf(response)).rows).toBe(3);
    expect(records.map(({ value }) => JSON.parse(String(value)))).toEqual(rows);
    expect(records.map(({ headers }) => headers['ot-row'])).toEqual(['1', '2', '3']);
    expect(records[0]?.key).toBe(records[2]?.key);
    expect(records[0]?.key).not.toBe(records[1]?.key);
  });

  test('with rows that are wrong in content is taken whole: the pipeline says what is wrong with each', async () => {
    const parts = testParts();
    const rows = [
      dropout({ fodselsnummer: '1483098996' }),
      dropout({ id: 'a\u0000b' }),
      'en tekst',
      null,
      [],
      dropout(),
    ];
    const response = await appOf(parts).post(FEED, rows);
    const records = sent(parts.publisher, 'school-dropout');
    expect(response.status).toBe(202);
    expect(records).toHaveLength(6);
    expect(new Set(records.map(({ key }) => key)).size).toBe(6);
    for (const { key } of records) expect(key).toMatch(/^[0-9a-f-]{32,36}$/);
  });

  test('of more rows than one portion arrives complete and in order', async () => {
    const parts = testParts();
    const rows = Array.from({ length: 1_203 }, () => dropout());
    await appOf(parts).post(FEED, rows);
    const records = sent(parts.publisher, 'school-dropout');
    expect(records.map(({ headers }) => Number(headers['ot-row']))).toEqual(
      rows.map((_, index) => index + 1),
    );
    expect(records.map(({ value }) => JSON.parse(String(value)).id)).toEqual(rows.map(({ id }) => id));
  });

  test('that came as one VIGO document is a complete list with its size and one run', async () => {
    const parts = testParts();
    const kontrakter = [1, 2].map((n) => ({ elev: { fnr: PERSON, sysId: `s${n}` }, bnr: '974603268' }));
    const response = await appOf(parts).post(`/organisations/${ORG}/feeds/apprenticeship`, {
      antall: 2,
      kontrakter,
    });
    const { receiptId } = await bodyOf(response);
    const records = sent(parts.publisher, 'apprenticeship');
    expect(records.map(({ value }) => JSON.parse(String(value)))).toEqual(expect.arrayContaining(kontrakter));
    for (const { headers } of records) {
      expect(headers).toMatchObject({ 'sync-type': 'FULL', 'sync-list': 'laktiv', 'sync-total-size': '2' });
      expect(headers['sync-correlation-id']?.replaceAll('-', '')).toBe(receiptId.replaceAll('-', ''));
      expect(headers['sync-correlation-id']).not.toMatch(/\d{5}/);
      expect(parts.decode(Buffer.from('{}'), headers)).toMatchObject({
        ok: true,
        envelope: { list: 'laktiv' },
      });
    }
  });

  test('whose VIGO document does not add up is refused with all its problems, and nothing is sent', async () => {
    const parts = testParts();
    const response = await appOf(parts).post(`/organisations/${ORG}/feeds/apprenticeship`, {
      antall: 7,
      kontrakter: [],
      errorMessage: 'nede',
    });
    const problem = await problemOf(response);
    expect(response.status).toBe(422);
    expect(problem.type).toBe('urn:ot-bridge:INVALID_DOCUMENT');
    expect(problem.problems).toHaveLength(2);
    expect(sent(parts.publisher, 'apprenticeship')).toEqual([]);
  });

  test('without rows is refused: an empty list concludes nothing about anyone', async () => {
    const parts = testParts();
    const { post } = appOf(parts);
    for (const response of [
      await post(FEED, []),
      await post(`/organisations/${ORG}/feeds/apprenticeship`, { antall: 0, kontrakter: [] }),
    ]) {
      expect(response.status).toBe(400);
      expect((await problemOf(response)).type).toBe('urn:ot-bridge:EMPTY_LIST');
    }
  });
});

describe('the address of a feed', () => {
  test('may leave the organisation out when exactly one runs on real time', async () => {
    const parts = testParts();
    const response = await appOf(parts).post('/feeds/school-dropout', dropout());
    expect((await bodyOf(response)).receipt).toContain(`/organisations/${ORG}/receipts/`);
  });

  test('may name the organisation in a header', async () => {
    const parts = testParts();
    await appOf(parts).post('/feeds/school-dropout', dropout(), { 'X-Organisasjon': SAMPLE });
    expect(sent(parts.publisher, 'school-dropout', SAMPLE)).toHaveLength(1);
  });

  test('must name the organisation when there are several', async () => {
    const organisations = ['a-no', 'b-no'].map((id) => ({
      id: orgId(id),
      county: countyNumber('40'),
      virtualClock: false,
    }));
    const response = await appOf(testParts({ organisations })).post('/feeds/school-dropout', dropout());
    expect(response.status).toBe(400);
    expect((await problemOf(response)).type).toBe('urn:ot-bridge:ORGANISATION_NEEDED');
  });

  test('of an unknown organisation or feed is not found, and the answer lists the feeds', async () => {
    const { post } = appOf(testParts());
    const org = await post('/organisations/ukjent-no/feeds/school-dropout', dropout());
    const feed = await post(`/organisations/${ORG}/feeds/skolefravar`, dropout());
    expect([org.status, feed.status]).toEqual([404, 404]);
    expect((await problemOf(org)).type).toBe('urn:ot-bridge:UNKNOWN_ORGANISATION');
    expect((await problemOf(feed)).detail).toContain('school-dropout');
  });

  test('of the bridge itself is closed to every other sender', async () => {
    const parts = testParts();
    const response = await appOf(parts).post(`/organisations/${ORG}/feeds/bridge`, dropout());
    expect(response.status).toBe(403);
    expect((await problemOf(response)).type).toBe('urn:ot-bridge:FEED_CLOSED');
    expect(sent(parts.publisher, 'bridge')).toEqual([]);
  });
});
