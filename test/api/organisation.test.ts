import { describe, expect, test } from 'vitest';
import { appOf, bodyOf, ORG, PERSON, problemOf, SAMPLE, testParts } from './parts.ts';
import { RECORDED, seedYouth } from './seed.ts';

describe('the latest alerts', () => {
  test('are shown with reference, time and reason, without the NAV office', async () => {
    const parts = testParts();
    const ref = await seedYouth(parts, PERSON);
    const { get } = appOf(parts);
    const { alerts } = await bodyOf(await get(`/organisations/${ORG}/alerts`));
    expect(alerts).toMatchObject([
      { ref, recorded: RECORDED, alert: { kind: 'NY_TILMELDING', reason: expect.any(String) } },
    ]);
    expect(alerts[0].alert).not.toHaveProperty('office');
    expect((await bodyOf(await get(`/organisations/${SAMPLE}/alerts`))).alerts).toEqual([]);
    expect((await get(`/organisations/${ORG}/alerts?limit=0`)).status).toBe(400);
  });
});

describe('a report', () => {
  test('is answered with the very bytes that were saved', async () => {
    const parts = testParts();
    const content = Buffer.from('{"tabell":1,  "antall":347}');
    await parts.memory.saveSnapshot({ org: SAMPLE, referenceDate: '2021-02-15', cutoff: RECORDED, content });
    const response = await appOf(parts).get(`/organisations/${SAMPLE}/reports/2021-02-15`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
  });

  test.each(['2021-02-15', '2021-02-30', '15.02.2021', PERSON])(
    'per %s that is not built or no date is 404',
    async (date) => {
      const response = await appOf(testParts()).get(`/organisations/${ORG}/reports/${date}`);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain(PERSON);
    },
  );
});

describe('a clock', () => {
  const path = `/organisations/${SAMPLE}/clock`;

  test('of a sample organisation is moved forward, to the moment in UTC', async () => {
    const parts = testParts();
    const response = await appOf(parts).post(path, { now: '2021-02-15T09:00:00+01:00' });
    expect(await bodyOf(response)).toEqual({ now: '2021-02-15T08:00:00.000Z' });
    expect(await parts.memory.virtualNow(SAMPLE)).toBe('2021-02-15T08:00:00.000Z');
  });

  test('is never moved back, and accepts the same moment again', async () => {
    const parts = testParts();
    const { post } = appOf(parts);
    await post(path, { now: '2021-02-15T08:00:00Z' });
    const back = await post(path, { now: '2021-02-15T07:59:59Z' });
    expect(back.status).toBe(409);
    expect((await problemOf(back)).type).toBe('urn:ot-bridge:CLOCK_BACKWARDS');
    expect((await post(path, { now: '2021-02-15T08:00:00Z' })).status).toBe(200);
  });

  test('of a real organisation cannot be moved', async () => {
    const response = await appOf(testParts()).post(`/organisations/${ORG}/clock`, {
      now: '2027-02-15T08:00:00Z',
    });
    expect(response.status).toBe(409);
    expect((await problemOf(response)).type).toBe('urn:ot-bridge:REAL_CLOCK');
  });

  test.each(['2021-02-15', 'i morgen', '2021-02-30T08:00:00Z', '2021-02-15T08:00:00'])(
    '%s is no moment',
    async (now) => {
      expect((await appOf(testParts()).post(path, { now })).status).toBe(400);
    },
  );
});
