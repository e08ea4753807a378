import { createHash } from 'node:crypto';
import type { OrgId } from '../../../src/core/organisation.ts';
import type { PersonRef } from '../../../src/core/person/reference.ts';
import { buildModule } from '../buildModule.ts';
import { canonicalText } from './canonicalText.ts';

// Reads all youths of a database with the store of the build in BENCH_BUILD, and prints a line for each: the keyed hash of
// its number, and digests of version, due and each part of its state. A build may store a youth in any form.

type Pool = typeof import('../../../src/store/postgres/pool.ts');
type Stores = typeof import('../../../src/store/postgres/store.ts');
const PAGE = 1_000;

const { BENCH_BUILD = '', BENCH_DATABASE = '', BENCH_ORG = '' } = process.env;
const { createPool } = await buildModule<Pool>(BENCH_BUILD, 'src/store/postgres/pool.ts');
const { createPostgresStore } = await buildModule<Stores>(BENCH_BUILD, 'src/store/postgres/store.ts');
const pool = createPool({ databaseUrl: BENCH_DATABASE, size: 2, onIdleError: () => undefined });
const store = createPostgresStore(pool);
const { rows } = await pool.query<{ ref: PersonRef; name: string | null; due: string | null }>(
  `select y.ref, y.due::text as due,
     (select encode(i.hmac, 'hex') from identity i where i.ref = y.ref order by i.met limit 1) as name
   from youth y join organisation o on o.id = y.org_id where o.name = $1`,
  [BENCH_ORG],
);
for (let at = 0; at < rows.length; at += PAGE) {
  const page = rows.slice(at, at + PAGE);
  const youths = await store.load(
    BENCH_ORG as OrgId,
    page.map(({ ref }) => ref),
  );
  for (const { ref, name, due } of page) {
    const found = youths.get(ref);
    if (found === undefined) throw new Error('a youth of the table that the store does not find');
    const { youth, version } = found;
    const parts = Object.entries({ version, dueInTable: due, ...youth }).map(
      // An id may be made of the reference.
      ([part, value]) => `${part}=${digestOf(canonicalText(value).replaceAll(ref, 'ref'))}`,
    );
    process.stdout.write(`${name ?? 'merged'} ${parts.sort().join(' ')}\n`);
  }
}
await store.close();

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
