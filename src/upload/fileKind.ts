import { FILE } from '../core/sentences/files.ts';
import { FileFault } from './fileFault.ts';
import { type Archive, isZip, unpack } from './xlsx/zip.ts';

/** What a file is, by its content: its name says nothing certain. */
export type FileKind = { kind: 'text' } | { kind: 'json' } | { kind: 'workbook'; archive: Archive };

const { asXlsx: AS_XLSX, asList: AS_LIST } = FILE.nb;

/** Beginnings of files that people send by mistake. */
const OTHERS: readonly (readonly [start: string, text: string])[] = [
  ['d0cf11e0a1b11ae1', `${FILE.nb.old} ${AS_XLSX}`],
  ['25504446', `${FILE.nb.pdf} ${AS_LIST}`],
  ['89504e47', `${FILE.nb.picture} ${AS_LIST}`],
  ['ffd8ff', `${FILE.nb.picture} ${AS_LIST}`],
  ['47494638', `${FILE.nb.picture} ${AS_LIST}`],
  ['1f8b', FILE.nb.packedIn('gzip')],
  ['377abcaf271c', FILE.nb.packedIn('7z')],
  ['526172211a07', FILE.nb.packedIn('rar')],
  ['7b5c727466', `${FILE.nb.rtf} ${AS_LIST}`],
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
    throw new FileFault('NOT_A_LIST', `${FILE.nb.web} ${AS_XLSX}`);
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
  if (names.has('xl/workbook.bin')) throw new FileFault('NOT_A_LIST', `${FILE.nb.binary} ${AS_XLSX}`);
  if (names.has('content.xml')) throw new FileFault('NOT_A_LIST', `${FILE.nb.openDocument} ${AS_XLSX}`);
  if (names.has('word/document.xml')) throw new FileFault('NOT_A_LIST', `${FILE.nb.word} ${AS_LIST}`);
  throw new FileFault('NOT_A_LIST', FILE.nb.packed);
}
