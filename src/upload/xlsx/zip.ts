import { Unzip, UnzipInflate } from 'fflate';
import { FILE } from '../../core/sentences/files.ts';
import { FileFault } from '../fileFault.ts';
import { FILE_LIMITS } from '../fileLimits.ts';

// The archive that a workbook is, unpacked as a stream: what comes out is counted, whatever the archive says of itself. Only
// what a list is read from is unpacked.

export interface Archive {
  /** Of all its parts. */
  names: ReadonlySet<string>;
  /** Of an unpacked part; undefined when the archive has none of the name. @throws FileFault ARCHIVE_SUSPECT */
  text(name: string): string | undefined;
}

const SIGNATURE = 0x04034b50;
/** What is unpacked at a time: a piece may become a thousand times as large before it is counted. */
const PIECE = 4 * 1024;
const READ =
  /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;

export function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === SIGNATURE;
}

/** @throws FileFault ARCHIVE_SUSPECT */
export function unpack(bytes: Buffer): Archive {
  const names = new Set<string>();
  const parts = new Map<string, Uint8Array[]>();
  let unpacked = 0;
  let packed = 0;
  const unzip = new Unzip((file) => {
    const name = file.name.replaceAll('\\', '/');
    if (names.size >= FILE_LIMITS.parts) throw suspect(FILE.nb.tooManyParts);
    if (names.has(name)) throw suspect(FILE.nb.partTwice);
    names.add(name);
    if (!READ.test(name)) return;
    const pieces: Uint8Array[] = [];
    file.ondata = (error, piece, last) => {
      // What is thrown here comes back as the error of the library.
      if (error !== null) throw error instanceof FileFault ? error : broken();
      unpacked += piece.length;
      if (
        unpacked > FILE_LIMITS.unpacked ||
        unpacked > Math.max(FILE_LIMITS.free, packed * FILE_LIMITS.ratio)
      )
        throw tooBig();
      pieces.push(piece);
      if (last) parts.set(name, pieces);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (; packed < bytes.length; packed += PIECE)
      unzip.push(bytes.subarray(packed, packed + PIECE), packed + PIECE >= bytes.length);
  } catch (error) {
    throw error instanceof FileFault ? error : broken();
  }
  return {
    names,
    text(name) {
      const pieces = parts.get(name);
      if (pieces === undefined && names.has(name)) throw broken();
      return pieces && asText(pieces);
    },
  };
}

function asText(pieces: readonly Uint8Array[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw broken();
  }
}

const tooBig = () => suspect(FILE.nb.unpacksTooMuch);

export function broken(): FileFault {
  return suspect(FILE.nb.damaged);
}

export function suspect(text: string): FileFault {
  return new FileFault('ARCHIVE_SUSPECT', text);
}
