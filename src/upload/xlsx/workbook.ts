import { FILE } from '../../core/sentences/files.ts';
import { isBuiltInDate, showsDate } from './dateFormat.ts';
import { readXml } from './xml.ts';
import { type Archive, broken, suspect } from './zip.ts';

/** What the parts of a workbook share. */
export interface Workbook {
  sheets: readonly { name: string; path: string; hidden: boolean }[];
  from1904: boolean;
  /** By the index a cell gives. */
  strings: readonly string[];
  /** Whether cells of a style show a date, by the index a cell gives. */
  dateStyles: readonly boolean[];
}

/** @throws FileFault ARCHIVE_SUSPECT for what is broken, or may run or lead elsewhere */
export function readWorkbook(archive: Archive): Workbook {
  refuseActive([...archive.names]);
  const targets = targetsIn(archive.text('xl/_rels/workbook.xml.rels') ?? '');
  const sheets: Workbook['sheets'][number][] = [];
  let from1904 = false;
  readXml(archive.text('xl/workbook.xml') ?? '', {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute('date1904') ?? '');
      if (name !== 'sheet') return;
      const target = targets.get(attribute('r:id') ?? attribute('id') ?? '');
      // A sheet of charts alone is no part of `worksheets`, and no list.
      if (target?.includes('worksheets/'))
        sheets.push({
          name: attribute('name') ?? '',
          path: target,
          hidden: (attribute('state') ?? 'visible') !== 'visible',
        });
    },
  });
  return {
    sheets,
    from1904,
    strings: stringsIn(archive.text('xl/sharedStrings.xml')),
    dateStyles: dateStylesIn(archive.text('xl/styles.xml')),
  };
}

function refuseActive(names: readonly string[]): void {
  if (names.some((name) => /vbaproject\.bin$|^xl\/macrosheets\//i.test(name))) throw suspect(FILE.nb.macros);
  if (names.some((name) => name.startsWith('xl/externalLinks/'))) throw suspect(FILE.nb.externalLinks);
}

function targetsIn(relations: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  if (relations === '') throw broken();
  readXml(relations, {
    open(name, attribute) {
      const target = attribute('Target') ?? '';
      if (name === 'Relationship' && attribute('TargetMode') !== 'External')
        targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  return targets;
}

function stringsIn(xml: string | undefined): readonly string[] {
  const strings: string[] = [];
  if (xml === undefined) return strings;
  let text = '';
  const pieces = textPieces((piece) => {
    text += piece;
  });
  readXml(xml, {
    open(name) {
      if (name === 'si') text = '';
      pieces.open(name);
    },
    text: pieces.text,
    close(name) {
      pieces.close(name);
      if (name === 'si') strings.push(unescaped(text));
    },
  });
  return strings;
}

/** Text of a cell, in one piece or in several with their own look; how it is read aloud (`rPh`) is not of it. */
export function textPieces(take: (piece: string) => void) {
  let inText = false;
  let aloud = 0;
  return {
    open(name: string): void {
      if (name === 'rPh') aloud += 1;
      if (name === 't') inText = true;
    },
    text(piece: string): void {
      if (inText && aloud === 0) take(piece);
    },
    close(name: string): void {
      if (name === 'rPh') aloud -= 1;
      if (name === 't') inText = false;
    },
  };
}

/** Characters that XML cannot hold are written `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function dateStylesIn(xml: string | undefined): readonly boolean[] {
  const custom = new Map<number, boolean>();
  const formats: number[] = [];
  let inCells = false;
  if (xml === undefined) return [];
  readXml(xml, {
    open(name, attribute) {
      if (name === 'numFmt')
        custom.set(Number(attribute('numFmtId')), showsDate(attribute('formatCode') ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) formats.push(Number(attribute('numFmtId') ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats.map((format) => custom.get(format) ?? isBuiltInDate(format));
}
