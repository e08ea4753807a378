import { createHash, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { ChainHash, Checkpoint } from '../core/audit/chain.ts';
import { checkpointText } from '../core/audit/chain.ts';
import { INSTALLATION } from '../core/audit/entry.ts';
import { orgId } from '../core/organisation.ts';

export const chainHash: ChainHash = (previous, line) => hash('sha256', previous + line, 'hex');

/** As one line of JSON. Hash and signature in base64: in hex a run of eleven digits looks like an identity number, and a
 *  log would mask it. */
export interface SignedCheckpoint {
  org: string;
  seq: number;
  hash: string;
  at: string;
  /** First digits of the SHA-256 of the public key. */
  key: string;
  signature: string;
}

/** @param key Ed25519, private */
export function signCheckpoint(key: KeyObject, checkpoint: Checkpoint): SignedCheckpoint {
  const { chain, seq, hash: hex, at } = checkpoint;
  const signature = sign(null, Buffer.from(checkpointText(checkpoint)), key).toString('base64');
  const digest = Buffer.from(hex, 'hex').toString('base64');
  return { org: chain, seq, hash: digest, at, key: keyName(createPublicKey(key)), signature };
}

export function keyName(publicKey: KeyObject): string {
  const bytes = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(bytes).digest('base64').slice(0, 12);
}

export interface ReadCheckpoints {
  checkpoints: Checkpoint[];
  /** Lines with a signature that none of the keys has made, or that cannot be read. */
  invalid: number;
}

/** The checkpoints of a file with one in each line, e.g. a log: lines that are no checkpoint are passed over. */
export function readCheckpoints(text: string, publicKeys: readonly KeyObject[]): ReadCheckpoints {
  const read: ReadCheckpoints = { checkpoints: [], invalid: 0 };
  for (const line of text.split('\n')) {
    if (!line.includes('"signature"')) continue;
    const signed = parse(line);
    if (signed === undefined) {
      read.invalid += 1;
      continue;
    }
    const { org, seq, at } = signed;
    const hex = Buffer.from(signed.hash, 'base64').toString('hex');
    const checkpoint: Checkpoint = {
      chain: org === INSTALLATION ? INSTALLATION : orgId(org),
      seq,
      hash: hex,
      at,
    };
    const bytes = Buffer.from(checkpointText(checkpoint));
    const signature = Buffer.from(signed.signature, 'base64');
    if (publicKeys.some((key) => verify(null, bytes, key, signature))) read.checkpoints.push(checkpoint);
    else read.invalid += 1;
  }
  return read;
}

function parse(
  line: string,
): Pick<SignedCheckpoint, 'org' | 'seq' | 'hash' | 'at' | 'signature'> | undefined {
  try {
    const { org, seq, hash: digest, at, signature } = JSON.parse(line);
    const texts = [org, digest, at, signature].every((value) => typeof value === 'string');
    return texts && Number.isSafeInteger(seq) ? { org, seq, hash: digest, at, signature } : undefined;
  } catch {
    return undefined;
  }
}

/** The end of a chain that was signed last. */
export interface SignedEnd {
  chain: string;
  seq: number;
  at: string;
  /** Whether one of the keys has signed it. */
  valid: boolean;
}

/** The last line of each chain: of years of checkpoints only these are verified. */
export function lastSignedEnds(text: string, publicKeys: readonly KeyObject[]): SignedEnd[] {
  const newest = new Map<string, { line: string; at: string; seq: number }>();
  for (const line of text.split('\n')) {
    const signed = line.includes('"signature"') ? parse(line) : undefined;
    if (signed === undefined) continue;
    const { org, seq, at } = signed;
    if (seq >= (newest.get(org)?.seq ?? 0)) newest.set(org, { line, at, seq });
  }
  return [...newest].map(([chain, { line, at, seq }]) => {
    const valid = readCheckpoints(line, publicKeys).invalid === 0;
    return { chain, seq, at, valid };
  });
}
