import { describe, expect, test } from 'vitest';
import { type ChainHead, type ChainRow, type Checkpoint, genesis } from '../../../src/core/audit/chain.ts';
import { type AuditEntry, safeEntry } from '../../../src/core/audit/entry.ts';
import { type Verified, verification } from '../../../src/core/audit/verification.ts';
import { orgId } from '../../../src/core/organisation.ts';
import { chainHash } from '../../../src/store/auditSeal.ts';
import { auditLine } from './line.ts';

const ORG = orgId('telemarkfylke-no');
const ROWS = 1_000;
/** Rows from one checkpoint to the next. */
const HOUR = 90;
const SEED = 20_261_129;

interface Trail {
  rows: { seq: number; entry: AuditEntry; hash: string }[];
  head: ChainHead;
  checkpoints: Checkpoint[];
}

/** mulberry32: the same tamperings in each run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const uuid = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

function entry(at: number): AuditEntry {
  return {
    at: new Date(Date.UTC(2026, 10, 29) + at * 40_000).toISOString(),
    kind: 'person',
    who: `user-${at % 7}`,
    key: `key-${at % 7}`,
    capacity: at % 3 === 0 ? null : 'radgiver',
    supplier: null,
    client: null,
    token: null,
    access: 'youth:read',
    operation: 'GET /organisations/{org}/youths/{ref}',
    purpose: null,
    item: null,
    outcome: at % 11 === 0 ? 'NO_GRANT' : 'OK',
    times: 1,
    subjects: [uuid(at % 50), uuid(50 + (at % 20))],
    trace: null,
  };
}

function chained(entries: readonly AuditEntry[], chain = ORG): Trail['rows'] {
  let hash = genesis(chainHash, chain);
  return entries.map((each, index) => {
    hash = chainHash(hash, auditLine(index + 1, each));
    return { seq: index + 1, entry: each, hash };
  });
}

function headOf(rows: Trail['rows']): ChainHead {
  const last = rows.at(-1);
  return last === undefined ? { seq: 0, hash: genesis(chainHash, ORG) } : { seq: last.seq, hash: last.hash };
}

const ROWS_KEPT = chained(Array.from({ length: ROWS }, (_, at) => entry(at)));
const CHECKPOINTS = ROWS_KEPT.filter(({ seq }) => seq % HOUR === 0).map(({ seq, hash, entry: { at } }) => ({
  chain: ORG,
  seq,
  hash,
  at,
}));
const LAST_SIGNED = CHECKPOINTS.at(-1)?.seq ?? 0;

function kept(): Trail {
  return { rows: [...ROWS_KEPT], head: headOf(ROWS_KEPT), checkpoints: CHECKPOINTS };
}

function verify({ rows, head, checkpoints }: Trail): Verified {
  const start = { seq: 0, hash: genesis(chainHash, ORG) };
  const verifying = verification(chainHash, start, checkpoints);
  for (const { seq, entry: each, hash } of rows) {
    const row: ChainRow = { seq, line: auditLine(seq, each), hash };
    if (!verifying.add(row)) break;
  }
  return verifying.finish(head);
}

const FIELDS: { [F in keyof AuditEntry]: (old: AuditEntry[F]) => AuditEntry[F] } = {
  at: (old) => old.replace(/\d(?=Z)/, (digit) => String((Number(digit) + 1) % 10)),
  kind: () => 'local',
  who: (old) => `${old}x`,
  key: (old) => `${old}x`,
  capacity: (old) => (old === null ? 'leder' : null),
  supplier: () => '0192:889640782',
  client: () => 'client',
  token: () => 'token',
  access: () => 'youth:identify',
  operation: (old) => old.slice(0, -1),
  purpose: () => 'KONTAKT',
  item: () => 'worklist',
  outcome: (old) => (old === 'OK' ? 'NO_GRANT' : 'OK'),
  times: (old) => old + 1,
  subjects: (old) => old.slice(1),
  trace: () => '0'.repeat(32),
};

function edited(each: AuditEntry, field: keyof AuditEntry): AuditEntry {
  const change = <F extends keyof AuditEntry>(name: F) => ({ ...each, [name]: FIELDS[name](each[name]) });
  return change(field);
}

type Pick = (below: number) => number;

/** Hashes and head as an attacker with all of the database would compute them. */
function rechained({ rows, checkpoints }: Trail): Trail {
  const again = chained(rows.map((row) => row.entry));
  return { rows: again, head: headOf(again), checkpoints };
}

