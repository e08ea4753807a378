import { crc32, deflateRawSync } from 'node:zlib';

// Workbooks as spreadsheet programs write them, put together here by hand: nothing is shared with the reader under test.

export type Written =
  | { text: string; how?: 'shared' | 'inline' | 'rich' | 'formula' }
  | { number: number | string; style?: number; formula?: string }
  /** A day and how it is shown: style 1 shows a date. */
  | { serial: number; formula?: string }
  | { flag: boolean }
  | { error: string }
  /** A formula that was never calculated. */
  | { uncalculated: string }
  | null;

export interface WrittenRow {
  number: number;
  cells: readonly Written[];
  hidden?: boolean;
}

export interface WrittenSheet {
  name?: string;
  state?: 'hidden' | 'veryHidden';
  rows: readonly WrittenRow[];
  merged?: readonly string[];
}

export interface WrittenBook {
  sheets: readonly WrittenSheet[];
  from1904?: boolean;
  /** Without row and cell addresses, as some exports are. */
  withoutAddresses?: boolean;
  /** Names with a prefix, as some libraries write them. */
  prefix?: string;
  /** Parts besides. */
  more?: Readonly<Record<string, string>>;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function workbookFile(book: WrittenBook): Buffer {
  const strings: string[] = [];
  const p = book.prefix === undefined ? '' : `${book.prefix}:`;
  const namespace = p === '' ? `xmlns="${MAIN}"` : `xmlns:${book.prefix}="${MAIN}"`;
  const sheets = book.sheets.map((sheet) =>
    sheetXml(sheet, { strings, p, namespace, bare: book.withoutAddresses ?? false }),
  );
  const names = book.sheets.map(
    ({ name, state }, at) =>
      `<${p}sheet name="${escaped(name ?? `Ark${at + 1}`)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`,
  );
  const targets = book.sheets.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return zipFile({
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${HEAD}<${p}workbook ${namespace} xmlns:r="${RELATIONS}"><${p}workbookPr${book.from1904 ? ' date1904="1"' : ''}/><${p}sheets>${names.join('')}</${p}sheets></${p}workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets.join('')}</Relationships>`,
    'xl/styles.xml': `${HEAD}<${p}styleSheet ${namespace}><${p}numFmts count="1"><${p}numFmt numFmtId="165" formatCode="[$-414]d. mmmm yyyy;@"/></${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="14"/></${p}cellStyleXfs><${p}cellXfs><${p}xf numFmtId="0"/><${p}xf numFmtId="14"/><${p}xf numFmtId="165"/><${p}xf numFmtId="22"/><${p}xf numFmtId="49"/></${p}cellXfs></${p}styleSheet>`,
    ...Object.fromEntries(sheets.map((xml, at) => [`xl/worksheets/sheet${at + 1}.xml`, xml])),
    'xl/sharedStrings.xml': `${HEAD}<${p}sst ${namespace}>${strings.join('')}</${p}sst>`,
    ...book.more,
  });
}

interface Writing {
  strings: string[];
  p: string;
  namespace: string;
  bare: boolean;
}

function sheetXml({ rows, merged = [] }: WrittenSheet, writing: Writing): string {
  const { p, namespace, bare } = writing;
  const lines = rows.map(({ number, cells, hidden }) => {
    const written = cells.map((cell, column) => cellXml(cell, `${letters(column)}${number}`, writing));
    return `<${p}row${bare ? '' : ` r="${number}"`}${hidden ? ' hidden="1"' : ''}>${written.join('')}</${p}row>`;
  });
  const joined =
    merged.length === 0
      ? ''
      : `<${p}mergeCells>${merged.map((ref) => `<${p}mergeCell ref="${ref}"/>`).join('')}</${p}mergeCells>`;
  return `${HEAD}<${p}worksheet ${namespace}><${p}sheetData>${lines.join('')}</${p}sheetData>${joined}</${p}worksheet>`;
}

function cellXml(cell: Written, address: string, { strings, p, bare }: Writing): string {
  const at = bare ? '' : ` r="${address}"`;
  if (cell === null) return bare ? `<${p}c/>` : '';
  const formula = (text: string | undefined) => (text === undefined ? '' : `<${p}f>${escaped(text)}</${p}f>`);
  if ('text' in cell) {
    const t = `<${p}t xml:space="preserve">${escaped(cell.text)}</${p}t>`;
    if (cell.how === 'inline') return `<${p}c${at} t="inlineStr"><${p}is>${t}</${p}is></${p}c>`;
    if (cell.how === 'formula')
      return `<${p}c${at} t="str">${formula('A1&""')}<${p}v>${escaped(cell.text)}</${p}v></${p}c>`;
    const half = Math.ceil([...cell.text].length / 2);
    const [first, rest] = [[...cell.text].slice(0, half).join(''), [...cell.text].slice(half).join('')];
    const run = (text: string) => `<${p}r><${p}t xml:space="preserve">${escaped(text)}</${p}t></${p}r>`;
    strings.push(
      cell.how === 'rich'
        ? `<${p}si>${run(first)}${run(rest)}<${p}rPh><${p}t>read aloud</${p}t></${p}rPh></${p}si>`
        : `<${p}si>${t}</${p}si>`,
    );
    return `<${p}c${at} t="s" s="4"><${p}v>${strings.length - 1}</${p}v></${p}c>`;
  }
  if ('serial' in cell)
    return `<${p}c${at} s="${cell.serial % 2 === 0 ? 1 : 2}">${formula(cell.formula)}<${p}v>${cell.serial}</${p}v></${p}c>`;
  if ('number' in cell)
    return `<${p}c${at} s="${cell.style ?? 0}">${formula(cell.formula)}<${p}v>${cell.number}</${p}v></${p}c>`;
  if ('flag' in cell) return `<${p}c${at} t="b"><${p}v>${cell.flag ? 1 : 0}</${p}v></${p}c>`;
  if ('error' in cell)
    return `<${p}c${at} t="e">${formula('VLOOKUP(1,A:A,1)')}<${p}v>${cell.error}</${p}v></${p}c>`;
  return `<${p}c${at}>${formula(cell.uncalculated)}</${p}c>`;
}

export function letters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '_x000D_');
}

/** @param bytes of one part, or its text */
export function zipFile(parts: Readonly<Record<string, string | Buffer>>, flags = 0): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const name = Buffer.from(path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, place, name]));
    bodies.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}
