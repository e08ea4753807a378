import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { orgId } from '../../src/core/organisation.ts';
import { createPostgresAudit } from '../../src/store/postgres/audit.ts';
import { inSnapshot, storedChains, verifyStored } from '../../src/store/postgres/auditChain.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { startRealParts } from '../harness/realParts.ts';

// What the audit trail costs: one append, 200 requests a second of one organisation, verifying 10⁶ rows, finding the
// rows of one youth among them. `node test/bench/audit.ts`, with PostgreSQL's durability on.

const ORG = orgId('telemarkfylke-no');
const ROWS = 1_000_000;
const YOUTHS = 25_000;
const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const entry = (subjects: readonly string[]) => ({
  at: new Date().toISOString(),
  kind: 'person' as const,
  who: 'a1b2c3d4',
  key: 'a1b2c3d4e5f60718a1b2c3d4e5f60718a1b2c3d4e5f60718a1b2c3d4e5f60718',
  capacity: 'radgiver',
  supplier: null,
  client: null,
  token: null,
  access: 'youth:read' as const,
  operation: 'GET /organisations/{org}/youths/{ref}',
  purpose: null,
  item: null,
  outcome: 'OK',
  times: 1,
  subjects,
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
});

const parts = await startRealParts({ kafka: false });
const open = (size: number) =>
  createPool({ databaseUrl: parts.databaseUrl, size, onIdleError: () => undefined });
const [pool, writing] = [open(2), open(2)];
try {
  await migrate(pool);
  const ids = organisationIds(pool);
  const audit = createPostgresAudit(createReaders(writing), ids);
  const operations = createPostgresOperations(pool, ids);
  const append = async (subjects: readonly string[]) => {
    const began = performance.now();
    await audit.append([{ chain: ORG, entry: entry(subjects) }]);
    return performance.now() - began;
  };
  const alone: number[] = [];
  for (let n = 0; n < 300; n += 1) alone.push(await append([uuid(n)]));
  report('one append after the other', alone);

  const list = Array.from({ length: 500 }, (_, n) => uuid(n));
  const lists: number[] = [];
  for (let n = 0; n < 100; n += 1) lists.push(await append(list));
  report('… with 500 references', lists);
  const county = Array.from({ length: YOUTHS }, (_, n) => uuid(n));
  report(`… with ${YOUTHS} references`, [await append(county), await append(county), await append(county)]);

  const pending: Promise<number>[] = [];
  const began = performance.now();
  for (let n = 0; n < 2_000; n += 1) {
    pending.push(append([uuid(n % YOUTHS)]));
    const ahead = (n + 1) * 5 - (performance.now() - began);
    if (ahead > 1) await sleep(ahead);
  }
  report('200 requests/s of one organisation, 10 s', await Promise.all(pending));

  const burst = performance.now();
  await Promise.all(Array.from({ length: 5_000 }, (_, n) => append([uuid(n)])));
  console.log(
    `5,000 at the same time: ${Math.round(5_000 / ((performance.now() - burst) / 1_000))} entries/s`,
  );

  const { rows: counted } = await pool.query('select seq from audit_head');
  for (let at = Number(counted[0].seq); at < ROWS; at += 10_000) {
    const entries = Array.from({ length: Math.min(10_000, ROWS - at) }, (_, n) => ({
      org_id: 1,
      who_key: 'a1b2c3d4e5f60718a1b2c3d4e5f60718a1b2c3d4e5f60718a1b2c3d4e5f60718',
      ...entry([uuid((at + n) % YOUTHS), uuid((7 * n) % YOUTHS)]),
    }));
    await pool.query('select audit_append($1)', [JSON.stringify(entries)]);
  }
  for (let run = 0; run < 3; run += 1) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const verdict = await inSnapshot(pool, async (client) => {
      const [chain] = await storedChains(client);
      return chain && verifyStored(client, chain, null, []);
    });
    const seconds = ((performance.now() - start) / 1_000).toFixed(2);
    const { user, system } = process.cpuUsage(cpu);
    const own = ((user + system) / 1e6).toFixed(2);
    const found = verdict?.broken === null ? 'whole' : 'BROKEN';
    console.log(`verified ${verdict?.rows} rows in ${seconds} s (${own} s of CPU in the program): ${found}`);
  }
  await pool.query('analyze audit');
  const seen: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const start = performance.now();
    await operations.seenBy(ORG, uuid(n * 100) as never, { access: null, before: null, limit: 100 });
    seen.push(performance.now() - start);
  }
  report('who has seen one of 25,000 youths, of 10⁶ rows', seen);
  const { rows } = await pool.query(
    `select pg_total_relation_size('audit') / 1e6 as all, pg_relation_size('audit_subjects') / 1e6 as index`,
  );
  console.log(`${Math.round(rows[0].all)} MB, of it ${Math.round(rows[0].index)} MB index of references`);
} finally {
  await Promise.all([pool.end(), writing.end()]);
  await parts.stop();
}

function report(what: string, ms: readonly number[]): void {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
  console.log(`${what}: median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}
