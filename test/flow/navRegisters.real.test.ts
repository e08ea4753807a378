import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REGISTER_FEEDS } from '../../src/core/consent/disclosesNav.ts';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { canariesIn } from '../harness/canary.ts';
import { dropout } from '../harness/feedRecords.ts';
import { bothSides, consent } from '../harness/navMonth.ts';
import {
  AGREED,
  DROPPED,
  followUp,
  jobSeeker,
  participation,
  programme,
  uuid,
} from '../harness/navRegisters.ts';
import { type Person, person } from '../harness/persons.ts';
import type { RealPipeline } from '../harness/realPipeline.ts';
import { startTracedPipeline } from '../harness/tracedPipeline.ts';
import { until } from '../harness/until.ts';

const consenting: Person = person('P02');
const withdrawn: Person = person('P14');
/** In OT without consent; at a graded address, with both; unknown to the county; too young for NAV's programme. */
const silent: Person = person('P10');
const hidden: Person = person('P08');
const stranger: Person = person('P16');
const OTHERS = [silent, hidden, stranger];

/** Whatever one of the others' records says of them: their number and the ids of what NAV has on them. */
const CANARIES = OTHERS.flatMap((who) => [who.fodselsnummer, ...[1, 2, 3, 4].map((n) => uuid(who, n))]);

