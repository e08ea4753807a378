import { isRecord } from '../../adapters/reading/recordFields.ts';
import { shownName } from '../../adapters/reading/recordProblems.ts';

// JSON.parse accepts a repeated field and keeps the last: of two identity numbers one would vanish unnoticed. A text
// without repetition has one colon for each name, and those inside names and texts. They are counted for each record,
// and only a text where the sum differs is read again, name by name.

/**
 * Path of the first field repeated in one object, also when it is spelled differently (`\u0061` is `a`). A part of it is
 * '' where the name might hold a person; `undefined` when no field is repeated.
 * @param text JSON, and the value it has been parsed to.
 * @param names in the value, as `namesIn` counts them.
 */
export function repeatedField(text: string, value: unknown, names: number): string | undefined {
  const colons = colonsOf(text);
  if (colons === names) return undefined;
  // An escaped colon is none in the text, and could hide a repetition in the sum.
  if (!text.includes('\\u') && colons === names + colonsIn(value)) return undefined;
  return firstRepetition(text);
}

/** Named fields in a value, at all levels; −1 when objects and lists are nested on more than `deepest`
 *  levels. */
export function namesIn(value: unknown, deepest: number): number {
  if (Array.isArray(value)) return namesInList(value, deepest);
  if (!isRecord(value)) return 0;
  if (deepest === 0) return -1;
  let names = 0;
  for (const name in value) {
    names += 1;
    const content = value[name];
    if (typeof content !== 'object') continue;
    const inside = namesIn(content, deepest - 1);
    if (inside < 0) return -1;
    names += inside;
  }
  return names;
}

/** Apart from objects: one loop over both is five times as slow, for the engine must then look up each name. */
function namesInList(list: readonly unknown[], deepest: number): number {
  if (deepest === 0) return -1;
  let names = 0;
  for (const item of list) {
    const inside = namesIn(item, deepest - 1);
    if (inside < 0) return -1;
    names += inside;
  }
  return names;
}

/** Inside names and texts. */
function colonsIn(value: unknown): number {
  if (typeof value === 'string') return colonsOf(value);
  if (Array.isArray(value)) return value.reduce<number>((colons, item) => colons + colonsIn(item), 0);
  if (!isRecord(value)) return 0;
  let colons = 0;
  for (const name in value) colons += colonsOf(name) + colonsIn(value[name]);
  return colons;
}

function colonsOf(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons += 1;
  return colons;
}

interface Open {
  /** Of an object; null for a list. */
  names: Set<string> | null;
  /** The field, or the place in the list, that is being read. */
  at: string | number;
}

function firstRepetition(text: string): string | undefined {
  const open: Open[] = [];
  // In an object a string after `{` or `,` is a name.
  let expectsName = false;
  for (let at = 0; at < text.length; at += 1) {
    const within = open.at(-1);
    switch (text[at]) {
      case '{':
        open.push({ names: new Set(), at: '' });
        expectsName = true;
        break;
      case '[':
        open.push({ names: null, at: 0 });
        expectsName = false;
        break;
      case '}':
      case ']':
        open.pop();
        expectsName = false;
        break;
      case ',':
        expectsName = within?.names !== null;
        if (typeof within?.at === 'number') within.at += 1;
        break;
      case '"': {
        const end = closingQuote(text, at);
        if (expectsName && within?.names) {
          const name: string = JSON.parse(text.slice(at, end + 1));
          within.at = name;
          if (within.names.has(name)) return pathOf(open);
          within.names.add(name);
          expectsName = false;
        }
        at = end;
        break;
      }
    }
  }
  return undefined;
}

/** Of the string that opens at `from`; the text is JSON, so there is one. */
function closingQuote(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
}

function pathOf(open: readonly Open[]): string {
  return open
    .map(({ at }) => (typeof at === 'number' ? `[${at}]` : `.${shownName(at)}`))
    .join('')
    .replace(/^\./, '');
}
