import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bytesOf, LARGEST_RECORD, lighten } from '../../src/kafka/unkeptContent.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { createVault } from '../../src/store/vault.ts';
import { packRecord, unpackRecord } from '../../src/wire/sealedRecord.ts';
import { dropout } from '../harness/feedRecords.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

const AT = '2026-10-07T07:12:00.000Z';
const record = (value: Buffer, headers = {}) => ({ offset: 7n, timestamp: 1, value, headers });

describe('a record that is too large', () => {
  const large = record(Buffer.alloc(LARGEST_RECORD + 1, 'x'), { 'ot-row': '3' });

  test('keeps its place, its size and a digest, and nothing of what it says', () => {
    const { value, shed, offset } = lighten(large);
    expect({ value, offset }).toEqual({ value: null, offset: 7n });
    const sha256 = createHash('sha256').update(large.value).digest('hex');
    expect(shed).toEqual({ why: 'TOO_LARGE', bytes: LARGEST_RECORD + 1, sha256 });
    expect(packRecord(lighten(large)).length).toBeLessThan(400);
    expect(unpackRecord(packRecord(lighten(large)))).toMatchObject({ value: null, shed });
    expect(bytesOf(lighten(large))).toBeLessThan(1_000);
  });

  test('is known again by the mark that its whole self has', () => {
    const { recordTag } = createVault(Buffer.alloc(32, 7));
    expect(recordTag(lighten(large))).toBe(recordTag(large));
  });

  test('is one byte larger than the largest that is kept', () => {
    const largest = record(Buffer.alloc(LARGEST_RECORD, 'x'));
    expect(lighten(largest)).toBe(largest);
  });
});

describe('what is kept of a record', () => {
  test('leaves out headers that are not ours, and ours when they are absurd', () => {
    const headers = { 'ot-row': '3', navn: 'Aktsom Fjellrev', 'ot-receipt': 'x'.repeat(2_000) };
    expect(unpackRecord(packRecord(record(Buffer.from('{}'), headers))).headers).toEqual({ 'ot-row': '3' });
  });
});

describe('a batch that the database will not take', () => {
  /** Refuses to keep whatever holds the text, as PostgreSQL refuses a statement that is too much for it. */
  async function pipelineThatRefuses(word: string, code: string) {
    const vault = createVault(Buffer.alloc(32, 7));
    const memory = createMemoryStore();
    const refused: number[] = [];
    const store: typeof memory = {
      ...memory,
      async commit(batch) {
        const kept = batch.quarantined.map(({ sealed }) => unpackRecord(vault.open(sealed)).value);
        if (kept.some((each) => each?.includes(word))) {
          refused.push(batch.quarantined.length);
          throw Object.assign(new Error('refused'), { code });
        }
        return memory.commit(batch);
      },
      refuses: (error) => (error as { code?: string }).code === '54000',
    };
    const pipeline = await createTestPipeline({ store });
    return { pipeline, store, refused };
  }

  test('case E5: is taken bit by bit, and one record that it never takes is kept without its content', async () => {
    const { pipeline, store, refused } = await pipelineThatRefuses('FLYTT', '54000');
    const people = crowd(31, 16);
    await pipeline.send(
      'school-dropout',
      people.map((each, at) => dropout(each, '2026-10-06', at === 11 ? { avbruddsarsak: 'FLYTT' } : {})),
      { at: AT },
    );
    await pipeline.settle();
    const items = await store.quarantine(pipeline.org, { status: 'open', limit: 10, after: null });
    expect(items.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['UNSTORABLE']]);
    expect(refused.length).toBeGreaterThan(1);
    for (const [at, { fodselsnummer }] of people.entries()) {
      const known = await pipeline.youth(fodselsnummer);
      expect(known?.youth.registrations.length ?? 0).toBe(at === 11 ? 0 : 1);
    }
  });
});