describe('what NAV’s registers say, on Kafka and PostgreSQL', () => {
  let traced: Awaited<ReturnType<typeof startTracedPipeline>>;
  let pipeline: RealPipeline;

  beforeAll(async () => {
    traced = await startTracedPipeline('2026-10-06T08:00:00.000Z');
    pipeline = traced.pipeline;
    await play();
    await until('the spans are sent', async () => Buffer.concat(traced.spans).includes('batch'));
  });
  afterAll(() => traced?.stop());

  async function play(): Promise<void> {
    const inOt = [consenting, withdrawn, silent, hidden];
    const left = inOt.map((who, at) => dropout(who, '2026-10-01', { id: `slutt-${at}` }));
    await pipeline.submit('school-dropout', left);
    const agreed = [consenting, withdrawn, hidden].flatMap((who) =>
      bothSides(who, AGREED, { omfang: ['TILTAK'] }),
    );
    await pipeline.submit('consent', agreed);
    const grade = { id: 'fr-1', type: 'adressebeskyttelse', ...hidden, dato: '2026-10-01', gradering: '6' };
    await pipeline.submit('folkeregister', [grade]);
    await pipeline.moveClock('2026-11-03T08:00:00.000Z');
    for (const who of [consenting, withdrawn, ...OTHERS]) {
      // As the county's consumer copies NAV's topics: each record under NAV's key, broken ones among them.
      await pipeline.send('nav-deltaker', [participation(who)], { key: uuid(who, 1) });
      await pipeline.send('nav-oppfolging', [followUp(who)], { key: uuid(who, 2) });
      await pipeline.send('nav-arbeidssoker', [jobSeeker(who)], { key: uuid(who, 3) });
      await pipeline.send('nav-ungdomsprogram', [programme(who)], { key: uuid(who, 4) });
      const broken = [
        participation(who, { endretTidspunkt: 'i går' }),
        `{"personIdent":"${who.fodselsnummer}" "`,
      ];
      await pipeline.send('nav-deltaker', broken, { key: uuid(who, 1) });
      await traced.keep(await pipeline.post('feeds/nav-deltaker/dry-run', [participation(who)]));
      await traced.keep(await pipeline.post('feeds/nav-oppfolging', [followUp(who)]));
    }
    await pipeline.settle();
    for (const who of OTHERS) await pipeline.send('nav-deltaker', [null], { key: uuid(who, 1) });
    await pipeline.moveClock('2026-11-10T08:00:00.000Z');
    const no = consent(withdrawn, 'A', 'TRUKKET', '2026-11-10T07:00:00.000Z');
    await pipeline.submit('consent', [no]);
    await traced.keep(await pipeline.get('quarantine?limit=100'));
  }

  const nav = async ({ fodselsnummer }: Person) => (await pipeline.youth(fodselsnummer)).nav;

  test('is on the card of the one who has consented, with a proposal, and of no one else', async () => {
    expect((await nav(consenting)).map(({ register }: { register: string }) => register).sort()).toEqual([
      'ARBEIDSSOKER',
      'OPPFOLGING',
      'TILTAK',
      'UNGDOMSPROGRAM',
    ]);
    expect(await pipeline.openAlerts(consenting.fodselsnummer)).toContain('STATUS_FORSLAG');
    expect(await pipeline.registrations(consenting.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
    for (const who of [silent, hidden, withdrawn]) expect(await nav(who)).toEqual([]);
    for (const who of [silent, hidden, withdrawn])
      expect(await pipeline.openAlerts(who.fodselsnummer)).not.toContain('STATUS_FORSLAG');
    const search = await pipeline.post('youths/search', { fodselsnummer: stranger.fodselsnummer });
    expect(search.status).toBe(404);
  });

  test('of the others nothing is in any table, in plain text', async () => {
    const tables = await pipeline.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    let rows = 0;
    for (const { name } of tables) {
      const found = await pipeline.query<{ row: string }>(`select t::text as row from "${name}" t`);
      rows += found.length;
      const text = found.map(({ row }) => row).join('\n');
      expect(canariesIn(text, CANARIES), name).toEqual([]);
      expect(canariesIn(text, DROPPED), name).toEqual([]);
    }
    // The search has looked at something: youths, events, and the broken records that are counted.
    expect(tables.length).toBeGreaterThan(20);
    expect(rows).toBeGreaterThan(100);
    const [state] = await pipeline.query<{ kept: number; numbers: number; keys: number }>(
      `select (select count(*)::int from youth where concat(state, tail) like '%ARBEIDSTRENING%') as kept,
         (select count(*)::int from identity) as numbers, (select count(*)::int from source_key) as keys`,
    );
    // Four are in OT: the stranger's number is not in the vault. A withdrawal leaves the id alone.
    expect(state).toEqual({ kept: 1, numbers: 4, keys: 2 });
  });

  test('nor in sealed form: no record that could not be read is kept with its content', async () => {
    const [sealed] = await pipeline.query<{ items: number; longest: number }>(
      `select count(*)::int as items, max(length(sealed))::int as longest from quarantine q
       join lane l on l.id = q.lane_id where l.topic like '%.nav-%'`,
    );
    expect(sealed?.items).toBe(10);
    expect(sealed?.longest).toBeLessThan(200);
    const [parked] = await pipeline.query<{ rows: number }>('select count(*)::int as rows from parked');
    expect(parked?.rows).toBe(0);
  });

  test('nor in any topic but the sender’s own, nor in a key or header, nor in a log, metric, span or answer', async () => {
    const own = new Set(REGISTER_FEEDS.map((feed) => feedTopic(pipeline.org, feed)));
    const sent = new Set(
      ['school-dropout', 'consent', 'folkeregister'].map((feed) => `${pipeline.org}.ot.event.${feed}`),
    );
    const records = await pipeline.everything();
    const written = records.filter(({ topic }) => !own.has(topic) && !sent.has(topic));
    expect(written.length).toBeGreaterThan(20);
    const shown = written.map(({ key, headers, value }) =>
      JSON.stringify([key, headers, value?.toString('latin1')]),
    );
    expect(canariesIn(shown.join('\n'), [...CANARIES, ...DROPPED])).toEqual([]);
    const metrics = await (await pipeline.get('/internal/metrics')).text();
    const spans = Buffer.concat(traced.spans).toString('latin1');
    for (const text of [pipeline.logLines.join('\n'), metrics, spans, traced.answers.join('\n')]) {
      expect(text.length).toBeGreaterThan(500);
      expect(canariesIn(text, [...CANARIES, ...DROPPED])).toEqual([]);
    }
  });

  test('the search finds what is planted', () => {
    expect(canariesIn(`x ${uuid(silent, 1)} ${DROPPED[0]}`, [...CANARIES, ...DROPPED])).toEqual([
      uuid(silent, 1),
      DROPPED[0],
    ]);
  });

  test('the topics read again give the same: what consents there are is read before what NAV says', async () => {
    const before = [await nav(consenting), await nav(withdrawn)];
    await pipeline.readAgain();
    expect([await nav(consenting), await nav(withdrawn)]).toEqual(before);
    expect(await pipeline.openAlerts(consenting.fodselsnummer)).toContain('STATUS_FORSLAG');
  });

  test('a record without a value takes back what NAV has deleted', async () => {
    await pipeline.send('nav-deltaker', [null], { key: uuid(consenting, 1) });
    const registers = (await nav(consenting)).map(({ register }: { register: string }) => register);
    expect(registers).not.toContain('TILTAK');
    await pipeline.send('nav-ungdomsprogram', [
      programme(consenting, { slettet: true, endretTidspunkt: '2026-11-10T10:00:00' }),
    ]);
    expect(await pipeline.openAlerts(consenting.fodselsnummer)).not.toContain('STATUS_FORSLAG');
    const out = (await pipeline.out('alert', consenting.fodselsnummer)).map(({ decoded }) => decoded);
    expect(out.filter(({ kind }) => kind === 'STATUS_FORSLAG').at(-1)).toMatchObject({ state: 'TRUKKET' });
  });
});
