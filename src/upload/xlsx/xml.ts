import { SaxesParser } from 'saxes';
import { FILE } from '../../core/sentences/files.ts';
import { FileFault } from '../fileFault.ts';
import { broken, suspect } from './zip.ts';

/** The XML of a workbook, as one pass of calls. Names are given without their prefix: libraries write one, spreadsheets do
 *  not. */
export interface XmlReader {
  /** @param attribute by its name, with the prefix it has */
  open?(name: string, attribute: (key: string) => string | undefined): void;
  /** One text may come in pieces. */
  text?(text: string): void;
  close?(name: string): void;
}

/** A document type may define entities: a workbook has none. @throws FileFault ARCHIVE_SUSPECT */
export function readXml(xml: string, reader: XmlReader): void {
  const parser = new SaxesParser<{ xmlns?: false; position: false }>({ position: false });
  parser.on('error', () => {
    throw broken();
  });
  parser.on('doctype', () => {
    throw suspect(FILE.nb.strangeParts);
  });
  parser.on('opentag', ({ name, attributes }) => {
    reader.open?.(localName(name), (key) => (Object.hasOwn(attributes, key) ? attributes[key] : undefined));
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));
  parser.on('closetag', ({ name }) => reader.close?.(localName(name)));
  try {
    parser.write(xml).close();
  } catch (error) {
    throw error instanceof FileFault ? error : broken();
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
