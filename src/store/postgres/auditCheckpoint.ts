import type pg from 'pg';
import type { Checkpoint } from '../../core/audit/chain.ts';
import type { AuditChain } from '../../core/audit/entry.ts';
import type { ChainBreak } from '../../core/audit/verification.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { inSnapshot, storedChains, verifyStored } from './auditChain.ts';

/** Arbitrary constant: one instance at a time signs. */
const SIGNING_LOCK = 7_067_003;

export interface SigningTurn {
  /** Chains last verified before this are due. */
  before: IsoInstant;
  /** Signed ones, as this instance has them outside the database; asked for when a chain is due. */
  known(): readonly Checkpoint[];
  now: IsoInstant;
  /** The chain follows from its last checkpoint. @throws when the checkpoint cannot be written */
  sign(checkpoint: Checkpoint): void;
  /** It does not: its end is not signed. */
  broken(chain: AuditChain, found: ChainBreak): void;
}

/** Verifies what has been added since the last checkpoints, and has the ends of the chains signed. Does nothing while
 *  another instance does it, or where none is due. */
export async function signDueHeads(pool: pg.Pool, turn: SigningTurn): Promise<void> {
  await inSnapshot(pool, async (client) => {
    const { rows: lock } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_xact_lock($1) as taken',
      [SIGNING_LOCK],
    );
    if (!lock[0]?.taken) return;
    const { rows: verified } = await client.query<{ org_id: number }>(
      'select org_id from audit_checkpoint where verified > $1',
      [turn.before],
    );
    const fresh = new Set(verified.map(({ org_id }) => org_id));
    const due = (await storedChains(client)).filter(({ id }) => !fresh.has(id));
    const known = due.length === 0 ? [] : turn.known();
    for (const stored of due) {
      const own = known.filter(({ chain }) => chain === stored.chain);
      const from = own.toSorted((a, b) => a.seq - b.seq).at(-1) ?? null;
      const { broken, last } = await verifyStored(client, stored, from, own);
      if (broken !== null) turn.broken(stored.chain, broken);
      else turn.sign({ chain: stored.chain, seq: last.seq, hash: last.hash, at: turn.now });
      await client.query(
        `insert into audit_checkpoint (org_id, verified) values ($1, $2)
         on conflict (org_id) do update set verified = excluded.verified`,
        [stored.id, turn.now],
      );
    }
  });
}
