import { inflateRawSync } from 'node:zlib';
import { FileFault } from '../fileFault.ts';
import { FILE_LIMITS } from '../fileLimits.ts';

// The archive that a workbook is: its directory, and its parts unpacked one by one within a budget that counts what really
// comes out, whatever the directory says. Nothing is unpacked that is not asked for.

export interface ZipEntry {
  method: number;
  packed: number;
  /** Where its local header begins. */
  at: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

export function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === LOCAL;
}

/** @throws FileFault ARCHIVE_SUSPECT, NOT_A_LIST for one with a password */
export function readZip(bytes: Buffer): ReadonlyMap<string, ZipEntry> {
  try {
    return directoryOf(bytes);
  } catch (error) {
    // Reading past the end: an offset that leads outside the file.
    if (error instanceof RangeError) throw broken();
    throw error;
  }
}

function directoryOf(bytes: Buffer): ReadonlyMap<string, ZipEntry> {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > FILE_LIMITS.parts) throw suspect('Filen har altfor mange deler.');
  const entries = new Map<string, ZipEntry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw broken();
    if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0)
      throw new FileFault('NOT_A_LIST', 'Filen har passord. Lagre en kopi uten passord, og send den.');
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes).replaceAll('\\', '/');
    if (entries.has(name)) throw suspect('Filen har to deler med samme navn.');
    entries.set(name, {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(bytes: Buffer): number {
  const earliest = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= earliest; at -= 1)
    if (bytes.readUInt32LE(at) === END) return at;
  throw broken();
}

/** Gives the parts of one archive, as long as the budget lasts. */
export interface Unpacking {
  /** @returns undefined when the archive has no such part @throws FileFault ARCHIVE_SUSPECT */
  text(name: string): string | undefined;
}

export function openParts(bytes: Buffer, parts: ReadonlyMap<string, ZipEntry>): Unpacking {
  let left: number = FILE_LIMITS.unpacked;
  return {
    text(name) {
      const entry = parts.get(name);
      if (entry === undefined) return undefined;
      const unpacked = unpack(bytes, entry, left);
      left -= unpacked.length;
      return asText(unpacked);
    },
  };
}

function unpack(bytes: Buffer, { method, packed, at }: ZipEntry, left: number): Buffer {
  const data = dataOf(bytes, at, packed);
  if (method === STORED) {
    if (data.length > left) throw tooBig();
    return data;
  }
  if (method !== DEFLATED) throw suspect('Filen er pakket på en uvanlig måte.');
  const most = Math.min(left, Math.max(FILE_LIMITS.free, data.length * FILE_LIMITS.ratio));
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    if (error instanceof RangeError) throw tooBig();
    throw broken();
  }
}

function dataOf(bytes: Buffer, at: number, packed: number): Buffer {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) throw broken();
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + packed > bytes.length) throw broken();
  return bytes.subarray(start, start + packed);
}

function asText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw broken();
  }
}

const tooBig = () =>
  suspect(
    'Filen pakker ut til mye mer enn en liste trenger. Kopier radene til et nytt regneark, lagre det som .xlsx, og send det.',
  );

export function broken(): FileFault {
  return suspect(
    'Filen er skadet eller ikke hel. Åpne den i regnearket, lagre den på nytt som .xlsx, og send den.',
  );
}

export function suspect(text: string): FileFault {
  return new FileFault('ARCHIVE_SUSPECT', text);
}
