import { isUtf8 } from 'node:buffer';
import { FILE } from '../../core/sentences/files.ts';
import { FileFault } from '../fileFault.ts';

// Text of a file whose encoding nothing says: by its mark, else as UTF-8 when it is that, else as Windows writes it.

/** Bytes that Windows-1252 leaves open. */
const OPEN_BYTES = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
/** What the letters æ, ø and å of older encodings become in Windows-1252, next to other letters. */
const GARBLED = /\p{L}[†‡›‹ˆ‰¿¾¢]|[†‡›‹ˆ‰¿¾¢]\p{L}/u;

/** @throws FileFault ENCODING_UNKNOWN */
export function decodeText(bytes: Buffer): string {
  const text = decoded(bytes);
  // A mark of the order of bytes within the text is no part of any value.
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return wide(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return wide(bytes, 'utf-16be');
  if (bytes.includes(0)) throw unknown();
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (OPEN_BYTES.some((byte) => bytes.includes(byte))) throw unknown();
  const text = new TextDecoder('windows-1252').decode(bytes);
  if (GARBLED.test(text)) throw unknown();
  return text;
}

function wide(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw unknown();
  }
}

function unknown(): FileFault {
  return new FileFault('ENCODING_UNKNOWN', FILE.nb.encoding);
}
