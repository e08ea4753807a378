import { describe, expect, test } from 'vitest';
import { countInThread } from '../../src/bridge/sheetCounting.ts';
import type { SheetName } from '../../src/core/report/sheetName.ts';
import type { CountOrder } from '../../src/reports/countedSheet.ts';
import type { StoredRecord } from '../../src/store/port.ts';
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
  const orderOf = (name: SheetName): CountOrder => ({
    ...{ organisation, others: [organisation] },
    request: { name, on: '2026-10-07', step: 'maaned', county: null, today: '2026-10-07' },
  });
  return { store, orderOf };
}

describe('counting in a thread', () => {
  test('gives what counting here gives, and says how far it has come', async () => {
    const { store, orderOf } = await county();
    for (const name of ['checks', 'national'] as const) {
      const seen: number[] = [];
      const counted = await countInThread(store, orderOf(name), { ...quiet(), seen: (so) => seen.push(so) });
      expect(counted).toEqual(await countHere(store, orderOf(name), quiet()));
      expect(seen.at(-1)).toBeGreaterThan(220);
    }
  });

  test('ends when it is to end, and gives back what it reads with', async () => {
    const { store, orderOf } = await county();
    const stopping = new AbortController();
    let open = 0;
    const queries = {
      async *recordedUpto(...asked: Parameters<typeof store.recordedUpto>): AsyncGenerator<StoredRecord> {
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
    const order = orderOf('stock');
    const nowhere = { ...order, request: { ...order.request, county: '99' as never } };
    await expect(countInThread(store, nowhere, quiet())).rejects.toThrow(/^counting failed: Error$/);
  });
});
