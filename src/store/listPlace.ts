import type { ListRow } from './port.ts';

// Which row of which list a record is. A correlation id is the sender's and may come again another night.

/** Rows that came further apart than this are of two lists, also under one id. In SQL: `list_named`. */
export const SPAN_MS = 12 * 60 * 60_000;

/** The same for a row that is sent again. A row without a number is known by its record: the same words twice may be two
 *  rows of the list, or one that was sent twice. */
export function placeOf(lane: number, { number, offset, rowKey }: ListRow): string {
  return number === null ? `${lane}/${offset}/${rowKey}` : `#${number}`;
}

/** For each row which of its id's lists in the batch it belongs to: a batch that catches up may hold two nights. */
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
