import { HttpProblem } from '../httpProblem.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Finds where one JSON value ends, over chunk borders, by brackets and quotes alone. JSON.parse
 *  validates the value afterwards. */
export interface ValueScanner {
  /** Resets for the next value. */
  reset(): void;
  /** Index after the value's last byte, or -1 when it goes on in the next chunk. */
  next(chunk: Uint8Array, from: number): number;
  /** Values seen since the reset, roughly: commas and opening brackets. */
  values(): number;
}

export function createValueScanner(maxDepth: number): ValueScanner {
  let depth = 0;
  let values = 0;
  let inString = false;
  let escaped = false;
  return {
    reset() {
      depth = 0;
      values = 0;
      inString = false;
      escaped = false;
    },
    next(chunk, from) {
      for (let at = from; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (depth === 0) return at + 1;
          }
        } else if (byte === QUOTE) {
          inString = true;
        } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
          depth += 1;
          values += 1;
          // JSON.parse takes any depth, but what walks the value afterwards may not.
          if (depth > maxDepth) {
            throw new HttpProblem(
              'TOO_DEEP',
              `Innholdet har mer enn ${maxDepth} nivåer av objekter og lister i hverandre. En post trenger bare noen få: se feltlisten for strømmen.`,
            );
          }
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
          if (depth === 0) return at;
          depth -= 1;
          if (depth === 0) return at + 1;
        } else if (byte === COMMA) {
          if (depth === 0) return at;
          values += 1;
        } else if (depth === 0 && isSpace(byte)) {
          return at;
        }
      }
      return -1;
    },
    values: () => values,
  };
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
