import { beforeEach, describe, expect, test } from 'vitest';
import type { AccessControl } from '../../src/api/access.ts';
import { WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd, dropout, P01, P02, P10, P14 } from '../harness/schoolDropouts.ts';

// A sender whose grant or role names schools sends rows about those alone: the others are refused row by row.

const AT = '2026-10-07T07:12:00.000Z';
const OWN = '40014';
const OTHER = '40020';

let pipeline: TestPipeline;
let school: ReturnType<typeof apiInMemory>;
let county: ReturnType<typeof apiInMemory>;

beforeEach(async () => {
  pipeline = await createTestPipeline();
  const ofSchools: AccessControl = {
    principalOf: () => ({ kind: 'local', name: 'skole', key: 'skole' }),
    decide: () => ({
      permitted: true,
      permission: { ...WHOLE_COUNTY, reach: { kind: 'institutions', institutions: [OWN, '40099'] } },
    }),
    challenge: 'Bearer',
  };
  school = apiInMemory(pipeline, () => AT, { access: ofSchools });
  county = apiInMemory(pipeline, () => AT);
});

async function answerOf(answer: Response) {
  return JSON.parse(await answer.text());
}

/** What became of a submission by the school. */
async function sent(feed: string, body: unknown) {
  const answer = await school.post(`feeds/${feed}`, body, {});
  expect(answer.status).toBe(202);
  const { receiptId } = await answerOf(answer);
  await pipeline.settle();
  const receipt = await answerOf(await county.get(`receipts/${receiptId}`));
  return { receipt, codes: codesOf(receipt.problems) };
}

function codesOf(rows: { row: number; problems: { code: string }[] }[]) {
  return Object.fromEntries(rows.map(({ row, problems }) => [row, problems.map(({ code }) => code)]));
}

const ROWS = [
  dropout(P01, 'a'),
  dropout(P02, 'b', { skolenummer: OTHER }),
  dropout(P10, 'c', { skolenummer: undefined }),
  dropout(P14, 'd', { skolenummer: ` ${OWN} ` }),
];

describe('a sender of one school', () => {
  test('gets its own rows through, and the others on the receipt with the cure', async () => {
    const { receipt, codes } = await sent('school-dropout', ROWS);
    expect(receipt.counts).toMatchObject({ applied: 2, quarantined: 2 });
    expect(codes).toEqual({ 2: ['FOREIGN_INSTITUTION'], 3: ['FOREIGN_INSTITUTION'] });
    expect(JSON.stringify(receipt.problems)).toContain('be fylkeskommunen om tilgang');
    expect(pipeline.out('status')).toHaveLength(2);
  });

  test('hears the same in a dry run', async () => {
    const answer = await school.post('feeds/school-dropout/dry-run', ROWS, {});
    const { counts, results } = await answerOf(answer);
    expect(counts).toMatchObject({ applied: 2, quarantined: 2 });
    expect(JSON.stringify(results[1])).toContain('FOREIGN_INSTITUTION');
    expect(JSON.stringify(results[0])).not.toContain('FOREIGN_INSTITUTION');
  });

  test('annuls nothing of another school', async () => {
    await county.post('feeds/school-dropout', dropout(P02, 'b', { skolenummer: OTHER }), {});
    const annulment = { type: 'annullering', id: 'b', fodselsnummer: P02.fodselsnummer, version: 2 };
    const { codes } = await sent('school-dropout', { ...annulment, skolenummer: OTHER });
    expect(codes).toEqual({ 1: ['FOREIGN_INSTITUTION'] });
  });

  test('sends nothing to a feed whose rows name no school', async () => {
    const { codes } = await sent('ot-adviser', {
      id: '1',
      type: 'kontakt',
      fodselsnummer: P01.fodselsnummer,
      kilde: 'ot:visma',
      dato: '2026-10-06',
    });
    expect(codes).toEqual({ 1: ['FOREIGN_INSTITUTION'] });
  });

  test('is refused again when an operator replays the row', async () => {
    await sent('school-dropout', ROWS);
    const { items } = await answerOf(await county.get('quarantine'));
    for (const { id } of items) {
      const answer = await county.post(`quarantine/${id}/replay`, { reason: 'Prøver igjen' }, {});
      expect(answer.status).toBe(200);
    }
    await pipeline.settle();
    expect(pipeline.out('status')).toHaveLength(2);
  });
});

describe('the list of another school', () => {
  const PUPILS = crowd(5, 3).map((pupil) => ({ ...pupil, startdato: '2026-08-17' }));
  const list = (skole: string, pupils: readonly object[]) => ({
    skole,
    dato: '2026-10-07',
    antall: pupils.length,
    elever: pupils,
  });
  const lists = async () => (await answerOf(await county.get('lists'))).lists;

  test.each([
    ['its pupils', PUPILS],
    ['pupils said to be our own', PUPILS.map((pupil) => ({ ...pupil, skolenummer: OWN }))],
    ['rows that are no pupils', [1, 2, 3]],
  ])('with %s is refused row by row, and is no list of that school', async (_name, pupils) => {
    const { codes } = await sent('private-school', list(OTHER, pupils as object[]));
    expect(Object.values(codes).flat()).toEqual(pupils.map(() => 'FOREIGN_INSTITUTION'));
    expect(await lists()).toEqual([]);
  });

  test('cannot be ended by a manifest', async () => {
    const manifest = { type: 'manifest', skolenummer: OTHER, liste: 'l-1', antall: 1 };
    expect((await sent('private-school', manifest)).codes).toEqual({ 1: ['FOREIGN_INSTITUTION'] });
    expect(await lists()).toEqual([]);
  });

  test('is not our own, in which a foreign row counts as a broken one', async () => {
    const mixed = PUPILS.map((pupil, index) => (index === 1 ? { ...pupil, skolenummer: OTHER } : pupil));
    const { receipt, codes } = await sent('private-school', list(OWN, mixed));
    expect(codes).toEqual({ 2: ['FOREIGN_INSTITUTION'] });
    expect(receipt.counts).toMatchObject({ applied: 2, quarantined: 1 });
    expect(await lists()).toMatchObject([{ list: `private-school:${OWN}`, announced: 3, seen: 3, bad: 1 }]);
  });
});
