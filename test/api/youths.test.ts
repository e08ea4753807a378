import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { RULES } from '../../src/core/rules/rules.ts';
import type { YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { appOf, bodyOf, ORG, OTHER_PERSON, PERSON, problemOf, SAMPLE, testParts } from './parts.ts';
import { EVENTS, FACT, RECORDED, seedYouth } from './seed.ts';

const R01 = RULES.find(({ id }) => id === 'R01');

describe('a youth', () => {
  test('is shown with registrations and open alerts, each with rule and reason', async () => {
    const parts = testParts();
    const ref = await seedYouth(parts, PERSON);
    const youth = await bodyOf(await appOf(parts).get(`/organisations/${ORG}/youths/${ref}`));
    expect(youth).toMatchObject({
      ref,
      version: 1,
      parked: false,
      registrations: [
        {
          schoolYear: '2026-27',
          status: { code: 'OTUK', rule: 'R01', reason: R01?.text, ruleSource: R01?.source },
        },
      ],
      alerts: [{ kind: 'NY_TILMELDING', owner: '40200', reason: R01?.text }],
    });
    expect(youth).not.toHaveProperty('facts');
  });

  test('is unknown to every other organisation, and by anything that is not a reference', async () => {
    const parts = testParts();
    const { get } = appOf(parts);
    const ref = await seedYouth(parts, PERSON);
    for (const path of [
      `/organisations/${SAMPLE}/youths/${ref}`,
      `/organisations/${ORG}/youths/${randomUUID()}`,
      `/organisations/${ORG}/youths/${randomUUID()}/history`,
      `/organisations/${SAMPLE}/youths/${ref}/history`,
      `/organisations/${ORG}/youths/${PERSON}`,
    ]) {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain(PERSON);
    }
  });
});

describe('the history of a youth', () => {
  test('shows what was recorded and decided, oldest first, with date, time, rule, reason and source', async () => {
    const parts = testParts();
    const ref = await seedYouth(parts, PERSON);
    const { entries } = await bodyOf(await appOf(parts).get(`/organisations/${ORG}/youths/${ref}/history`));
    expect(entries.map(({ what }: { what: string }) => what)).toEqual([
      'FactRecorded',
      'TilmeldingOpened',
      'StatusSet',
      'AlertRaised',
    ]);
    expect(entries[0]).toMatchObject({
      recorded: RECORDED,
      effective: '2026-10-05',
      source: 'skole:40014',
      codes: { hendelse: 'Left', sluttaarsak: 'AF', virksomhet: '40014', utfall: 'TILMELDING' },
      rule: 'R01',
    });
    expect(entries[2]).toMatchObject({
      codes: { kode: 'OTUK' },
      rule: 'R01',
      reason: R01?.text,
      source: 'skole:40014',
      schoolYear: '2026-27',
    });
  });

  test('never shows the source’s own ids, free text or a NAV answer', async () => {
    const events: YouthEvent[] = [
      ...EVENTS,
      {
        type: 'FactRecorded',
        fact: { ...FACT, kind: 'Contact', via: 'FORESATT', reason: 'mor ringte fra 40 40 40 40' },
      },
      { type: 'FactRecorded', fact: { ...FACT, kind: 'Annulled', annuls: 'elev-14830989960' } },
      {
        type: 'FactRecorded',
        fact: {
          ...FACT,
          kind: 'NavMatch',
          batch: 'nav-batch-7',
          month: '2026-09',
          answer: 'JA',
          office: '0814',
        },
      },
      {
        type: 'VersionNoted',
        key: 'skole:40014|elev-14830989960',
        version: 1,
        received: RECORDED,
        receivedOn: '2026-10-07',
        fact: null,
      },
      { type: 'WithheldForConsent', batch: 'nav-batch-7', side: 'B', state: 'TRUKKET', rule: 'R40' },
    ];
    const parts = testParts();
    const ref = await seedYouth(parts, PERSON, events);
    const text = await (await appOf(parts).get(`/organisations/${ORG}/youths/${ref}/history`)).text();
    expect(text).not.toMatch(/elev-|14830989960|ringte|0814|nav-batch|"JA"/);
    expect(JSON.parse(text).entries).toHaveLength(9);
  });
});

describe('a search', () => {
  const path = `/organisations/${ORG}/youths/search`;

  test('finds the reference by a number in the body, also with a space in it', async () => {
    const parts = testParts();
    const ref = await seedYouth(parts, PERSON);
    const { post } = appOf(parts);
    for (const fodselsnummer of [PERSON, '148309 89960']) {
      expect(await bodyOf(await post(path, { fodselsnummer }))).toEqual({ ref });
    }
  });

  test('answers the same for a stranger and for a person only another organisation knows', async () => {
    const parts = testParts();
    await seedYouth(parts, PERSON);
    const { post } = appOf(parts);
    const elsewhere = await post(`/organisations/${SAMPLE}/youths/search`, { fodselsnummer: PERSON });
    const stranger = await post(`/organisations/${SAMPLE}/youths/search`, { fodselsnummer: OTHER_PERSON });
    expect([elsewhere.status, stranger.status]).toEqual([404, 404]);
    expect(await elsewhere.text()).toBe(await stranger.text());
  });

  test('makes the same look-ups for a stranger: the time taken does not disclose who is known', async () => {
    const parts = testParts();
    await seedYouth(parts, PERSON);
    const asked: string[] = [];
    const queries = {
      ...parts.memory,
      refOf: async (hmac: Buffer) => {
        asked.push('refOf');
        return parts.memory.refOf(hmac);
      },
      youth: async (org: OrgId, ref: PersonRef) => {
        asked.push('youth');
        return parts.memory.youth(org, ref);
      },
    };
    const { post } = appOf({ ...parts, queries });
    await post(path, { fodselsnummer: OTHER_PERSON });
    expect(asked).toEqual(['refOf', 'youth']);
  });

  test.each([
    [{ fodselsnummer: '1483098996' }, 'INVALID_VALUE'],
    [{ fodselsnummer: 14830989960 }, 'WRONG_TYPE'],
    [{}, 'MISSING_FIELD'],
    [{ fodselsnummer: PERSON, '14830989960': 1 }, 'UNKNOWN_FIELD'],
  ])('with %j is 400 and shows nothing of it', async (body, code) => {
    const response = await appOf(testParts()).post(path, body);
    const problem = await problemOf(response);
    expect(response.status).toBe(400);
    expect(problem.problems).toMatchObject([{ code }]);
    expect(JSON.stringify(problem)).not.toMatch(/148309/);
  });

  test('refuses other types, broken JSON, lists and large bodies', async () => {
    const { post } = appOf(testParts());
    const statuses = [
      await post(path, '{}', { 'content-type': 'text/plain' }),
      await post(path, '{"fodselsnummer":'),
      await post(path, [{ fodselsnummer: PERSON }]),
      await post(path, { fodselsnummer: 'x'.repeat(70_000) }),
      await post(path, '{}', { 'content-encoding': 'gzip' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([415, 400, 400, 413, 415]);
  });
});
