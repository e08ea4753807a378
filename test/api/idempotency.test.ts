import { describe, expect, test } from 'vitest';
import { type Publisher, PublishTimeout } from '../../src/kafka/publisher.ts';
import { appOf, bodyOf, dropout, ORG, PERSON, problemOf, sent, testParts } from './parts.ts';

const FEED = `/organisations/${ORG}/feeds/school-dropout`;
const KEY = { 'Idempotency-Key': 'b6f5c1f0-5f0e-4b0e-9f51-2b1d5f0c7a11' };

describe('S12: the secretary presses send twice', () => {
  test('the second answer is the same receipt and nothing is added', async () => {
    const parts = testParts();
    const { post } = appOf(parts);
    const record = dropout();
    const first = await (await post(FEED, record, KEY)).text();
    const second = await post(FEED, record, KEY);
    expect(second.status).toBe(202);
    expect(await second.text()).toBe(first);
    expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
  });

  test('the same key with another body is 409 and nothing is changed', async () => {
    const parts = testParts();
    const { post } = appOf(parts);
    await post(FEED, dropout(), KEY);
    const second = await post(FEED, dropout(), KEY);
    expect(second.status).toBe(409);
    expect((await problemOf(second)).type).toBe('urn:ot-bridge:IDEMPOTENCY_CONFLICT');
    expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
  });

  test('a hundred at the same moment are one submission', async () => {
    const parts = testParts();
    const { post } = appOf(parts);
    const record = dropout();
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => (await post(FEED, record, KEY)).text()),
    );
    expect(new Set(answers).size).toBe(1);
    expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
  });

  test('without a key each submission has a receipt of its own', async () => {
    const { post } = appOf(testParts());
    const record = dropout();
    const [first, second] = [await bodyOf(await post(FEED, record)), await bodyOf(await post(FEED, record))];
    expect(first.receiptId).not.toBe(second.receiptId);
  });
});

describe('a submission that Kafka did not acknowledge', () => {
  function slowOnce(working: Publisher): Publisher {
    let first = true;
    return {
      ...working,
      async publish(records, options) {
        if (first && options?.deadlineMs !== undefined) {
          first = false;
          throw new PublishTimeout();
        }
        await working.publish(records, options);
      },
    };
  }

  test('is 503 with Retry-After, and is sent under the same receipt when it comes again', async () => {
    const parts = testParts();
    const { post } = appOf({ ...parts, publisher: slowOnce(parts.publisher) });
    const record = dropout();
    const first = await post(FEED, record, KEY);
    const second = await post(FEED, record, KEY);
    const third = await post(FEED, record, KEY);
    expect(first.status).toBe(503);
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await problemOf(first)).detail).toContain('samme Idempotency-Key');
    expect([second.status, third.status]).toEqual([202, 202]);
    expect((await bodyOf(second)).receiptId).toBe((await bodyOf(third)).receiptId);
    expect(sent(parts.publisher, 'school-dropout')).toHaveLength(1);
  });

  test('because this process is stopping is 503 too', async () => {
    const parts = testParts();
    await parts.publisher.close();
    expect((await appOf(parts).post(FEED, dropout(), KEY)).status).toBe(503);
  });

  test('has the same keys and the same run when it comes again: it is the same list', async () => {
    const parts = testParts();
    const records: unknown[] = [];
    const failing: Publisher = {
      ...parts.publisher,
      async publish(batch) {
        records.push(batch);
        throw new PublishTimeout();
      },
    };
    const { post } = appOf({ ...parts, publisher: failing });
    const list = { antall: 1, kontrakter: [{ elev: { fnr: 'x' } }] };
    await post(`/organisations/${ORG}/feeds/apprenticeship`, list, KEY);
    await post(`/organisations/${ORG}/feeds/apprenticeship`, list, KEY);
    expect(records[0]).toEqual(records[1]);
  });
});

describe('an idempotency key', () => {
  test('with spaces or of more than 200 characters is refused before anything is read', async () => {
    const { post } = appOf(testParts());
    for (const key of ['to ord', 'x'.repeat(201), 'æøå']) {
      const response = await post(FEED, dropout(), { 'Idempotency-Key': key });
      expect((await problemOf(response)).type).toBe('urn:ot-bridge:INVALID_IDEMPOTENCY_KEY');
    }
  });

  test('is kept as a keyed hash, and so is the body: neither can hold a person', async () => {
    const parts = testParts();
    const kept: unknown[] = [];
    const operations = {
      ...parts.memory,
      openReceipt: (entry: Parameters<typeof parts.memory.openReceipt>[0]) => {
        kept.push(entry.idempotencyKey, entry.bodyHash.toString('hex'));
        return parts.memory.openReceipt(entry);
      },
    };
    await appOf({ ...parts, operations }).post(FEED, dropout(), { 'Idempotency-Key': PERSON });
    expect(kept).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(kept.join()).not.toContain(PERSON);
  });
});
