import { beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../src/core/access/principal.ts';
import { orgId } from '../../src/core/organisation.ts';
import { assignment, controlOf, grant, machine, person } from '../access/callers.ts';
import { bodyOf } from '../api/parts.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { annulment, dropout, P01, P02, P10 } from '../harness/schoolDropouts.ts';

// A sender mends what is in quarantine of its own submissions, on the receipt.

const NOW = '2026-10-07T07:12:00.000Z';
const [SCHOOL, OTHER_SCHOOL] = ['40014', '40015'];

let pipeline: TestPipeline;

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
});

const as = (principal: Principal) => apiInMemory(pipeline, () => NOW, { access: controlOf(principal) });
const ofSchool = (institution = SCHOOL) =>
  as(person([assignment('skole', pipeline.org, { institution })], { key: institution as never }));

async function ask(api: ReturnType<typeof apiInMemory>, method: string, path: string, body?: unknown) {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await api.request(path, { method, ...json });
  return { status: answer.status, body: await bodyOf(answer) };
}

/** Sends rows as the school, and waits for what becomes of them. @returns the receipt's id */
async function sent(rows: unknown, api = ofSchool()): Promise<string> {
  const answer = await ask(api, 'POST', 'feeds/school-dropout', rows);
  expect(answer.status).toBe(202);
  await pipeline.settle();
  return answer.body.receiptId;
}

async function receipt(id: string, api = ofSchool()) {
  return (await ask(api, 'GET', `receipts/${id}`)).body;
}

const UNKNOWN = { avbruddsarsak: 'ZZ' };
const RIGHT = { fields: { avbruddsarsak: 'FV' }, send: true };

