import type { ChainHash, ChainHead, ChainRow, Checkpoint } from './chain.ts';

/** The first thing in a chain that cannot have come about by appending. */
export interface ChainBreak {
  /** First row concerned. */
  seq: number;
  kind: /** The row is not what its hash was taken of: changed, exchanged, or put in. */
    | 'CHANGED'
    /** Rows are missing before this one. */
    | 'MISSING'
    /** A number that comes twice, or out of order. */
    | 'EXTRA'
    /** The chain ends earlier than its head, or than a checkpoint. */
    | 'CUT'
    /** Rows beyond the head. */
    | 'BEYOND_HEAD'
    /** The last row is not the one the head names. */
    | 'OTHER_HEAD'
    /** The row is not the one that was signed: the chain was computed again. */
    | 'REWRITTEN';
}

export interface Verifying {
  /** Rows in order. False from the first break on: no more is needed. */
  add(row: ChainRow): boolean;
  /** @param head as the database keeps it; undefined: it keeps none */
  finish(head: ChainHead | undefined): Verified;
}

export interface Verified {
  broken: ChainBreak | null;
  rows: number;
  /** Last row that follows from what comes before it. */
  last: ChainHead;
  /** Last checkpoint that the chain agrees with. */
  witnessed: Checkpoint | null;
}

/**
 * @param from what the first row follows: the genesis, or a signed checkpoint @param checkpoints of this chain, with
 * valid signatures
 */
export function verification(
  hash: ChainHash,
  from: ChainHead,
  checkpoints: readonly Checkpoint[],
): Verifying {
  const signed = checkpoints.filter(({ seq }) => seq >= from.seq).sort((a, b) => a.seq - b.seq);
  let last: ChainHead = { seq: from.seq, hash: from.hash };
  let broken: ChainBreak | null = null;
  let witnessed: Checkpoint | null = null;
  let rows = 0;
  let next = 0;

  const at = (seq: number, kind: ChainBreak['kind']): false => {
    broken ??= { seq, kind };
    return false;
  };
  /** Compares the end so far with the checkpoints of it. */
  const witness = (): boolean => {
    for (let checkpoint = signed[next]; checkpoint?.seq === last.seq; checkpoint = signed[next]) {
      if (checkpoint.hash !== last.hash) return at(last.seq, 'REWRITTEN');
      witnessed = checkpoint;
      next += 1;
    }
    return true;
  };
  witness();

  return {
    add({ seq, line, hash: stored }) {
      if (broken !== null) return false;
      rows += 1;
      if (seq <= last.seq) return at(seq, 'EXTRA');
      if (seq > last.seq + 1) return at(last.seq + 1, 'MISSING');
      if (hash(last.hash, line) !== stored) return at(seq, 'CHANGED');
      last = { seq, hash: stored };
      return witness();
    },
    finish(head) {
      const kept = head ?? from;
      const beyond = signed[next];
      if (kept.seq > last.seq) at(last.seq + 1, 'CUT');
      else if (kept.seq < last.seq) at(kept.seq + 1, 'BEYOND_HEAD');
      else if (kept.hash !== last.hash) at(last.seq, 'OTHER_HEAD');
      else if (beyond !== undefined) at(last.seq + 1, 'CUT');
      return { broken, rows, last, witnessed };
    },
  };
}
