import { FILE } from '../../core/sentences/files.ts';
import { FileFault } from '../fileFault.ts';
import { type ReadSheet, SEARCHED_ROWS, type Sheet } from '../sheet.ts';
import { readWorkbook, type Workbook } from './workbook.ts';
import { readWorksheet } from './worksheet.ts';
import { type Archive, broken } from './zip.ts';

interface XlsxReading {
  /** The name of the sheet, when one was chosen. */
  sheet: string | null;
  isHeading(text: string): boolean;
}

type NamedSheet = Sheet & Workbook['sheets'][number];

/** @throws FileFault */
export function readXlsx(archive: Archive, { sheet: wanted, isHeading }: XlsxReading): ReadSheet {
  const workbook = readWorkbook(archive);
  const shown = workbook.sheets.filter(({ hidden }) => !hidden);
  const hiddenSheets = workbook.sheets.length - shown.length;
  const asked = wanted === null ? shown : shown.filter(({ name }) => name === wanted);
  if (wanted !== null && asked.length === 0)
    throw new FileFault('SHEET_NEEDED', FILE.nb.noSheet(named(shown)));
  const filled = asked
    .map((each): NamedSheet => ({ ...each, ...sheetAt(each.path) }))
    .filter(({ rows }) => rows.length > 0);
  const { rows, merged } = onlyList(filled, isHeading);
  return { kind: 'xlsx', rows, merged, hiddenSheets, otherSheets: filled.length - 1 };

  function sheetAt(path: string): Sheet {
    const xml = archive.text(path);
    if (xml === undefined) throw broken();
    return readWorksheet(xml, workbook);
  }
}

/** Of several sheets with rows the one that has headings of the feed. */
function onlyList(filled: readonly NamedSheet[], isHeading: (text: string) => boolean): Sheet {
  const [first, another] = filled;
  if (first === undefined) throw new FileFault('EMPTY_LIST', FILE.nb.noVisible);
  if (another === undefined) return first;
  const [list, second] = filled.filter((sheet) => hasHeadings(sheet, isHeading));
  if (list !== undefined && second === undefined) return list;
  throw new FileFault('SHEET_NEEDED', FILE.nb.whichSheet(named(filled)));
}

function hasHeadings({ rows }: Sheet, isHeading: (text: string) => boolean): boolean {
  return rows.slice(0, SEARCHED_ROWS).some(({ cells }) => {
    const headings = cells.filter((cell) => typeof cell === 'string' && isHeading(cell));
    return new Set(headings).size >= 2;
  });
}

/** A name of a sheet is the sender's text: it is shown to the sender alone, and not when it might hold a number. */
function named(sheets: Workbook['sheets']): string {
  const names = sheets.map(({ name }) => (/\d{6}/.test(name) ? '(et ark med tall i navnet)' : `«${name}»`));
  return names.slice(0, 20).join(', ');
}
