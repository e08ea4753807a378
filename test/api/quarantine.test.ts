import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { PublishTimeout } from '../../src/kafka/publisher.ts';
import { appOf, bodyOf, dropout, ORG, PERSON, problemOf, SAMPLE, sent, testParts } from './parts.ts';
import { RECORDED, seedQuarantine } from './seed.ts';

const PATH = `/organisations/${ORG}/quarantine`;
const REASON = { reason: 'Koden er lagt til i kodelisten.' };

async function withItem() {
  const parts = testParts();
  const record = dropout({ avbruddsarsak: 'AF' });
  const at = { receipt: randomUUID(), row: 17 };
  const id = await seedQuarantine(parts, record, at);
  return { parts, record, at, id, ...appOf(parts) };
}

describe('the quarantine', () => {
  test('lists what is wrong and where, never the payload', async () => {
    const { get, id, at } = await withItem();
    const text = await (await get(PATH)).text();
    expect(JSON.parse(text)).toEqual({
      items: [
        {
          id,
          status: 'open',
          received: RECORDED,
          position: { topic: `${ORG}.ot.event.school-dropout`, partition: 0, offset: '0' },
          problems: [expect.objectContaining({ code: 'UNKNOWN_CODE', raw: 'ZZ' })],
          ...at,
        },
      ],
      next: null,
    });
    expect(text).not.toContain(PERSON);
    expect(await (await get(`${PATH}/${id}`)).text()).not.toMatch(/sealed|14830989960/);
  });

  test('is read page by page', async () => {
    const { parts, get } = await withItem();
    for (let n = 0; n < 4; n += 1) await seedQuarantine(parts, dropout(), { receipt: randomUUID(), row: n });
    const ids: string[] = [];
    let next: string | null = null;
    do {
      const page: { items: { id: string }[]; next: string | null } = await bodyOf(
        await get(`${PATH}?limit=2${next === null ? '' : `&after=${next}`}`),
      );
      ids.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next !== null);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
  });

  test.each(['status=borte', 'limit=0', 'limit=501', 'limit=x', `after=${PERSON}`])(
    'refuses the filter %s',
    async (query) => {
      const { get } = await withItem();
      const response = await get(`${PATH}?${query}`);
      expect(response.status).toBe(400);
      expect(JSON.stringify(await problemOf(response))).not.toContain(PERSON);
    },
  );

  test('of another organisation is not seen', async () => {
    const { get, post, id } = await withItem();
    expect((await bodyOf(await get(`/organisations/${SAMPLE}/quarantine`))).items).toEqual([]);
    for (const response of [
      await get(`/organisations/${SAMPLE}/quarantine/${id}`),
      await post(`/organisations/${SAMPLE}/quarantine/${id}/replay`, REASON),
      await post(`/organisations/${SAMPLE}/quarantine/${id}/discard`, REASON),
      await get(`${PATH}/${randomUUID()}`),
    ]) {
      expect(response.status).toBe(404);
    }
  });
});

describe('a replay', () => {
  test('sends the record as it came to its topic, keyed by the person, with its receipt, and settles the item', async () => {
    const { parts, post, get, id, record, at } = await withItem();
    const response = await post(`${PATH}/${id}/replay`, REASON);
    const [again] = sent(parts.publisher, 'school-dropout');
    expect(await bodyOf(response)).toEqual({ id, status: 'replayed' });
    expect(JSON.parse(String(again?.value))).toEqual(record);
    expect(again?.headers).toEqual({
      'ot-receipt': at.receipt,
      'ot-row': '17',
      'ot-replay-of': id,
      'origin.application.id': 'ot-bridge-api',
      traceparent: 'tp',
    });
    expect(again?.key).toBe(await parts.memory.refOf(parts.vault.hmac(new Fodselsnummer(PERSON))));
    expect((await bodyOf(await get(`${PATH}?status=replayed`))).items).toHaveLength(1);
  });

  test('happens once: the second one is 409 and sends nothing', async () => {
    const { parts, post, id } = await withItem();
    await post(`${PATH}/${id}/replay`, REASON);
    const second = await post(`${PATH}/${id}/replay`, REASON);
    expect(second.status).toBe(409);
    expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
  });

  test('that Kafka does not acknowledge leaves the item open', async () => {
    const { parts, id } = await withItem();
    const publisher = {
      ...parts.publisher,
      publish: async () => {
        throw new PublishTimeout();
      },
    };
    const { post, get } = appOf({ ...parts, publisher });
    expect((await post(`${PATH}/${id}/replay`, REASON)).status).toBe(503);
    expect((await bodyOf(await get(`${PATH}/${id}`))).status).toBe('open');
  });
});

test('a discarded record is settled and sent nowhere', async () => {
  const { parts, post, id } = await withItem();
  expect(await bodyOf(await post(`${PATH}/${id}/discard`, REASON))).toEqual({ id, status: 'discarded' });
  expect((await post(`${PATH}/${id}/discard`, REASON)).status).toBe(409);
  expect(sent(parts.publisher, 'school-dropout')).toEqual([]);
  expect(parts.logged).toContainEqual({ event: 'discarded', org: ORG, item: id });
});

test.each([
  {},
  { reason: '' },
  { reason: '  x ' },
  { reason: `gjelder ${PERSON}` },
  { reason: 'gjelder 14 83 09 899 60' },
  { reason: 'gjelder 148309 – 89960' },
  { reason: 'gjelder 148309\u00a089960.' },
  { reason: 'gjelder １４８３０９８９９６０' },
  { reason: 'a\u0000b c' },
  { ...REASON, mer: 1 },
])('an act with the reason %j is refused', async (body) => {
  const { post, id } = await withItem();
  const response = await post(`${PATH}/${id}/discard`, body);
  expect(response.status).toBe(400);
  expect(JSON.stringify(await problemOf(response))).not.toContain(PERSON);
});

test.each(['Kom 20.11.2026 kl. 08.00', 'Nettene 2026-11-20 2026-11-27', 'Skole 40014, orgnr. 987 654 321'])(
  'an act with the reason %j is taken: it names no person',
  async (reason) => {
    const { post, id } = await withItem();
    expect((await post(`${PATH}/${id}/discard`, { reason })).status).toBe(200);
  },
);
