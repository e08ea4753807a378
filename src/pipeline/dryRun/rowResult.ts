import type { Problem } from '../../core/problem.ts';
import { factKey } from '../../core/youth/youth.ts';
import type { YouthEvent } from '../../core/youth/youthEvent.ts';
import type { Outcome } from '../../store/port.ts';
import { type Decided, noOutcomes } from '../decidedBatch.ts';
import type { Reading } from '../read.ts';
import type { DecidedRecord, DecidedYouth } from '../writes.ts';

/** What a row would lead to. Names no person: a row is known by its number. */
export interface TriedRow {
  /** From 1. */
  row: number;
  outcome: Outcome;
  /** The earlier row that says the same; null when a duplicate repeats an earlier submission. */
  repeats: number | null;
  /** Why a row is not for this feed. */
  notOurs: string | null;
  /** Waits for the whole list; nothing is decided before. */
  held: boolean;
  problems: Problem[];
  events: YouthEvent[];
}

/** @param rowOfKey names of source events in the rows so far, with the first row of each; added to. */
export function triedRows(
  readings: readonly Reading[],
  decided: Decided<DecidedRecord, DecidedYouth>,
  rowOfKey: Map<string, number>,
): TriedRow[] {
  const events = new Map<bigint, YouthEvent[]>();
  for (const { offset, events: decidedNow } of decided.commit.applied) {
    const before = events.get(offset);
    if (before === undefined) events.set(offset, [...decidedNow]);
    else before.push(...decidedNow);
  }
  const receipts = decided.commit.receipts.toSorted((one, other) => one.row - other.row);
  return receipts.map(({ row, outcome, problems }, index) => {
    const reading = readings[index];
    const key = reading && sourceEvent(reading);
    const repeats = key === undefined || outcome !== 'duplicate' ? null : (rowOfKey.get(key) ?? null);
    if (key !== undefined && !rowOfKey.has(key)) rowOfKey.set(key, row);
    const notOurs = reading?.verdict.kind === 'notOurs' ? reading.verdict.reason : null;
    const held = reading?.verdict.kind === 'listed' && reading.verdict.hold;
    return { row, outcome, repeats, notOurs, held, problems, events: events.get(BigInt(row)) ?? [] };
  });
}

function sourceEvent({ verdict }: Reading): string | undefined {
  if (!('event' in verdict)) return undefined;
  return `${factKey(verdict.event)} ${verdict.event.version}`;
}

export function countOutcomes(rows: readonly TriedRow[]): Record<Outcome, number> {
  const counts = noOutcomes();
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}
