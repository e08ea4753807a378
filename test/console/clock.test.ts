import { describe, expect, test } from 'vitest';
import { countyNumber, type OrgId } from '../../src/core/organisation.ts';
import { clockPreview, raisedSince } from '../../src/desk/clock.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { appOf, ORG, PERSON, SAMPLE, testParts } from '../api/parts.ts';
import { ALERT, seedYouth } from '../api/seed.ts';
import { newRef } from '../store/commits.ts';
import { pagesAs } from './rolePages.ts';

const AT = `/k/${SAMPLE}/klokke`;

async function sampleCounty(role: 'drift' | 'leder' = 'drift') {
  const parts = testParts();
  await parts.memory.moveClock(SAMPLE, '2021-06-20T10:00:00.000Z');
  const { app } = appOf({ ...parts, access: controlOf(person([assignment(role, SAMPLE)])) });
  const text = async (path: string, headers: Record<string, string> = {}) =>
    (await app.request(path, { headers })).text();
  const move = async (til: string) => {
    const skjema = /name="skjema" value="([^"]+)"/.exec(await text(`${AT}?til=1.8.2021`))?.[1] ?? '';
    return app.request(AT, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ skjema, til }).toString(),
    });
  };
  return { parts, app, text, move };
}

describe('the clock of a sample county', () => {
  test('says where it is, and before a move what falls due on the way', async () => {
    const { text } = await sampleCounty();
    expect(await text(AT)).toContain('Klokken står på 20.06.2021 kl. 12.00.');
    const asked = await text(`${AT}?til=1.8.2021`);
    expect(asked).toContain('Klokken går fra 20.06.2021 kl. 12.00 til 01.08.2021 kl. 12.00.');
    expect(asked).toContain('Ingen frister eller fødselsdager forfaller på veien.');
    expect(asked).toContain('Det kan ikke gjøres om.');
    expect(await text(AT, { cookie: 'ot-sprak=nn' })).toContain('Klokka står på');
  });

  test('is moved by the same door as the API, and what it led to is seen afterwards', async () => {
    const { parts, text, move } = await sampleCounty();
    const moved = await move('1.8.2021');
    expect(moved.status).toBe(303);
    expect(await parts.memory.virtualNow(SAMPLE)).toBe('2021-08-01T10:00:00.000Z');
    expect(parts.logged).toContainEqual({
      event: 'clockMoved',
      org: SAMPLE,
      now: '2021-08-01T10:00:00.000Z',
    });
    const page = await text((moved.headers.get('location') ?? '').replace('#tittel', ''));
    expect(page).toContain('Klokken gikk fra 20.06.2021 kl. 12.00 til 01.08.2021 kl. 12.00.');
    expect(page).toContain('Ingen varsler ble sendt.');
  });

  test('is not moved back, nor to what is no day, and what was typed stays', async () => {
    const { parts, text, move } = await sampleCounty();
    for (const til of ['1.1.2020', 'i morgen']) {
      const refused = await move(til);
      expect(refused.status).toBe(422);
      expect(await refused.text()).toContain(`value="${til}"`);
    }
    expect(await text(`${AT}?til=1.1.2020`)).toContain('Velg en senere dag.');
    expect(await parts.memory.virtualNow(SAMPLE)).toBe('2021-06-20T10:00:00.000Z');
  });

  test('is for operations alone, and not there for a county on real time', async () => {
    const { app, text } = await sampleCounty('leder');
    expect((await app.request(AT)).status).toBe(403);
    expect(await text(`/k/${SAMPLE}/`)).not.toContain('/klokke"');
    expect(await (await sampleCounty()).text(`/k/${SAMPLE}/`)).toContain(`href="${AT}"`);
    const real = pagesAs(testParts(), 'drift');
    expect((await real.get('/klokke')).status).toBe(404);
    expect(await real.text('/')).not.toContain('/klokke"');
  });
});

describe('what a move leads to', () => {
  const [FROM, UNTIL] = ['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'];

  test('youths with something due are counted, up to a thousand', async () => {
    const parts = testParts();
    const organisation = { id: ORG, county: countyNumber('40'), virtualClock: true };
    const dues = Array.from({ length: 1_001 }, () => ({ ref: newRef(), due: FROM }));
    const due = async (_org: OrgId, _at: string, limit: number) => dues.slice(0, limit);
    const many = { operations: { ...parts.operations, due } };
    expect(await clockPreview(many, organisation, UNTIL)).toEqual({ due: 1_000, more: true });
    dues.length = 2;
    expect(await clockPreview(many, organisation, UNTIL)).toEqual({ due: 2, more: false });
  });

  test('alerts that were raised after the clock began to move are counted by kind, and no others', async () => {
    const parts = testParts();
    await seedYouth(parts, PERSON);
    const organisation = { id: ORG, county: countyNumber('40'), virtualClock: true };
    const raised = await raisedSince(parts, organisation, FROM);
    expect(raised).toEqual({ count: 1, more: false, kinds: [{ kind: ALERT.kind, count: 1 }] });
    expect((await raisedSince(parts, organisation, UNTIL)).count).toBe(0);
  });
});
