import { setTimeout as sleep } from 'node:timers/promises';
import type { Queries } from '../store/queriesPort.ts';
import { buildSheet, type ReportingOrganisation, type SheetRequest } from './buildSheet.ts';
import { packSheet } from './sheetForm.ts';

/** What is counted. Plain data: a thread can be given it. */
export interface CountOrder {
  organisation: ReportingOrganisation;
  /** All organisations that are in figures of several counties. */
  others: readonly ReportingOrganisation[];
  request: SheetRequest;
}

/** A counted report as it is kept. */
export type CountedSheet = ReturnType<typeof packSheet>;

export interface CountWatch {
  /** So many records have been read so far. */
  seen(records: number): void;
  /** Aborted: the counting is to end. */
  signal: AbortSignal;
}

/** Counts a report from all events. @throws when it is to end, and when the report's county is not named unambiguously */
export type CountSheet = (
  queries: Pick<Queries, 'recordedUpto'>,
  order: CountOrder,
  watch: CountWatch,
) => Promise<CountedSheet>;

/** Records between two rests: some hundredths of a second. */
const PORTION = 500;

/** @throws when the report's county is not named unambiguously */
export async function countOrder(
  queries: Pick<Queries, 'recordedUpto'>,
  { organisation, others, request }: CountOrder,
): Promise<CountedSheet> {
  const built = await buildSheet(queries, organisation, others, request);
  if (!built.ok) throw new Error('the county of the report is not named unambiguously');
  return packSheet(built.sheet);
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
      for await (const record of queries.recordedUpto(org, upto)) {
        yield record;
        records += 1;
        if (records % PORTION > 0) continue;
        signal.throwIfAborted();
        seen(records);
        await sleep((performance.now() - began) / 2, undefined, { signal });
        began = performance.now();
      }
      signal.throwIfAborted();
      seen(records);
    },
  };
}
