import { expect, vi } from 'vitest';
import { ReceiptSchema } from '../../src/api/schema/receiptSchema.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { crowd } from '../harness/manyPersons.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import type { Scenarios } from '../harness/scenario.ts';

// The conversion of VIGO's codes in week 18, by the API and the whole pipeline. In memory only: the program that knows the
// new code is a later release of it, started on the store and the topics of the earlier one.

const AT = '2027-05-03T08:00:00.000Z';
const AFTER = '2027-05-04T08:00:00.000Z';
const NEW_CODE = 'NYKODE';
const ROWS = 4_500;
/** Rows with the code that is unknown so far, counted from 0. */
const UNKNOWN = [16, 2_040, 4_499];
/** Declined, no place, not answered: all of them are known. */
const KNOWN = ['STRONT', '64', 'STRILÆ'];

const wishes = crowd(ROWS, { first: '2008-01-01', last: '2011-12-31' }).map((who, at) => ({
  id: `onske-${at}`,
  type: 'onskestatus',
  ...who,
  skolear: '2027-28',
  dato: '2027-05-03',
  onskestatus: UNKNOWN.includes(at) ? NEW_CODE : KNOWN[at % KNOWN.length],
}));

export const CONVERSION: Scenarios = {
  'I02 of 4 500 rows 4 497 load and 3 wait with their raw code; a replay with the code known loads exactly 3':
    async () => {
      const pipeline = await createTestPipeline();
      const api = apiInMemory(pipeline, () => AT);
      const sent = await api.post('feeds/vigo-intake', wishes, {});
      expect(sent.status).toBe(202);
      await pipeline.settle();
      const { receiptId } = JSON.parse(await sent.text());
      const path = `receipts/${receiptId}`;
      const receipt = ReceiptSchema.parse(JSON.parse(await (await api.get(path)).text()));
      expect(receipt).toMatchObject({ rows: ROWS, final: true, counts: { applied: 4_497, quarantined: 3 } });
      expect(receipt.problems.map(({ row, problems }) => [row, ...problems.map(lineOf)])).toEqual(
        UNKNOWN.map((at) => [at + 1, `onskestatus UNKNOWN_CODE ${NEW_CODE}`]),
      );

      // No youth is given a code or a status in place of the unknown one.
      const before = await registrations(pipeline);
      expect(before).toEqual({ 'TAKKET_NEI OTUK': 1_499, 'ANDRE_GRUNNER OTUK': 2_998 });
      for (const at of UNKNOWN) expect(await pipeline.youth(numberOf(at))).toBeUndefined();

      const { later, laterApi } = await withTheCode(pipeline);
      const { items } = JSON.parse(await (await laterApi.get('quarantine')).text());
      expect(items.map(({ problems }: { problems: ShownProblem[] }) => problems.map(lineOf))).toEqual(
        UNKNOWN.map(() => [`onskestatus UNKNOWN_CODE ${NEW_CODE}`]),
      );
      const reason = { reason: 'Koden er lagt til i kodelisten.' };
      for (const { id } of items)
        expect((await laterApi.post(`quarantine/${id}/replay`, reason, {})).status).toBe(200);
      await later.settle();
      const loaded = await registrations(later);
      expect(loaded).toEqual({ ...before, 'ANDRE_GRUNNER OTUK': 2_998 + 3 });
      for (const at of UNKNOWN) expect(await later.youth(numberOf(at))).toBeDefined();
      const after = ReceiptSchema.parse(JSON.parse(await (await laterApi.get(path)).text()));
      expect(after).toMatchObject({
        counts: { applied: ROWS, quarantined: 0, duplicate: 0, rejected: 0, parked: 0, waiting: 0 },
        problems: [],
      });
      expect(JSON.parse(await (await laterApi.get('quarantine')).text()).items).toEqual([]);
    },
};

interface ShownProblem {
  field: string;
  code: string;
  raw?: string | undefined;
}

const lineOf = ({ field, code, raw }: ShownProblem) => `${field} ${code} ${raw}`;

function numberOf(at: number): string {
  return wishes[at]?.fodselsnummer ?? '';
}

/** How many registrations there are of each tilmeldingskode and status. */
async function registrations({ store, org }: TestPipeline): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { youth } of store.youths(org)) {
    for (const { tilmeldingskode, status } of youth.registrations) {
      const what = `${tilmeldingskode} ${status.code}`;
      counts[what] = (counts[what] ?? 0) + 1;
    }
  }
  return counts;
}

const STATUSES = '../../src/core/codelists/data/wishStatuses.ts';
const MEANING = '../../src/core/codelists/wishMeaning.ts';

/** The next release: the table has one row more, and so has its reading. */
async function withTheCode(pipeline: TestPipeline) {
  vi.resetModules();
  vi.doMock(STATUSES, async (original) => {
    const { WISH_STATUSES } =
      await original<typeof import('../../src/core/codelists/data/wishStatuses.ts')>();
    return { WISH_STATUSES: [...WISH_STATUSES, { number: 85, code: NEW_CODE, text: 'Strøket, ny grunn' }] };
  });
  vi.doMock(MEANING, async (original) => {
    const { WISH_MEANING } = await original<typeof import('../../src/core/codelists/wishMeaning.ts')>();
    return { WISH_MEANING: { ...WISH_MEANING, [NEW_CODE]: 'no-place' } };
  });
  try {
    const release = {
      ...(await import('../harness/memoryPipeline.ts')),
      ...(await import('../harness/apiInMemory.ts')),
    };
    const later = await release.createTestPipeline({ store: pipeline.store });
    await later.replay(pipeline.records());
    await later.settle();
    return { later, laterApi: release.apiInMemory(later, () => AFTER) };
  } finally {
    vi.doUnmock(STATUSES);
    vi.doUnmock(MEANING);
    vi.resetModules();
  }
}
