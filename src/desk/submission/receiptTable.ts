import { TABLE } from '../../core/sentences/tables.ts';
import type { Outcome } from '../../store/port.ts';
import type { Receipt, ReceiptRow } from '../../store/queriesPort.ts';

const T = TABLE.nb;

const RESULT: Readonly<Record<Outcome, string>> = {
  applied: T.applied,
  duplicate: T.duplicate,
  rejected: T.otherFeed,
  quarantined: T.mustMend,
  parked: T.waits,
};

/** Columns of the table that are ours: all but the numbers of the rows. */
export const RECEIPT_OWN = 3;

/** Every row of a submission with what became of it, below headings; of an uploaded file by the file's own numbers.
 *  @param masked without what is wrong */
export function receiptTable(
  { rows, sheetRows }: Pick<Receipt, 'rows' | 'sheetRows'>,
  ended: readonly ReceiptRow[],
  masked: boolean,
): string[][] {
  const known = new Map(ended.map((each) => [each.row, each]));
  const numbers = sheetRows ?? Array.from({ length: rows }, (_, index) => index + 1);
  return [
    [rowHeading(sheetRows), T.result, T.wrong, T.doThis],
    ...numbers.map((row) => {
      const end = known.get(row);
      const problems = masked ? [] : (end?.problems ?? []);
      return [
        String(row),
        end === undefined ? T.notYet : resultOf(end),
        problems.map(({ text }) => text).join(' '),
        problems.map(({ cure }) => cure).join(' '),
      ];
    }),
  ];
}

function rowHeading(sheetRows: Receipt['sheetRows']): string {
  return sheetRows === null ? T.row : T.place;
}

function resultOf({ outcome, problems }: ReceiptRow): string {
  return outcome === 'applied' && problems.length > 0 ? T.appliedCheck : RESULT[outcome];
}
