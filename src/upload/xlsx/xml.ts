import { broken, suspect } from './zip.ts';

// The XML of a workbook, as one pass of calls. No document type, no entities but the five and numbers, no namespaces: names
// are given without their prefix.

export interface XmlReader {
  open?(name: string, attribute: (key: string) => string | undefined): void;
  /** Decoded; one text may come in pieces. */
  text?(text: string): void;
  close?(name: string): void;
}

const TAG = /<([^\s/>]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const DEEPEST = 64;

/** @throws FileFault ARCHIVE_SUSPECT */
export function readXml(xml: string, reader: XmlReader): void {
  const open: string[] = [];
  let at = 0;
  for (;;) {
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next < 0 ? undefined : next);
    if (open.length > 0 && text !== '') reader.text?.(decoded(text));
    else if (text.trim().replace('\uFEFF', '') !== '') throw broken();
    if (next < 0) break;
    if (xml.startsWith('<?', next)) at = after(xml, '?>', next);
    else if (xml.startsWith('<!--', next)) at = after(xml, '-->', next + 4);
    else if (xml.startsWith('<![CDATA[', next)) {
      at = after(xml, ']]>', next);
      reader.text?.(xml.slice(next + 9, at - 3));
    } else if (xml.startsWith('<!', next))
      throw suspect('Filen har deler som en liste ikke skal ha. Lagre den på nytt som .xlsx.');
    else if (xml.startsWith('</', next)) {
      at = after(xml, '>', next);
      const name = localName(xml.slice(next + 2, at - 1).trimEnd());
      if (open.pop() !== name) throw broken();
      reader.close?.(name);
    } else at = openTag(xml, next, open, reader);
  }
  if (open.length > 0) throw broken();
}

function openTag(xml: string, at: number, open: string[], reader: XmlReader): number {
  TAG.lastIndex = at;
  const found = TAG.exec(xml);
  if (found === null) throw broken();
  const [whole, written = '', attributes = '', slash] = found;
  const name = localName(written);
  reader.open?.(name, (key) => attributeIn(attributes, key));
  if (slash === '/') reader.close?.(name);
  else if (open.push(name) > DEEPEST) throw broken();
  return at + whole.length;
}

/** @param key with the prefix, where it has one */
function attributeIn(attributes: string, key: string): string | undefined {
  for (let at = attributes.indexOf(key); at >= 0; at = attributes.indexOf(key, at + 1)) {
    ATTRIBUTE.lastIndex = at + key.length;
    const found = /\s/.test(attributes[at - 1] ?? '') ? ATTRIBUTE.exec(attributes) : null;
    if (found !== null) return decoded(found[1] ?? found[2] ?? '');
  }
  return undefined;
}

function after(xml: string, end: string, from: number): number {
  const found = xml.indexOf(end, from);
  if (found < 0) throw broken();
  return found + end.length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const known = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (known !== undefined) return known;
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (!whole.endsWith(';') || !(point > 0 && point <= 0x10_ff_ff)) throw broken();
    return String.fromCodePoint(point);
  });
}
