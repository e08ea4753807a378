import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SignedCheckpoint } from './auditSeal.ts';

const FILE = 'checkpoints.jsonl';

/** Adds a line to the folder's file, on disk when it returns. @throws the error of the file system */
export function writeCheckpoint(folder: string, signed: SignedCheckpoint): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, FILE), 'a', 0o640);
  try {
    writeSync(file, `${JSON.stringify(signed)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** All checkpoint lines of a file, or of the files of a folder; '' when there is none. */
export function checkpointLines(path: string): string {
  if (!existsSync(path)) return '';
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
  const files = readdirSync(path).filter((name) => name.endsWith('.jsonl'));
  return files.map((name) => readFileSync(join(path, name), 'utf8')).join('\n');
}