describe('a row that is in quarantine', () => {
  test('is shown with what is wrong and what to write, and nothing of what it says', async () => {
    const id = await sent([dropout(P01, 'a'), dropout(P02, 'b', UNKNOWN)]);
    expect((await receipt(id)).problems).toMatchObject([{ row: 2, kept: 'open' }]);
    const { status, body } = await ask(ofSchool(), 'GET', `receipts/${id}/rows/2`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ feed: 'school-dropout', row: 2, state: 'open' },
      problems: [{ code: 'UNKNOWN_CODE', field: 'avbruddsarsak', heading: 'Avbruddsårsak' }],
    });
    expect(body.fields[0]).toEqual({
      ...{ field: 'avbruddsarsak', heading: 'Avbruddsårsak', wrong: true },
      help: expect.stringContaining('B06'),
    });
    expect(body.fields.map(({ field }: { field: string }) => field)).toContain('avbruddsdato');
    expect(body.fields.map(({ field }: { field: string }) => field)).not.toContain('startdato');
    expect(JSON.stringify(body)).not.toContain(P02.fodselsnummer);
  });

  test('is tried first: what is still wrong is said, and nothing is sent', async () => {
    const id = await sent(dropout(P02, 'b', UNKNOWN));
    const wrong = await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, {
      ...{ fields: { avbruddsarsak: 'YY' }, send: true },
    });
    expect(wrong.body).toMatchObject({
      ...{ sent: false, outcome: 'quarantined' },
      problems: [{ code: 'UNKNOWN_CODE', heading: 'Avbruddsårsak' }],
    });
    const tried = await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, { fields: RIGHT.fields });
    expect(tried.body).toMatchObject({ sent: false, outcome: 'applied', text: 'Ville blitt godtatt.' });
    await pipeline.settle();
    expect(pipeline.out('status')).toEqual([]);
    expect((await receipt(id)).problems).toMatchObject([{ kept: 'open' }]);
  });

  test('is sent with its id and its row, and the receipt follows it until it is final', async () => {
    const id = await sent([dropout(P01, 'a'), dropout(P02, 'b', UNKNOWN)]);
    const { body } = await ask(ofSchool(), 'POST', `receipts/${id}/rows/2`, RIGHT);
    expect(body).toEqual({ sent: true, outcome: 'applied', text: 'Ville blitt godtatt.', problems: [] });
    const under = await receipt(id);
    expect(under).toMatchObject({ resent: 1, final: false, problems: [{ row: 2, kept: 'sent' }] });
    expect(under.text).toContain('1 er rettet og sendt på nytt');
    await pipeline.settle();
    expect(await receipt(id)).toMatchObject({
      counts: { applied: 2, quarantined: 0 },
      ...{ problems: [], resent: 0, final: true },
    });
    expect(pipeline.out('status')).toHaveLength(2);
    // The same report once more is known: the mended one has its id and version.
    const again = await sent(dropout(P02, 'b'));
    expect((await receipt(again)).counts).toMatchObject({ duplicate: 1 });
  });

  test('is sent once, also by two who press at the same time', async () => {
    const id = await sent(dropout(P02, 'b', UNKNOWN));
    const both = await Promise.all(
      [1, 2, 3].map(() => ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, RIGHT)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(both.find(({ status }) => status === 409)?.body.type).toBe('urn:ot-bridge:ALREADY_SETTLED');
    await pipeline.settle();
    expect((await receipt(id)).counts).toMatchObject({ applied: 1, duplicate: 0 });
    expect(pipeline.out('status')).toHaveLength(1);
    expect((await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, RIGHT)).status).toBe(409);
  });

  test('that is still wrong when it comes can be mended again', async () => {
    const id = await sent(dropout(P02, 'b', UNKNOWN));
    await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, RIGHT);
    await pipeline.settle();
    const other = await sent(annulment(P02.fodselsnummer, 'b'));
    expect((await receipt(other)).counts).toMatchObject({ applied: 1 });
    const second = await sent(dropout(P10, 'c', { ...UNKNOWN, avbruddsdato: '2026-13-41' }));
    const half = await ask(ofSchool(), 'POST', `receipts/${second}/rows/1`, RIGHT);
    expect(half.body).toMatchObject({ sent: false, problems: [{ field: 'avbruddsdato' }] });
    const whole = { fields: { ...RIGHT.fields, avbruddsdato: '6.10.2026' }, send: true };
    expect((await ask(ofSchool(), 'POST', `receipts/${second}/rows/1`, whole)).body).toMatchObject({
      sent: true,
    });
    await pipeline.settle();
    expect((await receipt(second)).counts).toMatchObject({ applied: 1 });
  });

  test('that came twice is mended once', async () => {
    const id = await sent(dropout(P02, 'b', UNKNOWN));
    const [first] = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 5, after: null });
    // Kafka had not acknowledged it, and it was sent again under the same receipt.
    await pipeline.send('school-dropout', [dropout(P02, 'b', UNKNOWN)], {
      ...{ at: NOW, headers: { 'ot-receipt': id, 'ot-row': '1' } },
    });
    await pipeline.settle();
    expect(first).toBeDefined();
    expect(await pipeline.store.quarantineOfRow(pipeline.org, id, 1)).toHaveLength(2);
    await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, RIGHT);
    await pipeline.settle();
    expect(await receipt(id)).toMatchObject({ counts: { applied: 1 }, final: true });
    const open = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 5, after: null });
    expect(open).toEqual([]);
  });

  test('what says something else under its number stays in quarantine', async () => {
    const id = await sent(dropout(P02, 'b', UNKNOWN));
    // Who writes to the topic can name any receipt.
    await pipeline.send('school-dropout', [dropout(P10, 'c', UNKNOWN)], {
      ...{ at: NOW, headers: { 'ot-receipt': id, 'ot-row': '1' } },
    });
    await pipeline.settle();
    await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, RIGHT);
    await pipeline.settle();
    const open = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 5, after: null });
    expect(open).toHaveLength(1);
    expect(pipeline.out('status')).toHaveLength(1);
  });

  test('cannot be mended in a field that it does not have, nor where it cannot be read', async () => {
    const id = await sent([dropout(P01, 'a', UNKNOWN), 'ikke et objekt']);
    const field = await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, {
      fields: { hemmelig: 'x' },
      send: true,
    });
    expect(field).toMatchObject({ status: 404, body: { type: 'urn:ot-bridge:UNKNOWN_ROW' } });
    expect((await ask(ofSchool(), 'GET', `receipts/${id}/rows/2`)).body).toMatchObject({ fields: [] });
    expect(await ask(ofSchool(), 'POST', `receipts/${id}/rows/2`, RIGHT)).toMatchObject({
      ...{ status: 409, body: { type: 'urn:ot-bridge:NOT_MENDABLE' } },
    });
    expect((await ask(ofSchool(), 'GET', `receipts/${id}/rows/3`)).status).toBe(404);
  });

  test('that took effect in part is corrected under the same id and the next version', async () => {
    await sent(dropout(P01, 'a'));
    const id = await sent({ ...annulment(P01.fodselsnummer, 'a'), fodselsdato: 'i fjor' });
    const shown = await receipt(id);
    expect(shown.notes).toMatchObject([{ row: 1, kept: 'open' }]);
    const { body } = await ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, {
      ...{ fields: { fodselsdato: '14.03.2009' }, send: true },
    });
    expect(body).toMatchObject({ sent: true, problems: [] });
    await pipeline.settle();
    const [item] = await pipeline.store.quarantineOfRow(pipeline.org, id, 1);
    expect(item?.status).toBe('replayed');
    expect((await receipt(id)).notes).toMatchObject([{ kept: 'sent' }]);
  });
});

