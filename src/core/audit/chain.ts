import type { AuditChain } from './entry.ts';

// A chain per organisation: each row's hash covers the row and the hash before it. Rows number from 1 without a gap.

/** SHA-256 over the previous hash (as hex text) followed by the line in UTF-8; lower-case hex. */
export type ChainHash = (previous: string, line: string) => string;

/** What the first row follows: different for each chain, so that no chain passes for another. */
export function genesis(hash: ChainHash, chain: AuditChain): string {
  return hash('', `ot-bridge audit 1 ${chain}`);
}

/** End of a chain; `seq` 0 and the genesis hash for an empty one. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** A row as it is stored. */
export interface ChainRow extends ChainHead {
  /** Number and fields of the entry by the unit separator, which no field can hold: what the hash covers. */
  line: string;
}

/** A head that was signed and kept outside the database. */
export interface Checkpoint extends ChainHead {
  chain: AuditChain;
  at: string;
}

/** What is signed. */
export function checkpointText({ chain, seq, hash, at }: Checkpoint): string {
  return `ot-bridge audit checkpoint 1\n${chain}\n${seq}\n${hash}\n${at}\n`;
}
