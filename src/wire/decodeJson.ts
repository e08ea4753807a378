import { isUtf8 } from 'node:buffer';
import { standsTwice } from '../../adapters/reading/recordProblems.ts';
import type { Problem } from '../core/problem.ts';
import { ROW } from '../core/sentences/rows.ts';
import type { DecodedValue } from './decodedValue.ts';
import { jsonFault } from './decodeJsonFault.ts';
import { nulCharacter } from './decodeNul.ts';
import { namesIn, repeatedField } from './repeatedField.ts';

const DEEPEST = 16;

/** UTF-8 JSON, with or without a byte order mark. Nothing of the text is ever shown: it may hold a person. */
export function decodeJson(bytes: Buffer): DecodedValue {
  if (!isUtf8(bytes)) return refused(notJson(ROW.nb.notUtf8, ROW.nb.notUtf8Cure));
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString('utf8', marked ? 3 : 0);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's message quotes the text, so the place is found by ourselves.
    return refused(text.includes('\0') ? nulCharacter() : faultAt(text));
  }
  const names = namesIn(value, DEEPEST);
  if (names < 0) return refused(tooDeep());
  const repeated = repeatedField(text, value, names);
  if (repeated !== undefined) return refused(standsTwice(repeated));
  if (text.includes('\\u0000') && hasNul(value)) return refused(nulCharacter());
  return { ok: true, value };
}

function faultAt(text: string): Problem {
  const place = jsonFault(text);
  if (place >= text.length) return notJson(ROW.nb.cutShort, ROW.nb.cutShortCure);
  const before = text.slice(0, place).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return notJson(ROW.nb.jsonFault(String(line), String(column)), ROW.nb.jsonFaultCure);
}

/** For values a few levels deep. */
function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, content]) => name.includes('\0') || hasNul(content));
}

function refused(problem: Problem): DecodedValue {
  return { ok: false, problems: [problem] };
}

function notJson(text: string, cure: string): Problem {
  return { code: 'NOT_JSON', field: '', text, cure };
}

function tooDeep(): Problem {
  return {
    code: 'TOO_DEEP',
    field: '',
    text: ROW.nb.tooDeep(String(DEEPEST)),
    cure: ROW.nb.tooDeepCure,
  };
}
