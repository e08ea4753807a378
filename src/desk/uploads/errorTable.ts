import { type ColumnPlan, OUR_HEADINGS } from '../../upload/columns/columnPlan.ts';
import type { SheetCell, SheetRow } from '../../upload/sheet.ts';
import type { CheckedRow, UploadCheck } from './uploadCheck.ts';

const RESULT: Readonly<Record<CheckedRow['outcome'], string>> = {
  applied: 'Kan sendes',
  duplicate: 'Duplikat',
  rejected: 'Gjelder ikke strømmen',
  quarantined: 'Må rettes',
  parked: 'Kan sendes, venter på en tidligere melding',
};

/** The rows of the list that are not sent yet, under the file's own headings, with what became of each. Cells without a sure
 *  value are empty. */
export function errorTable(
  { sheet, plan }: { sheet: { rows: readonly SheetRow[] }; plan: ColumnPlan },
  check: UploadCheck,
): string[][] {
  const [place, ...judged] = OUR_HEADINGS;
  const columns = plan.columns.filter(
    ({ heading }) => !(OUR_HEADINGS as readonly string[]).includes(heading),
  );
  const rows = new Map(sheet.rows.map((row) => [row.number, row]));
  return [
    [place, ...columns.map(({ heading }) => heading), ...judged],
    ...check.rows.map(({ row, outcome, repeats, problems }) => [
      String(row),
      ...columns.map(({ index }) => cellText(rows.get(row)?.cells[index] ?? null)),
      repeats === null ? RESULT[outcome] : `Duplikat av rad ${repeats}`,
      problems.map(({ text }) => text).join(' '),
      problems.map(({ cure }) => cure).join(' '),
    ]),
  ];
}

function cellText(cell: SheetCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return 'date' in cell ? cell.date : '';
  if (typeof cell === 'boolean') return cell ? 'ja' : 'nei';
  return String(cell);
}
