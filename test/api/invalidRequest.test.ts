import { describe, expect, test } from 'vitest';
import { appOf, ORG, problemOf, testParts } from './parts.ts';

const BASE = `/organisations/${ORG}`;

async function refused(path: string) {
  const response = await appOf(testParts()).app.request(`${BASE}/${path}`);
  return { status: response.status, ...(await problemOf(response)) };
}

describe('a value that is none of those allowed', () => {
  test('in a query is answered with those there are', async () => {
    const { status, problems } = await refused('quarantine?status=lukket');
    expect(status).toBe(400);
    expect(problems).toEqual([
      {
        code: 'INVALID_VALUE',
        field: 'status',
        text: 'Verdien er ikke gyldig.',
        cure: 'Bruk en av disse: open, replayed, discarded.',
      },
    ]);
  });

  test('in an address is answered with the addresses there are', async () => {
    const { status, detail } = await refused('reports/2026-11-15/ukjent');
    expect(status).toBe(404);
    expect(detail).toContain('Bruk en av disse: ');
    expect(detail).toContain('late-arrivals');
    expect(detail).not.toContain('ukjent');
  });

  test('as the name of a field is not repeated: it may be a person’s number', async () => {
    const parts = testParts();
    const body = { fields: { '14830989960': 'x' }, reason: 'Rettet etter samtale.' };
    const at = `${BASE}/quarantine/00000000-0000-4000-8000-000000000000/mend`;
    const response = await appOf(parts).post(at, body);
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.problems).toMatchObject([{ code: 'INVALID_VALUE', field: 'fields' }]);
    expect(JSON.stringify(problem)).not.toContain('14830989960');
  });

  test('in a body is answered with what to send, without what was sent', async () => {
    const parts = testParts();
    const response = await appOf(parts).post(`${BASE}/youths/search`, { fodselsnummer: 14830989960 });
    expect(response.status).toBe(400);
    const { problems } = await problemOf(response);
    expect(problems).toMatchObject([
      { code: 'WRONG_TYPE', cure: 'Send verdien som tekst, i anførselstegn.' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('14830989960');
  });
});
