import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import { HttpProblem } from '../httpProblem.ts';
import { tooLarge, tooManyRows } from './jsonRows.ts';
import type { BodyLimits } from './limits.ts';

/** Rows of a whole list that came as one document; `undefined` when the value is no such document.
 *  @throws HttpProblem INVALID_DOCUMENT with the adapter's problems: nothing is concluded from a broken list. */
export function unpackDocument(
  adapter: FeedAdapter,
  value: unknown,
  runId: string,
  limits: BodyLimits,
): { rows: Buffer[]; envelope: ListEnvelope | null } | undefined {
  const unpacked = adapter.unpack?.(value, runId);
  if (unpacked === undefined) return undefined;
  if (unpacked.kind === 'malformed') {
    throw new HttpProblem(
      'INVALID_DOCUMENT',
      'Listen kan ikke tas imot, og ingenting er konkludert av den. Rett det som står under, og send hele listen på nytt.',
      { problems: unpacked.problems },
    );
  }
  if (unpacked.rows.length === 0) throw emptyList();
  if (unpacked.rows.length > limits.rows) throw tooManyRows(limits.rows);
  const rows = unpacked.rows.map((row, index) => {
    const bytes = Buffer.from(JSON.stringify(row));
    if (bytes.length > limits.row) throw tooLarge(limits.row, index + 1);
    return bytes;
  });
  return { rows, envelope: unpacked.envelope };
}

export function emptyList(): HttpProblem {
  return new HttpProblem(
    'EMPTY_LIST',
    'En tom liste sier ikke at noe har endret seg, så den tas ikke imot. Er det ingenting å melde, send ingenting.',
  );
}
