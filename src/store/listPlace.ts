import type { ListRow } from './port.ts';

// Deduplication of list rows. A correlation id is the sender's and may be used again another night.

/** Rows further apart than this belong to two lists, even under one id. In SQL: `list_named`. */
export const SPAN_MS = 12 * 60 * 60_000;

/** Deduplication key of a row, the same when it is sent again. A row without a number is identified by its record:
 *  equal content may be two rows of the list. */
export function placeOf(lane: number, { number, offset, rowKey }: ListRow): string {
  return number === null ? `${lane}/${offset}/${rowKey}` : `#${number}`;
}

/** For each row, which list of its id it belongs to within the batch: a batch that catches up may hold two nights. */
export function spansOf(rows: readonly ListRow[]): number[] {
  const spans = rows.map(() => 0);
  const last = new Map<string, { at: number; span: number }>();
  const inTime = rows.map((row, index) => ({ row, index, at: Date.parse(row.received) }));
  for (const { row, index, at } of inTime.sort((one, other) => one.at - other.at)) {
    const id = `${row.envelope.list}/${row.envelope.run}`;
    const before = last.get(id);
    const span = before === undefined ? 0 : before.span + (at - before.at >= SPAN_MS ? 1 : 0);
    last.set(id, { at, span });
    spans[index] = span;
  }
  return spans;
}
