import { parentPort, workerData } from 'node:worker_threads';
import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
import { type CountedSheet, type CountOrder, countOrder } from '../reports/countedSheet.ts';
import type { PackedRecord } from '../store/queriesPort.ts';

// Counts reports in a thread of its own: a county's year is counted for seconds without a pause. The thread that asked reads
// the events and hands them over packed, portion by portion.

export type SheetQuestion =
  /** Read everything recorded up to then, from the first. */
  | { kind: 'read'; org: OrgId; upto: IsoInstant }
  /** The next portion. */
  | { kind: 'next' }
  | { kind: 'counted'; sheets: CountedSheet[] };

/** Null: there are no more. */
export type SheetPortion = readonly PackedRecord[] | null;

const port = parentPort;
if (port !== null) {
  const ask = (question: SheetQuestion) => {
    const { promise, resolve } = Promise.withResolvers<SheetPortion>();
    port.once('message', resolve);
    port.postMessage(question);
    return promise;
  };
  const queries = {
    async *recordedUpto(org: OrgId, upto: IsoInstant): AsyncGenerator<readonly PackedRecord[]> {
      for (let portion = await ask({ kind: 'read', org, upto }); portion !== null; ) {
        yield portion;
        portion = await ask({ kind: 'next' });
      }
    },
  };
  const order: CountOrder = workerData;
  const answer: SheetQuestion = { kind: 'counted', sheets: await countOrder(queries, order) };
  port.postMessage(answer);
}
