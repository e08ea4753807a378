import { ADAPTERS } from '../../adapters/index.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { decide } from '../../src/core/youth/decide.ts';
import { fold } from '../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import { uuidArray } from '../../src/store/binaryArray.ts';
import { packYouth } from '../../src/store/form/storedYouth.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createVault } from '../../src/store/vault.ts';
import { COUNTY, dropout, followUp, ORG, PER_YOUTH } from './load.ts';

const PAGE = 5_000;

/** Fills a new database with youths who have had their eight records, without letting them through Kafka. */
export async function seedYouths(
  databaseUrl: string,
  numbers: readonly string[],
  laneTopic: string,
): Promise<void> {
  const pool = createPool({ databaseUrl, size: 4, onIdleError: () => undefined });
  const store = createPostgresStore(pool);
  await store.migrate();
  const lane = await store.claim({ org: ORG, topic: laneTopic, partition: 0 });
  const vault = createVault(Buffer.alloc(32, 42));
  const youth = typicalYouth(numbers[0] ?? '');
  const state = packYouth(youth);
  for (let at = 0; at < numbers.length; at += PAGE) {
    const page = numbers.slice(at, at + PAGE);
    const sealed = vault.seal(Buffer.from('0'.repeat(11)));
    const refs = await store.resolve(
      page.map((number) => ({ hmac: vault.hmac(new Fodselsnummer(number)), sealedNumber: () => sealed })),
    );
    await pool.query(
      `insert into youth (org_id, ref, version, state, due, look_at, lane_id, record_offset)
       select l.org_id, r, $3, $2::text, $5, $5, l.id, -1 from unnest($1::uuid[]) r, lane l where l.id = $4`,
      [uuidArray(refs), state, PER_YOUTH, lane.id, youth.due],
    );
  }
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
  await store.close();
}

/** Received a moment ago, so that nothing is due before the run is over. */
function typicalYouth(number: string): Youth {
  const now = Date.now() - 60_000;
  const records = [dropout(0, number), ...[1, 2, 3, 4, 5, 6, 7].map((step) => followUp(0, number, step))];
  return records.reduce((youth, record, index) => {
    const adapter = ADAPTERS.find(({ feed }) => record.topic.endsWith(feed));
    const received = new Date(now + index).toISOString();
    const context = {
      county: COUNTY,
      environment: 'test' as const,
      activations: {},
      pseudonym: () => 'x',
      nameTag: () => 'n',
      askedRef: () => undefined,
    };
    const verdict = adapter?.read(
      { value: JSON.parse(record.value.toString()), received, envelope: null },
      context,
    );
    if (verdict?.kind !== 'event') throw new Error('the load holds a record that is not an event');
    const policy = defaultPolicy(COUNTY);
    return fold(youth, decide(verdict.event, youth, { now: received, today: received.slice(0, 10), policy }));
  }, UNKNOWN_YOUTH);
}
