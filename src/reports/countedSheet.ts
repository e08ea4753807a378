import { setTimeout as sleep } from 'node:timers/promises';
import type { Queries } from '../store/queriesPort.ts';
import { buildSheets, type ReportingOrganisation, type SheetAsked } from './buildSheet.ts';
import { packSheet } from './sheetForm.ts';

/** What is counted together, from one reading of the events. Plain data: a thread can be given it. */
export interface CountOrder {
  organisation: ReportingOrganisation;
  asked: readonly SheetAsked[];
}

/** A counted report as it is kept. */
export type CountedSheet = ReturnType<typeof packSheet>;

export interface CountWatch {
  /** So many records have been read so far. */
  seen(records: number): void;
  /** Aborted: the counting is to end. */
  signal: AbortSignal;
}

/** Counts reports from all events. @returns them in the order in which they were asked for @throws when it is to end, and when
 *  the county of a report is not named unambiguously */
export type CountSheets = (
  queries: Pick<Queries, 'recordedUpto'>,
  order: CountOrder,
  watch: CountWatch,
) => Promise<CountedSheet[]>;

/** @throws when the county of a report is not named unambiguously */
export async function countOrder(
  queries: Pick<Queries, 'recordedUpto'>,
  { organisation, asked }: CountOrder,
): Promise<CountedSheet[]> {
  return Array.fromAsync(buildSheets(queries, organisation, asked), packSheet);
}

/** Reads as it is asked to, says how far it has come, and rests between portions: what else the process does comes first. */
export function watched(
  queries: Pick<Queries, 'recordedUpto'>,
  { seen, signal }: CountWatch,
): Pick<Queries, 'recordedUpto'> {
  let records = 0;
  return {
    async *recordedUpto(org, upto) {
      let began = performance.now();
      for await (const portion of queries.recordedUpto(org, upto)) {
        yield portion;
        records += portion.length;
        signal.throwIfAborted();
        seen(records);
        await sleep((performance.now() - began) / 2, undefined, { signal });
        began = performance.now();
      }
      signal.throwIfAborted();
    },
  };
}
