import type pg from 'pg';
import { type ChainHead, type ChainRow, type Checkpoint, genesis } from '../../core/audit/chain.ts';
import { type AuditChain, INSTALLATION } from '../../core/audit/entry.ts';
import { type Verified, verification } from '../../core/audit/verification.ts';
import { orgId } from '../../core/organisation.ts';
import { chainHash } from '../auditSeal.ts';
import { iso } from './pool.ts';

/** Rows of one round trip. */
const PAGE = 5_000;

/** The line of a row, written here and not asked of a function of the database, which could be exchanged. */
const LINE = `concat_ws(e'\\x1f', seq, ${iso('at')}, kind, who, who_key, coalesce(capacity, ''), coalesce(supplier, ''),
  coalesce(client, ''), coalesce(token, ''), access, operation, coalesce(purpose, ''), coalesce(item, ''), outcome, times,
  array_to_string(subjects, ','), coalesce(trace, ''))`;

export interface StoredChain {
  id: number;
  chain: AuditChain;
  head: ChainHead | undefined;
}

export interface ChainVerdict extends Verified {
  chain: AuditChain;
  /** When the last row was written; null without rows. */
  lastAt: string | null;
}

/** Runs in one snapshot: rows and heads belong together. */
export async function inSnapshot<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // Ended before it is left: its locks would last until the server notices.
    const ended = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!ended);
    throw error;
  }
}

/** Chains with a head or with rows. */
export async function storedChains(client: pg.ClientBase): Promise<StoredChain[]> {
  const { rows } = await client.query<{
    id: number;
    name: string | null;
    seq: string | null;
    hash: string | null;
  }>(
    // One look into the index for each organisation.
    `with recursive used (id) as (
       select min(org_id) from audit
       union all
       select (select min(org_id) from audit where org_id > used.id) from used where used.id is not null
     )
     select c.id, o.name, h.seq, encode(h.hash, 'hex') as hash
     from (select id from used where id is not null union select org_id from audit_head) c (id)
     left join organisation o on o.id = c.id left join audit_head h on h.org_id = c.id order by c.id`,
  );
  return rows.map(({ id, name, seq, hash }) => ({
    id,
    chain: id === 0 ? INSTALLATION : orgId(name ?? `organisasjon ${id}`),
    head: seq === null || hash === null ? undefined : { seq: Number(seq), hash },
  }));
}

/** @param from a signed checkpoint to begin after; null: the whole chain @param checkpoints of this chain */
export async function verifyStored(
  client: pg.ClientBase,
  { id, chain, head }: StoredChain,
  from: Checkpoint | null,
  checkpoints: readonly Checkpoint[],
): Promise<ChainVerdict> {
  const start = from ?? { seq: 0, hash: genesis(chainHash, chain) };
  const verifying = verification(chainHash, start, checkpoints);
  let lastAt: string | null = null;
  rows: for await (const page of pagesAfter(client, id, from?.seq ?? null)) {
    for (const row of page) if (!verifying.add(row)) break rows;
    lastAt = page.at(-1)?.line.split('\u001f', 2)[1] ?? lastAt;
  }
  return { chain, lastAt, ...verifying.finish(head) };
}

async function* pagesAfter(
  client: pg.ClientBase,
  id: number,
  seq: number | null,
): AsyncGenerator<ChainRow[]> {
  const after = seq === null ? '' : `and seq > ${seq}`;
  await client.query(
    `declare audit_rows no scroll cursor for
     select seq, ${LINE}, encode(hash, 'hex') from audit where org_id = ${id} ${after} order by seq`,
  );
  const fetch = () =>
    client.query<[string, string, string]>({ text: `fetch ${PAGE} from audit_rows`, rowMode: 'array' });
  // The database writes the next page while this one is hashed.
  let ahead = fetch();
  try {
    for (;;) {
      const { rows } = await ahead;
      if (rows.length === PAGE) ahead = fetch();
      yield rows.map(([number, line, hash]) => ({ seq: Number(number), line, hash }));
      if (rows.length < PAGE) return;
    }
  } finally {
    await ahead;
    await client.query('close audit_rows');
  }
}
