import { isUtf8 } from 'node:buffer';
import { standsTwice } from '../../adapters/reading/recordProblems.ts';
import type { Problem } from '../core/problem.ts';
import type { DecodedValue } from './decodedValue.ts';
import { jsonFault } from './decodeJsonFault.ts';
import { nulCharacter } from './decodeNul.ts';
import { namesIn, repeatedField } from './repeatedField.ts';

const DEEPEST = 16;

/** UTF-8 JSON, with or without a byte order mark. Nothing of the text is ever shown: it may hold a person. */
export function decodeJson(bytes: Buffer): DecodedValue {
  if (!isUtf8(bytes))
    return refused(notJson('Raden er ikke tekst i UTF-8.', 'Lagre og send raden som UTF-8.'));
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
  if (place >= text.length)
    return notJson('Raden er ikke gyldig JSON: den slutter for tidlig.', 'Send hele raden på nytt.');
  const before = text.slice(0, place).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return notJson(
    `Raden er ikke gyldig JSON: feilen står i linje ${line}, tegn ${column}.`,
    'Rett skrivemåten der og send raden på nytt.',
  );
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
    text: `Raden har felt inni felt i mer enn ${DEEPEST} nivåer.`,
    cure: 'Send raden slik formatet er beskrevet, med feltene rett i objektet.',
  };
}