const TAMPERINGS: Record<string, (trail: Trail, pick: Pick) => Trail> = {
  edit(trail, pick) {
    const at = pick(ROWS);
    const field = (Object.keys(FIELDS) as (keyof AuditEntry)[])[pick(16)] ?? 'who';
    const rows = trail.rows.with(at, { ...trail.rows[at]!, entry: edited(trail.rows[at]!.entry, field) });
    return { ...trail, rows };
  },
  'edit with its own hash'(trail, pick) {
    const at = pick(ROWS - 1);
    const row = trail.rows[at]!;
    const changed = edited(row.entry, 'who');
    const before = trail.rows[at - 1]?.hash ?? genesis(chainHash, ORG);
    const hash = chainHash(before, auditLine(row.seq, changed));
    return { ...trail, rows: trail.rows.with(at, { ...row, entry: changed, hash }) };
  },
  delete(trail, pick) {
    return { ...trail, rows: trail.rows.toSpliced(pick(ROWS), 1 + pick(5)) };
  },
  'delete and number again'(trail, pick) {
    const rows = trail.rows.toSpliced(pick(ROWS - 5), 1 + pick(5));
    return { ...trail, rows: rows.map((row, index) => ({ ...row, seq: index + 1 })) };
  },
  insert(trail, pick) {
    const at = pick(ROWS);
    const forged = { ...trail.rows[at]!, entry: entry(pick(ROWS)) };
    return { ...trail, rows: trail.rows.toSpliced(at, 0, forged) };
  },
  'insert and number again'(trail, pick) {
    const at = pick(ROWS);
    const rows = trail.rows.toSpliced(at, 0, { ...trail.rows[at]!, entry: entry(pick(ROWS)) });
    return { ...trail, rows: rows.map((row, index) => ({ ...row, seq: index + 1 })) };
  },
  'insert before the first'(trail) {
    return { ...trail, rows: [{ ...trail.rows[0]!, seq: 0 }, ...trail.rows] };
  },
  append(trail) {
    const last = trail.rows.at(-1)!;
    const added = entry(ROWS + 1);
    const hash = chainHash(last.hash, auditLine(last.seq + 1, added));
    return { ...trail, rows: [...trail.rows, { seq: last.seq + 1, entry: added, hash }] };
  },
  swap(trail, pick) {
    const one = pick(ROWS - 1);
    const other = one + 1 + pick(ROWS - 1 - one);
    const [a, b] = [trail.rows[one]!, trail.rows[other]!];
    const rows = trail.rows.with(one, { ...b, seq: a.seq }).with(other, { ...a, seq: b.seq });
    return { ...trail, rows };
  },
  truncate(trail, pick) {
    return { ...trail, rows: trail.rows.slice(0, pick(ROWS)) };
  },
  'truncate with the head'(trail, pick) {
    const rows = trail.rows.slice(0, pick(LAST_SIGNED));
    return { ...trail, rows, head: headOf(rows) };
  },
  'edit and chain again'(trail, pick) {
    const at = pick(LAST_SIGNED);
    const changed = edited(trail.rows[at]!.entry, 'who');
    return rechained({ ...trail, rows: trail.rows.with(at, { ...trail.rows[at]!, entry: changed }) });
  },
  'delete and chain again'(trail, pick) {
    return rechained({ ...trail, rows: trail.rows.toSpliced(pick(LAST_SIGNED), 1 + pick(5)) });
  },
  'the chain of another organisation'(trail) {
    const rows = chained(
      trail.rows.map((row) => row.entry),
      orgId('vestfoldfylke-no'),
    );
    return { ...trail, rows, head: headOf(rows), checkpoints: [] };
  },
};

describe('a chain', () => {
  test('is whole as it was written, and names the last checkpoint it agrees with', () => {
    const { broken, rows, witnessed } = verify(kept());
    expect({ broken, rows, witnessed }).toEqual({
      broken: null,
      rows: ROWS,
      witnessed: CHECKPOINTS.at(-1),
    });
  });

  test('1,000 random tamperings are found, each', () => {
    const pick = randomFrom(SEED);
    const kinds = Object.entries(TAMPERINGS);
    const missed: string[] = [];
    for (let at = 0; at < 1_000; at += 1) {
      const [kind, tamper] = kinds[at % kinds.length]!;
      if (verify(tamper(kept(), pick)).broken === null) missed.push(`${at} ${kind}`);
    }
    expect(missed).toEqual([]);
  });

  test.each([
    ['edit', 'CHANGED'],
    ['delete', 'MISSING'],
    ['insert and number again', 'CHANGED'],
    ['append', 'BEYOND_HEAD'],
    ['truncate', 'CUT'],
    ['truncate with the head', 'CUT'],
    ['edit and chain again', 'REWRITTEN'],
  ] as const)('%s is called %s, at the first row concerned', (kind, name) => {
    const pick = (below: number) => Math.floor(below / 2);
    const { broken } = verify(TAMPERINGS[kind]!(kept(), pick));
    expect(broken?.kind).toBe(name);
    expect(broken?.seq).toBeGreaterThan(0);
  });

  test('what is rewritten after the last checkpoint, head and all, cannot be found in the database: hence one each hour', () => {
    const rows = ROWS_KEPT.slice(0, LAST_SIGNED + 3);
    expect(verify({ rows, head: headOf(rows), checkpoints: CHECKPOINTS }).broken).toBeNull();
    const later = { chain: ORG, seq: ROWS, hash: ROWS_KEPT.at(-1)!.hash, at: entry(ROWS).at };
    const found = verify({ rows, head: headOf(rows), checkpoints: [...CHECKPOINTS, later] });
    expect(found.broken).toEqual({ seq: LAST_SIGNED + 4, kind: 'CUT' });
  });

  test('no field can pass for two: the separator is in none', () => {
    const torn = safeEntry({ ...entry(1), who: 'a\u001fb', item: 'c\u001fd' });
    expect(auditLine(1, torn).split('\u001f')).toHaveLength(17);
  });
});
