import { FILE } from '../../core/sentences/files.ts';
import { namesIn, repeatedField } from '../../wire/repeatedField.ts';
import { FileFault } from '../fileFault.ts';
import { FILE_LIMITS } from '../fileLimits.ts';
import type { ReadDocument } from '../sheet.ts';
import { decodeText } from '../text/decodeText.ts';
import { tooLong } from '../xlsx/worksheet.ts';
import { isUnwieldy } from './unwieldy.ts';

/** Deeper than any list is. */
const DEEPEST = 16;

/** A list that a system wrote, as it is: whether it is one of the feed's, and whole, is the feed's to judge.
 *  @throws FileFault NOT_A_LIST, INVALID_DOCUMENT, TOO_MANY_ROWS */
export function readJson(bytes: Buffer): ReadDocument {
  const text = decodeText(bytes);
  const value = parsed(text);
  const names = namesIn(value, DEEPEST);
  // Parsed, only the last is left.
  if (names < 0 || repeatedField(text, value, names) !== undefined)
    throw new FileFault('INVALID_DOCUMENT', FILE.nb.jsonTwice);
  const document = documentOf(value);
  if (document.items.length > FILE_LIMITS.rows) throw tooLong();
  if (isUnwieldy(document.head?.fields, document.items))
    throw new FileFault('INVALID_DOCUMENT', FILE.nb.jsonFields(String(FILE_LIMITS.fields)));
  return document;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message may repeat what it read.
    throw new FileFault('NOT_A_LIST', FILE.nb.jsonBroken);
  }
}

/** The longest list in it has the rows. */
function documentOf(value: unknown): ReadDocument {
  if (Array.isArray(value)) return { kind: 'json', head: null, items: value };
  const fields = Object.entries(Object(value) as Record<string, unknown>);
  const [first, ...others] = fields.flatMap(([name, items]) =>
    Array.isArray(items) ? [{ name, items }] : [],
  );
  const longest = others.reduce(
    (one, other) => (one !== undefined && one.items.length >= other.items.length ? one : other),
    first,
  );
  const around = fields.filter(([name]) => name !== longest?.name);
  const head = { fields: Object.fromEntries(around), rows: longest?.name ?? null };
  return { kind: 'json', head, items: longest?.items ?? [] };
}
