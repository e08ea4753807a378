import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type CountyNumber, countyNumber, type OrgId, orgId } from '../../src/core/organisation.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { type PersonRef, personRef } from '../../src/core/person/reference.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import { fileRow, numbersOf } from '../../src/jobs/nav/listFile.ts';
import { createIdentities } from '../../src/local/sample/identity.ts';
import { seededRandom } from '../../src/local/sample/random.ts';
import { NAV_FILE } from '../../src/reports/navListFile.ts';
import { uuidArray } from '../../src/store/binaryArray.ts';
import { packYouth } from '../../src/store/form/storedYouth.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createVault } from '../../src/store/vault.ts';
import { agreementOf, NAV } from '../harness/agreement.ts';
import { consent, story } from '../harness/story.ts';

// The night in which all counties ask NAV: one list each, at the same time, on one real database.

export const COUNTIES = [
  '03',
  '11',
  '15',
  '18',
  '31',
  '32',
  '33',
  '34',
  '39',
  '40',
  '42',
  '46',
  '50',
  '55',
  '56',
];
export const LIST = 'B-2026-11';
export const NOW = '2026-11-12T08:00:00.000Z';
export const VAULT_KEY = Buffer.alloc(32, 7);
const EXTRACTED = '2026-11-02T08:00:00.000Z';
const PAGE = 5_000;
/** One in so many has taken the consent back. */
const WITHDRAWN = 6;
/** One in so many is known to the next county too, which has no consent from them. */
const IN_TWO = 20;

export interface Night {
  databaseUrl: string;
  /** Youths of each county. */
  youths: number;
  /** Processes that make lists. */
  processes: number;
  /** `shared`: each process tries every list, as after a change of owner; else each has its own. */
  shared: boolean;
  /** Kafka's, for the records that say who was asked about; none: they are counted and go nowhere. */
  brokers?: readonly string[];
}

/** What a process says when it is done. */
export const madeSchema = z.object({
  lists: z.array(z.object({ org: z.string(), ms: z.number(), made: z.boolean() })),
  sent: z.number(),
  /** Resident memory in MB: before the first list, and at its highest. */
  before: z.number(),
  highest: z.number(),
});

export interface NightResult {
  counties: { org: OrgId; expected: number; rows: number | null; sum: string; recounted: string }[];
  /** Rows of a list about a youth of no such organisation, or of one that has not consented there. */
  strangers: number;
  /** Match ids that are in two lists. */
  shared: number;
  disclosures: number;
  /** Youths in the lists of two counties, which is right when both have consent. */
  processes: z.infer<typeof madeSchema>[];
  ms: number;
}

interface County {
  org: OrgId;
  county: CountyNumber;
  permitted: PersonRef[];
}