describe('of the rows of others', () => {
  const rows = [dropout(P02, 'b', UNKNOWN)];

  test('a school sees and mends none, whatever the address', async () => {
    const id = await sent(rows);
    for (const other of [
      ofSchool(OTHER_SCHOOL),
      as(person([assignment('skole', orgId('vestfoldfylke-no'))])),
    ])
      for (const answer of [
        await ask(other, 'GET', `receipts/${id}/rows/1`),
        await ask(other, 'POST', `receipts/${id}/rows/1`, RIGHT),
      ]) {
        expect([403, 404]).toContain(answer.status);
        expect(JSON.stringify(answer.body)).not.toContain('avbruddsarsak');
      }
    await pipeline.settle();
    expect((await receipt(id)).problems).toMatchObject([{ kept: 'open' }]);
  });

  test('a row about another school is refused as when it was sent, until it is about the own one', async () => {
    const id = await sent(dropout(P02, 'b', { skolenummer: OTHER_SCHOOL }));
    const mend = (skolenummer: string) =>
      ask(ofSchool(), 'POST', `receipts/${id}/rows/1`, { fields: { skolenummer }, send: true });
    expect((await mend('40020')).body).toMatchObject({
      sent: false,
      problems: [{ code: 'FOREIGN_INSTITUTION' }],
    });
    expect((await mend(SCHOOL)).body).toMatchObject({ sent: true });
    await pipeline.settle();
    expect((await receipt(id)).counts).toMatchObject({ applied: 1 });
  });

  test('a machine of another sender, operations and advisers mend none', async () => {
    const id = await sent(rows);
    const { org } = pipeline;
    const others = [
      as(machine([grant('ot/feeds/school-dropout.write', org)])),
      as(person([assignment('drift', org)])),
      as(person([assignment('radgiver', org)])),
      as(person([assignment('leder', org)])),
      as(person([assignment('inntak', org)])),
    ];
    for (const other of others)
      expect([403, 404]).toContain((await ask(other, 'POST', `receipts/${id}/rows/1`, RIGHT)).status);
  });

  test('a record on another feed that names the receipt is none of it', async () => {
    const id = await sent(dropout(P01, 'a'));
    await pipeline.send('vigo-intake', [{ type: 'ukjent' }], {
      ...{ at: NOW, headers: { 'ot-receipt': id, 'ot-row': '7' } },
    });
    await pipeline.settle();
    expect((await ask(ofSchool(), 'GET', `receipts/${id}/rows/7`)).status).toBe(404);
  });
});
