import { FILE } from '../core/sentences/files.ts';
import { FileFault } from './fileFault.ts';
import { fileKind } from './fileKind.ts';
import { FILE_LIMITS } from './fileLimits.ts';
import { readJson } from './json/readJson.ts';
import type { ReadList } from './sheet.ts';
import { readCsv } from './text/readCsv.ts';
import { readXlsx } from './xlsx/readXlsx.ts';

export interface FileReading {
  /** The name of the sheet, when one was chosen. */
  sheet: string | null;
  isHeading(text: string): boolean;
}

/** One list file, whole and at the same time: `sheetReader.ts` runs it in a thread of its own. @throws FileFault */
export function readFile(bytes: Buffer, reading: FileReading): ReadList {
  if (bytes.length > FILE_LIMITS.bytes)
    throw new FileFault('TOO_LARGE', FILE.nb.tooLarge(String(FILE_LIMITS.bytes / 1024 / 1024)));
  if (bytes.length === 0) throw new FileFault('EMPTY_LIST', FILE.nb.empty);
  const file = fileKind(bytes);
  if (file.kind !== 'workbook' && reading.sheet !== null)
    throw new FileFault('SHEET_NEEDED', FILE.nb.noSheets);
  if (file.kind === 'json') return readJson(bytes);
  const read = file.kind === 'workbook' ? readXlsx(file.archive, reading) : readCsv(bytes, reading.isHeading);
  if (read.rows.length === 0) throw new FileFault('EMPTY_LIST', FILE.nb.noRows);
  return read;
}