export async function playNight(night: Night): Promise<NightResult> {
  const pool = createPool({ databaseUrl: night.databaseUrl, size: 8, onIdleError: () => undefined });
  const [ids, readers] = [organisationIds(pool), createReaders(pool)];
  const nav = createPostgresNav(ids, readers, readers);
  const store = createPostgresStore(pool, ids);
  await store.migrate();
  const vault = createVault(VAULT_KEY);
  const next = createIdentities(seededRandom(15), '2005-12-31', '2008-12-31');
  const counties: County[] = [];
  let before: PersonRef[] = [];
  for (const number of COUNTIES) {
    const county = countyNumber(number);
    const org = orgId(`natt-${number}`);
    const lane = await store.claim({ org, topic: `${org}.ot.event.bridge`, partition: 0 });
    const states = statesOf(county);
    const own: PersonRef[] = [];
    for (let at = 0; at < night.youths; at += PAGE) {
      const numbers = Array.from({ length: Math.min(PAGE, night.youths - at) }, () => next().fodselsnummer);
      const people = numbers.map((text) => {
        const fodselsnummer = new Fodselsnummer(text);
        return { hmac: vault.hmac(fodselsnummer), sealedNumber: () => vault.seal(Buffer.from(text)) };
      });
      own.push(...(await store.resolve(people)).map((ref) => personRef(ref)));
    }
    const permitted = own.filter((_, at) => at % WITHDRAWN !== 0);
    const withdrawn = own.filter((_, at) => at % WITHDRAWN === 0);
    // Known to this county as well, without a consent here: in the list of their own county alone.
    const elsewhere = before.filter((_, at) => at % IN_TWO === 0);
    for (const [refs, youth] of [
      [permitted, states.permitted],
      [withdrawn, states.withdrawn],
      [elsewhere, states.unasked],
    ] as const)
      await pool.query(
        `insert into youth (org_id, ref, version, state, due, look_at, lane_id, record_offset)
         select l.org_id, r, 1, $2::text, null, null, l.id, -1 from unnest($1::uuid[]) r, lane l where l.id = $3`,
        [uuidArray(refs), packYouth(youth), lane.id],
      );
    const agreement = agreementOf(org);
    await nav.registerAgreement(agreement);
    await nav.openBatch({
      ...{
        org,
        id: LIST,
        agreement: agreement.id,
        recipient: NAV,
        extracted: EXTRACTED,
        requestedBy: 'natt',
      },
    });
    counties.push({ org, county, permitted });
    before = permitted;
  }
  await pool.query('vacuum analyze');
  const began = performance.now();
  const processes = await Promise.all(
    Array.from({ length: night.processes }, (_, n) => {
      const orgs = counties.map(({ org, county }) => `${org}/${county}`);
      // Each begins with another county's, so that two are at the same list when they meet.
      const mine = night.shared
        ? [...orgs.slice(n), ...orgs.slice(0, n)]
        : orgs.filter((_, at) => at % night.processes === n);
      return runProcess(night, mine);
    }),
  );
  const ms = performance.now() - began;
  const operations = createPostgresOperations(pool, ids);
  const found: NightResult['counties'] = [];
  for (const { org, permitted } of counties) {
    const made = (await nav.navBatches(org))[0]?.finished ?? null;
    const sum = createHash('sha256');
    let known = 0;
    const mine = new Set(permitted);
    for (let after = ''; ; ) {
      const rows = await nav.batchRows(org, LIST, after, PAGE);
      const refs = rows.map(({ ref }) => ref);
      const numbers = await numbersOf({ operations, vault, environment: 'test' }, org, refs);
      for (const row of rows) {
        const number = numbers.get(row.ref);
        if (number !== undefined) sum.update(NAV_FILE.jsonl.line(fileRow(row, number)));
        if (mine.delete(row.ref)) known += 1;
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.matchId;
    }
    found.push({
      ...{ org, expected: permitted.length, rows: mine.size === 0 ? (made?.rows ?? null) : known },
      ...{ sum: made?.hash.toString('hex') ?? '', recounted: sum.digest('hex') },
    });
  }
  const { rows } = await pool.query<{ strangers: number; shared: number; disclosures: number }>(
    `select
       (select count(*)::int from nav_batch_row r
        where not exists (select from youth y where y.org_id = r.org_id and y.ref = r.ref)) as strangers,
       (select count(*)::int from (select from nav_batch_row group by match_id having count(*) > 1) m) as shared,
       (select count(*)::int from nav_disclosure) as disclosures`,
  );
  await store.close();
  return { counties: found, ...rows[0]!, processes, ms };
}

/** In the target group with consent A; with the consent taken back; and never asked. */
function statesOf(county: CountyNumber): { permitted: Youth; withdrawn: Youth; unasked: Youth } {
  const youth = story({ born: '2006-11-02', county });
  youth.when('2026-10-01T08:00:00Z', { kind: 'NotApplied', schoolYear: '2026-27' });
  const unasked = youth.youth();
  youth.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
  const permitted = youth.youth();
  youth.when('2026-10-20T08:00:00Z', consent('A', 'UNGDOM', 'TRUKKET', '2026-10-20T08:00:00.000Z'));
  return { permitted, withdrawn: youth.youth(), unasked };
}

const PROCESS = fileURLToPath(new URL('./navNightProcess.ts', import.meta.url));

function runProcess({ databaseUrl, brokers = [] }: Night, orgs: readonly string[]) {
  return new Promise<z.infer<typeof madeSchema>>((resolve, reject) => {
    const args = [PROCESS, databaseUrl, brokers.join(','), ...orgs];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.once('close', (code) => {
      if (code === 0) resolve(madeSchema.parse(JSON.parse(text)));
      else reject(new Error(`a process that makes lists ended with ${code}`));
    });
  });
}
