import type { Outcome } from '../../store/port.ts';
import type { Receipt, ReceiptRow } from '../../store/queriesPort.ts';

const RESULT: Readonly<Record<Outcome, string>> = {
  applied: 'Godtatt',
  duplicate: 'Duplikat',
  rejected: 'Gjelder ikke strømmen',
  quarantined: 'Må rettes',
  parked: 'Venter på en tidligere melding',
};

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
    [rowHeading(sheetRows), 'Resultat', 'Hva er galt', 'Gjør dette'],
    ...numbers.map((row) => {
      const end = known.get(row);
      const problems = masked ? [] : (end?.problems ?? []);
      return [
        String(row),
        end === undefined ? 'Ikke behandlet ennå' : resultOf(end),
        problems.map(({ text }) => text).join(' '),
        problems.map(({ cure }) => cure).join(' '),
      ];
    }),
  ];
}

function rowHeading(sheetRows: Receipt['sheetRows']): string {
  return sheetRows === null ? 'Rad' : 'Rad i filen';
}

function resultOf({ outcome, problems }: ReceiptRow): string {
  return outcome === 'applied' && problems.length > 0 ? 'Godtatt, sjekk' : RESULT[outcome];
}
