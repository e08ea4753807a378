import { FileFault } from './fileFault.ts';
import { type Archive, isZip, unpack } from './xlsx/zip.ts';

/** What a file is, by its content: its name says nothing certain. */
export type FileKind = { kind: 'text' } | { kind: 'json' } | { kind: 'workbook'; archive: Archive };

const AS_XLSX = 'Åpne filen i regnearket, velg «Lagre som» og typen .xlsx (uten passord), og send den filen.';
const AS_LIST = 'Send listen som et regneark (.xlsx) eller en tekstfil med kolonner (.csv).';

/** Beginnings of files that people send by mistake. */
const OTHERS: readonly (readonly [start: string, text: string])[] = [
  ['d0cf11e0a1b11ae1', `Filen er et eldre regneark (.xls) eller har passord. ${AS_XLSX}`],
  ['25504446', `Filen er en PDF. ${AS_LIST}`],
  ['89504e47', `Filen er et bilde. ${AS_LIST}`],
  ['ffd8ff', `Filen er et bilde. ${AS_LIST}`],
  ['47494638', `Filen er et bilde. ${AS_LIST}`],
  ['1f8b', `Filen er pakket (gzip). Pakk den ut, og send listen som ligger i den.`],
  ['377abcaf271c', `Filen er pakket (7z). Pakk den ut, og send listen som ligger i den.`],
  ['526172211a07', `Filen er pakket (rar). Pakk den ut, og send listen som ligger i den.`],
  ['7b5c727466', `Filen er et tekstdokument (RTF). ${AS_LIST}`],
];

/** @throws FileFault NOT_A_LIST, ARCHIVE_SUSPECT */
export function fileKind(bytes: Buffer): FileKind {
  if (isZip(bytes)) return { kind: 'workbook', archive: workbookIn(unpack(bytes)) };
  const start = bytes.subarray(0, 8).toString('hex');
  const other = OTHERS.find(([magic]) => start.startsWith(magic));
  if (other !== undefined) throw new FileFault('NOT_A_LIST', other[1]);
  const head = bytes
    .subarray(0, 1024)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (/^<(!doctype|html|table|\?xml|meta|head)/i.test(head))
    throw new FileFault(
      'NOT_A_LIST',
      `Filen er en nettside eller XML, selv om den kan ha navn som et regneark. ${AS_XLSX}`,
    );
  if (isJson(head)) return { kind: 'json' };
  return { kind: 'text' };
}

/** An object or a list of them; no heading begins like that. */
function isJson(head: string): boolean {
  return /^\{\s*["}]/.test(head) || /^\[\s*[{\]]/.test(head);
}

function workbookIn(archive: Archive): Archive {
  const { names } = archive;
  if (names.has('xl/workbook.xml')) return archive;
  if (names.has('xl/workbook.bin'))
    throw new FileFault('NOT_A_LIST', `Filen er et binært regneark (.xlsb). ${AS_XLSX}`);
  if (names.has('content.xml'))
    throw new FileFault(
      'NOT_A_LIST',
      `Filen er et OpenDocument-regneark (.ods) eller et annet OpenDocument. ${AS_XLSX}`,
    );
  if (names.has('word/document.xml'))
    throw new FileFault('NOT_A_LIST', `Filen er et tekstdokument (Word). ${AS_LIST}`);
  throw new FileFault(
    'NOT_A_LIST',
    'Filen er en pakket mappe. Pakk den ut, og send listen som ligger i den.',
  );
}
