import type pg from 'pg';
import { ADAPTERS } from '../../adapters/index.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { IsoInstant } from '../../src/core/time/date.ts';
import { noonOf, osloDate } from '../../src/core/time/oslo.ts';
import { conclude, decide } from '../../src/core/youth/decide.ts';
import { fold } from '../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { packEvents } from '../../src/store/form/storedEvents.ts';
import { packYouth } from '../../src/store/form/storedYouth.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createVault } from '../../src/store/vault.ts';
import { historyOf } from './consoleLoad.ts';
import { COUNTY, type LoadRecord, ORG } from './load.ts';

/** Youths written at a time. */
const PORTION = 2_000;

interface Step {
  at: IsoInstant;
  events: YouthEvent[];
}

/**
 * Fills a new database with a county whose youths each have had a history of their own (`historyOf`), each record decided on
 * its day and time passed in between, without letting them through Kafka. @returns how many records
 */
export async function seedHistories(pool: pg.Pool, numbers: readonly string[]): Promise<number> {
  const store = createPostgresStore(pool);
  await store.migrate();
  const lane = await store.claim({ org: ORG, topic: `${ORG}.ot.event.ot-adviser`, partition: 0 });
  const vault = createVault(Buffer.alloc(32, 42));
  const sealed = vault.seal(Buffer.from('0'.repeat(11)));
  const now = new Date().toISOString();
  let offset = 0;
  for (let from = 0; from < numbers.length; from += PORTION) {
    const page = numbers.slice(from, from + PORTION);
    const refs = await store.resolve(
      page.map((number) => ({ hmac: vault.hmac(new Fodselsnummer(number)), sealedNumber: () => sealed })),
    );
    const events: unknown[][] = [[], [], [], [], [], [], []];
    const youths: unknown[][] = [[], [], [], [], []];
    for (const [at, ref] of refs.entries()) {
      const number = page[at] ?? '';
      const { youth, steps } = decidedHistory(from + at, [...historyOf(from + at, number)], now);
      for (const [index, step] of steps.entries()) {
        const previous = index === 0 ? null : offset - 1;
        const alert = step.events.some(({ type }) => type === 'AlertRaised');
        const row = [offset, ref, index + 1, previous, step.at, alert, packEvents(step.events)];
        for (const [column, value] of row.entries()) events[column]?.push(value);
        offset += 1;
      }
      const row = [ref, steps.length, packYouth(youth), youth.due, offset - 1];
      for (const [column, value] of row.entries()) youths[column]?.push(value);
    }
    await pool.query(
      `insert into event (lane_id, record_offset, ref, version, previous_lane, previous_offset, recorded, has_alert, body)
       select $1::int, o, r, v, case when p is not null then $1::int end, p, t, a, b
       from unnest($2::bigint[], $3::uuid[], $4::int[], $5::bigint[], $6::timestamptz[], $7::bool[], $8::text[])
         e(o, r, v, p, t, a, b)`,
      [lane.id, ...events],
    );
    await pool.query(
      `insert into youth (org_id, ref, version, state, due, look_at, lane_id, record_offset)
       select l.org_id, r, v, s, d, d, l.id, o
       from unnest($2::uuid[], $3::int[], $4::text[], $5::timestamptz[], $6::bigint[]) y(r, v, s, d, o), lane l
       where l.id = $1`,
      [lane.id, ...youths],
    );
  }
  await pool.query('update lane set next_offset = $2, published_upto = $2 where id = $1', [lane.id, offset]);
  await pool.query('vacuum analyze');
  return offset;
}

function decidedHistory(
  youthNumber: number,
  records: readonly LoadRecord[],
  now: IsoInstant,
): { youth: Youth; steps: Step[] } {
  const policy = defaultPolicy(COUNTY);
  const steps: Step[] = [];
  let youth: Youth = UNKNOWN_YOUTH;
  const enter = (at: IsoInstant, events: YouthEvent[]) => {
    if (events.length === 0) return;
    youth = fold(youth, events);
    steps.push({ at, events });
  };
  const pass = (until: IsoInstant) => {
    while (youth.due !== null && youth.due <= until) {
      const at = youth.due;
      enter(
        at,
        conclude([{ type: 'TimePassed', at }], 'Due', youth, { now: at, today: osloDate(at), policy }),
      );
    }
  };
  for (const record of records) {
    const value: Record<string, unknown> = JSON.parse(record.value.toString());
    const received = noonOf(String(value.dato ?? value.avbruddsdato));
    pass(received);
    const adapter = ADAPTERS.find(({ feed }) => record.topic.endsWith(feed));
    const verdict = adapter?.read(
      { value, received, envelope: null },
      {
        ...{ county: COUNTY, environment: 'test', activations: {}, pseudonym: () => 'x' },
        ...{ nameTag: () => `n${youthNumber}`, askedRef: () => undefined },
      },
    );
    if (verdict?.kind !== 'event') throw new Error('the load holds a record that is not an event');
    enter(received, decide(verdict.event, youth, { now: received, today: osloDate(received), policy }));
  }
  pass(now);
  return { youth, steps };
}
