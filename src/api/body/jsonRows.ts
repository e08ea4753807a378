import { HttpProblem } from '../httpProblem.ts';
import { type BodyLimits, sizeText } from './limits.ts';
import { notJson, parseJson } from './parseJson.ts';
import { createValueScanner, isSpace } from './valueScanner.ts';

const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A body taken apart: the rows of a list, or one object with the place where it begins. */
export type SplitBody =
  | { kind: 'list'; rows: Buffer[] }
  | { kind: 'object'; bytes: Buffer; start: number; values: number };

/** Cuts a JSON body into rows while it is read, so that a million rows or a huge row is refused early,
 *  and no list is ever held as parsed values. Each row is checked as JSON and kept as the bytes sent. */
export interface JsonRows {
  /** @throws HttpProblem */
  push(chunk: Buffer): void;
  /** @throws HttpProblem */
  end(): SplitBody;
}

/** @param objectBytes how large a lone object may be. */
export function createJsonRows(limits: BodyLimits, objectBytes: number): JsonRows {
  const scanner = createValueScanner(limits.depth);
  const rows: Buffer[] = [];
  let state: 'start' | 'first' | 'next' | 'within' | 'after' | 'done' = 'start';
  let kind: 'list' | 'object' | 'scalar' = 'list';
  let pieces: Buffer[] = [];
  let size = 0;
  let start = 0;
  let position = 0;

  function begin(at: number): void {
    if (kind === 'list' && rows.length >= limits.rows) throw tooManyRows(limits.rows);
    scanner.reset();
    pieces = [];
    size = 0;
    start = position + at;
    state = 'within';
  }

  function keep(piece: Buffer): void {
    pieces.push(piece);
    size += piece.length;
    const most = kind === 'object' ? objectBytes : limits.row;
    if (size > most) throw tooLarge(most, kind === 'list' ? rows.length + 1 : undefined);
    if (kind === 'object' && scanner.values() > limits.documentValues) throw tooManyRows(limits.rows);
  }

  function finish(): void {
    state = kind === 'list' ? 'after' : 'done';
    if (kind === 'object') return;
    const row = joined();
    parseJson(row, start, kind === 'list' ? rows.length + 1 : undefined);
    if (kind === 'list') rows.push(row);
  }

  const joined = () => (pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));

  /** One byte between values. */
  function between(byte: number | undefined, at: number): void {
    const closes = byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte === COMMA;
    if (state === 'start' && byte === OPEN_LIST) state = 'first';
    else if (state === 'first' && byte === CLOSE_LIST) state = 'done';
    else if (state === 'after' && byte === CLOSE_LIST) state = 'done';
    else if (state === 'after' && byte === COMMA) state = 'next';
    else if (closes || state === 'after' || state === 'done') throw notJson(position + at);
    else {
      if (state === 'start') kind = byte === OPEN_OBJECT ? 'object' : 'scalar';
      begin(at);
    }
  }

  return {
    push(chunk) {
      let at = position === 0 && hasByteOrderMark(chunk) ? 3 : 0;
      while (at < chunk.length) {
        if (state !== 'within') {
          if (!isSpace(chunk[at])) between(chunk[at], at);
          // Asked again: `between` may have begun a value at this byte.
          if (!within()) at += 1;
          continue;
        }
        const end = scanner.next(chunk, at);
        keep(chunk.subarray(at, end < 0 ? undefined : end));
        if (end < 0) break;
        finish();
        at = end;
      }
      position += chunk.length;
    },
    end() {
      if (within() && kind === 'scalar') finish();
      if (state !== 'done') throw notJson(position);
      if (kind === 'scalar') {
        throw new HttpProblem('NOT_AN_OBJECT', 'Send én post som et JSON-objekt, eller en liste av poster.');
      }
      return kind === 'list' ? { kind, rows } : { kind, bytes: joined(), start, values: scanner.values() };
    },
  };

  function within(): boolean {
    return state === 'within';
  }
}

function hasByteOrderMark(chunk: Buffer): boolean {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
}

export function tooManyRows(most: number): HttpProblem {
  return new HttpProblem(
    'TOO_MANY_ROWS',
    `En innsending kan ha høyst ${most} rader. Del listen i flere innsendinger, hver med sin egen Idempotency-Key. Ingenting er sendt videre.`,
  );
}

export function tooLarge(most: number, row?: number): HttpProblem {
  const what = row === undefined ? 'Innholdet' : `Rad ${row}`;
  const cure =
    row === undefined
      ? 'Del det i flere innsendinger.'
      : 'Se etter felt som ikke hører hjemme i posten, eller rett raden og send alt på nytt.';
  return new HttpProblem(
    'TOO_LARGE',
    `${what} er større enn ${sizeText(most)}. ${cure} Ingenting er sendt videre.`,
  );
}
