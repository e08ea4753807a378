import { describe, expect, test } from 'vitest';
import { countInThread } from '../../src/bridge/sheetCounting.ts';
import { SHEET_NAMES, type SheetName } from '../../src/core/report/sheetName.ts';
import type { IsoDate } from '../../src/core/time/date.ts';
import type { CountedSheet, CountOrder } from '../../src/reports/countedSheet.ts';
import type { PackedRecord } from '../../src/store/queriesPort.ts';
import { adviserWorld, leaving, NOW } from '../console/adviserWorld.ts';
import { countHere } from '../desk/countReports.ts';
import { crowd } from '../harness/manyPersons.ts';

const quiet = () => ({ seen: () => undefined, signal: new AbortController().signal });

async function county() {
  const { pipeline, settle } = await adviserWorld();
  const many = crowd(220, { first: '2008-01-01', last: '2009-12-31' });
  const records = many.map((one, at) => leaving(one, `m-${at}`));
  await pipeline.send('school-dropout', records, { at: NOW });
  await settle();
  const { org, policy, store } = pipeline;
  const organisation = { id: org, county: policy.county, policy };
  const orderOf = (...names: readonly SheetName[]): CountOrder => ({
    organisation,
    asked: names.map((name) => ({
      request: { name, on: '2026-10-07', step: 'maaned', county: null, today: '2026-10-07' },
      others: [organisation],
    })),
  });
  const onDay = (on: IsoDate, { asked, ...order }: CountOrder): CountOrder => ({
    ...order,
    asked: asked.map((each) => ({ ...each, request: { ...each.request, on } })),
  });
  return { store, orderOf, onDay };
}

describe('counting in a thread', () => {
  test('gives what counting here gives, and says how far it has come', async () => {
    const { store, orderOf } = await county();
    const seen: number[] = [];
    const order = orderOf('checks', 'national');
    const counted = await countInThread(store, order, { ...quiet(), seen: (so) => seen.push(so) });
    expect(counted).toEqual(await countHere(store, order, quiet()));
    expect(seen.at(-1)).toBeGreaterThan(220);
  });

  test('of all reports together reads the events once, and gives what each would give alone', async () => {
    const { store, orderOf } = await county();
    let readings = 0;
    const queries = {
      recordedUpto(...asked: Parameters<typeof store.recordedUpto>) {
        readings += 1;
        return store.recordedUpto(...asked);
      },
    };
    const together = await countInThread(queries, orderOf(...SHEET_NAMES), quiet());
    expect(readings).toBe(1);
    const alone: CountedSheet[] = [];
    for (const name of SHEET_NAMES) alone.push(...(await countHere(store, orderOf(name), quiet())));
    expect(together).toEqual(alone);
  });

  test('of reports whose cut-offs differ gives each what it would be alone', async () => {
    const { store, orderOf, onDay } = await county();
    // What came on the seventh is after all cut-offs but those of the day itself, and of the year.
    for (const on of ['2026-10-06', '2026-11-15']) {
      const together = await countHere(store, onDay(on, orderOf(...SHEET_NAMES)), quiet());
      const alone: CountedSheet[] = [];
      for (const name of SHEET_NAMES)
        alone.push(...(await countHere(store, onDay(on, orderOf(name)), quiet())));
      expect(together).toEqual(alone);
      expect(new Set(together.map(({ head }) => JSON.parse(head).scope.cutoff)).size).toBeGreaterThan(1);
    }
  });

  test('ends when it is to end, and gives back what it reads with', async () => {
    const { store, orderOf } = await county();
    const stopping = new AbortController();
    let open = 0;
    const queries = {
      async *recordedUpto(
        ...asked: Parameters<typeof store.recordedUpto>
      ): AsyncGenerator<readonly PackedRecord[]> {
        open += 1;
        try {
          for (;;) yield* store.recordedUpto(...asked);
        } finally {
          open -= 1;
        }
      },
    };
    const counting = countInThread(queries, orderOf('stock'), {
      seen: () => stopping.abort(new Error('stopping')),
      signal: stopping.signal,
    });
    await expect(counting).rejects.toThrow('stopping');
    expect(open).toBe(0);
  });

  test('that fails says no more than that it failed', async () => {
    const { store, orderOf } = await county();
    const { asked, ...order } = orderOf('stock');
    const nowhere = {
      ...order,
      asked: asked.map((each) => ({ ...each, request: { ...each.request, county: '99' as never } })),
    };
    await expect(countInThread(store, nowhere, quiet())).rejects.toThrow(/^counting failed: Error$/);
  });
});
