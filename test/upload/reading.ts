import { SCHOOL_DROPOUT_COLUMNS } from '../../adapters/school-dropout/columns.ts';
import { columnsByHeading, headingKey } from '../../src/core/feedColumns.ts';
import { FileFault, type FileFaultCode } from '../../src/upload/fileFault.ts';
import { readFile } from '../../src/upload/readFile.ts';
import type { ReadList, ReadSheet } from '../../src/upload/sheet.ts';

const known = columnsByHeading(SCHOOL_DROPOUT_COLUMNS);

/** A file of the feed `school-dropout`, in this thread. */
export function read(bytes: Buffer | string, sheet: string | null = null): ReadSheet {
  const list = readFile(Buffer.from(bytes), { sheet, isHeading: (text) => known.has(headingKey(text)) });
  return sheetOf(list);
}

/** @throws when it is a document */
export function sheetOf(list: ReadList): ReadSheet {
  if (list.kind === 'json') throw new Error('a document, and no sheet');
  return list;
}

/** Why it is refused; null when it is not. */
export function refusal(act: () => unknown): { code: FileFaultCode; message: string } | null {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { code: error.code, message: error.message };
  }
}
