import { TABLE } from '../../core/sentences/tables.ts';
import { isOurHeading, OUR_HEADINGS } from '../../upload/columns/columnPlan.ts';
import type { SheetCell } from '../../upload/sheet.ts';
import { pathsOf, valuesOf } from './documentRow.ts';
import type { Opened, OpenedDocument, OpenedSheet } from './openedList.ts';
import type { CheckedRow, UploadCheck } from './uploadCheck.ts';

const RESULT: Readonly<Record<CheckedRow['outcome'], string>> = {
  applied: TABLE.nb.sendable,
  duplicate: TABLE.nb.duplicate,
  rejected: TABLE.nb.otherFeed,
  quarantined: TABLE.nb.mustMend,
  parked: TABLE.nb.sendableWaits,
};

interface Content {
  headings: readonly string[];
  /** Of a row by its number. */
  cells(row: number): readonly string[];
}

/** The rows of the list that are not sent yet, under the file's own headings, with what became of each. Cells without a sure
 *  value are empty. */
export function errorTable(opened: Opened, check: UploadCheck): string[][] {
  const [place, ...judged] = OUR_HEADINGS;
  const { headings, cells } = opened.kind === 'sheet' ? ofSheet(opened) : ofDocument(opened);
  return [
    [place, ...headings, ...judged],
    ...check.rows.map(({ row, outcome, repeats, problems }) => [
      String(row),
      ...cells(row),
      repeats === null ? RESULT[outcome] : TABLE.nb.duplicateOf(String(repeats)),
      problems.map(({ text }) => text).join(' '),
      problems.map(({ cure }) => cure).join(' '),
    ]),
  ];
}

function ofSheet({ sheet, plan }: Pick<OpenedSheet, 'sheet' | 'plan'>): Content {
  const columns = plan.columns.filter(({ heading }) => !isOurHeading(heading));
  const rows = new Map(sheet.rows.map((row) => [row.number, row]));
  return {
    headings: columns.map(({ heading }) => heading),
    cells: (row) => columns.map(({ index }) => cellText(rows.get(row)?.cells[index] ?? null)),
  };
}

/** Values of a list that a system wrote, under their paths. */
function ofDocument({ rows }: OpenedDocument): Content {
  const paths = pathsOf(rows.map(({ record }) => record));
  const byNumber = new Map(rows.map(({ number, record }) => [number, record]));
  return {
    headings: paths,
    cells: (row) => {
      const values = valuesOf(byNumber.get(row));
      return paths.map((path) => values.get(path) ?? '');
    },
  };
}

function cellText(cell: SheetCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return 'date' in cell ? cell.date : '';
  if (typeof cell === 'boolean') return cell ? 'ja' : 'nei';
  return String(cell);
}
