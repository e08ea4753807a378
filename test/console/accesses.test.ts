import { beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../src/core/access/principal.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { appOf, ORG, type TestParts, testParts } from '../api/parts.ts';
import { BASE, pagesAs } from './rolePages.ts';

const KEY = 'ab'.repeat(32);
const AT = '/tilgang';

let parts: TestParts;
beforeEach(() => {
  parts = testParts();
});

/** A role as it is filled in. */
const filled = (changes: Record<string, string> = {}) => ({
  ...{ 'rolle-rolle': 'leder', 'rolle-slag': 'person', 'rolle-hvem': KEY },
  'rolle-hvorfor': 'Ny leder fra oktober.',
  ...changes,
});

function pagesOf(principal: Principal) {
  const { app } = appOf({ ...parts, access: controlOf(principal) });
  return {
    async post(path: string, fields: Record<string, string> = {}) {
      const page = await (await app.request(`${BASE}${AT}`)).text();
      const skjema = /name="skjema" value="([^"]+)"/.exec(page)?.[1] ?? '';
      return app.request(`${BASE}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ skjema, ...fields }).toString(),
      });
    },
  };
}

const open = async () => (await parts.memory.listAccess(ORG)).proposals;

describe('Tilgang', () => {
  test('what reads persons is given by two: operations, and then the data protection officer', async () => {
    expect(await pagesAs(parts, 'drift').text(AT)).toContain('Ingen forslag venter.');
    const drift = pagesOf(person([assignment('drift', ORG)], { key: 'drift' } as never));
    expect((await drift.post(`${AT}/rolle`, filled())).status).toBe(303);
    const [proposal] = await open();
    const page = await pagesAs(parts, 'personvern').text(AT);
    expect(page).toContain(`person ${KEY.slice(0, 12)}: leder`);
    expect(page).not.toContain(KEY);
    const again = await drift.post(`${AT}/${proposal?.id}/godkjenn`);
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('personvernombudet, som en annen person, må godkjenne den');
    const officer = pagesOf(person([assignment('personvern', ORG)], { key: 'ombud' } as never));
    expect((await officer.post(`${AT}/${proposal?.id}/godkjenn`)).status).toBe(303);
    expect(await open()).toEqual([]);
    expect(await pagesAs(parts, 'leder').text(AT)).toContain('Ny leder fra oktober.');
  });

  test('a proposal is turned down, and an access is revoked with a reason', async () => {
    const drift = pagesOf(person([assignment('drift', ORG)], { key: 'drift' } as never));
    await drift.post(`${AT}/rolle`, filled());
    await drift.post(`${AT}/${(await open())[0]?.id}/avslag`);
    expect(await open()).toEqual([]);
    await drift.post(`${AT}/rolle`, filled({ 'rolle-rolle': 'inntak', 'rolle-til': '31.12.2026' }));
    const [given] = (await parts.memory.listAccess(ORG)).roles;
    expect(given).toMatchObject({ role: 'inntak', to: '2026-12-31T23:00:00.000Z' });
    const lacking = await drift.post(`${AT}/trekk`, { 'trekk-hvilken': given?.id ?? '' });
    expect(lacking.status).toBe(422);
    await drift.post(`${AT}/trekk`, {
      ...{ 'trekk-hvilken': given?.id ?? '', 'trekk-hvorfor': 'Har sluttet på kontoret.' },
    });
    expect(await pagesAs(parts, 'drift').text(AT)).toContain('Trukket tilbake');
  });

  test.each([
    [{ 'rolle-rolle': '' }, 'Velg en rolle.'],
    [{ 'rolle-hvem': '14830989960' }, 'Skriv nøkkelen, organisasjonsnummeret eller gruppen.'],
    [{ 'rolle-rolle': 'radgiver' }, 'En rådgiver må ha en OT-enhet.'],
    [{ 'rolle-enhet': '402' }, 'Skriv fem siffer, eller la feltet stå tomt.'],
    [{ 'rolle-til': '31.02.2027' }, 'Skriv en dato, eller la feltet stå tomt.'],
    [{ 'rolle-til': '01.10.2026' }, 'Tilgangen slutter før den begynner.'],
    [{ 'rolle-hvorfor': 'ja' }, 'Skriv en begrunnelse på minst tre tegn.'],
    [{ 'rolle-hvorfor': 'For 14830989960.' }, 'Skriv en begrunnelse på minst tre tegn.'],
  ])('%o is said of its field, and nothing is proposed', async (changes, text) => {
    const drift = pagesOf(person([assignment('drift', ORG)], { key: 'drift' } as never));
    const refused = await drift.post(`${AT}/rolle`, filled(changes));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(text);
    expect(await open()).toEqual([]);
  });

  test('is seen and not changed by those who may not, and not seen by others', async () => {
    expect((await pagesAs(parts, 'radgiver').get(AT)).status).toBe(403);
    const leader = pagesOf(person([assignment('leder', ORG)], { key: 'leder' } as never));
    expect((await leader.post(`${AT}/trekk`, { 'trekk-hvorfor': 'Nei.' })).status).toBe(403);
    expect((await leader.post(`${AT}/ikke-en-id/godkjenn`)).status).toBe(403);
    const drift = pagesOf(person([assignment('drift', ORG)], { key: 'drift' } as never));
    expect((await drift.post(`${AT}/ikke-en-id/godkjenn`)).status).toBe(404);
  });
});
