import { describe, expect, test } from 'vitest';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { emptyState, type MemoryState } from '../../src/store/memory/state.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { agreementOf } from '../harness/agreement.ts';
import { canariesIn } from '../harness/canary.ts';
import { dropout } from '../harness/feedRecords.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { bothSides, consent } from '../harness/navMonth.ts';
import { AGREED, followUp, jobSeeker, participation, programme, uuid } from '../harness/navRegisters.ts';
import { type Person, person } from '../harness/persons.ts';

const consenting: Person = person('P02');
const silent: Person = person('P10');
const hidden: Person = person('P08');
/** Has consented, to less than measures. */
const narrow: Person = person('P20');
const stranger: Person = person('P16');
const KNOWN = '2026-10-07T08:00:00.000Z';
const SAID = '2026-11-03T08:00:00.000Z';

interface Bridge extends TestPipeline {
  state: MemoryState;
  register(feed: Feed, record: object, at?: string): Promise<void>;
  /** NAV deletes what has the key. */
  tombstone(key: string, at: string): Promise<void>;
}

/** Four youths in OT: one has consented, one has not, one has to less than measures, and one lives at a graded address. */
async function bridge(to = '2028-12-31'): Promise<Bridge> {
  const state = emptyState();
  const agreements = to === '' ? [] : [agreementOf(orgId('telemarkfylke-no'), { to })];
  const pipeline = await createTestPipeline({ store: createMemoryStore(state), agreements });
  for (const [at, who] of [consenting, silent, hidden, narrow].entries())
    await pipeline.send('school-dropout', [dropout(who, '2026-10-01', { id: `slutt-${at}` })], { at: KNOWN });
  for (const who of [consenting, hidden])
    await pipeline.send('consent', bothSides(who, AGREED, { omfang: ['TILTAK'] }), { at: KNOWN });
  await pipeline.send('consent', bothSides(narrow, AGREED), { at: KNOWN });
  const grade = { id: 'fr-1', type: 'adressebeskyttelse', ...hidden, dato: '2026-10-01', gradering: '6' };
  await pipeline.send('folkeregister', [grade], { at: KNOWN });
  await pipeline.settle();
  return {
    ...pipeline,
    state,
    async register(feed, record, at = SAID) {
      await pipeline.send(feed, [record], { at, key: 'one' });
      await pipeline.settle();
    },
    async tombstone(key, at) {
      const timestamp = Date.parse(at);
      const record = { key, value: null, headers: {}, timestamp };
      await pipeline.replay([{ topic: feedTopic(pipeline.org, 'nav-deltaker'), ...record }]);
      await pipeline.settle();
    },
  };
}

const at = async ({ youth }: Bridge, { fodselsnummer }: Person) =>
  (await youth(fodselsnummer))?.youth.facts.filter(({ kind }) => kind === 'NavRegister') ?? [];

/** All that is stored and written, but for what the sender put on the feed's topic itself. */
function everything({ state, written }: Bridge): string {
  const plain = (_key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    if (value instanceof Map) return [...value];
    if (value instanceof Set) return [...value];
    return value;
  };
  const records = written().map(({ key, value, headers }) => [key, value?.toString('latin1'), headers]);
  return JSON.stringify([state, records], plain);
}

describe('what NAV’s registers say', () => {
  test('is kept of a youth who has consented, from each of them', async () => {
    const ours = await bridge();
    await ours.register('nav-deltaker', participation(consenting));
    await ours.register('nav-oppfolging', followUp(consenting));
    await ours.register('nav-arbeidssoker', jobSeeker(consenting));
    await ours.register('nav-ungdomsprogram', programme(consenting));
    expect((await at(ours, consenting)).map((fact) => 'about' in fact && fact.about).toSorted()).toEqual([
      'ARBEIDSSOKER',
      'OPPFOLGING',
      'TILTAK',
      'UNGDOMSPROGRAM',
    ]);
    const proposals = ours.out('alert').filter(({ kind }) => kind === 'STATUS_FORSLAG');
    expect(proposals).toMatchObject([
      { state: 'REIST', proposed: ['OTAP'], rule: 'Q27', feed: 'nav-deltaker' },
    ]);
    expect(ours.out('status').every(({ code }) => code === 'OTUK')).toBe(true);
  });

  test.each([
    ['who has not consented', silent],
    ['at a graded address', hidden],
    ['whom the county does not know', stranger],
  ])('of one %s nothing is stored, written or logged beyond that a record came', async (_who, who) => {
    const ours = await bridge();
    const before = everything({ ...ours, state: { ...ours.state, lanes: new Map() } });
    await ours.register('nav-deltaker', participation(who, { tiltakskode: 'ET_HELT_NYTT_TILTAK' }));
    await ours.register('nav-oppfolging', followUp(who));
    await ours.register('nav-arbeidssoker', jobSeeker(who));
    await ours.register('nav-ungdomsprogram', programme(who));
    await ours.tombstone(uuid(who, 1), SAID);
    const canaries = [who.fodselsnummer, uuid(who, 1), uuid(who, 2), uuid(who, 3), uuid(who, 4), 'DELTAR'];
    const after = everything(ours);
    expect(canariesIn(after, canaries)).toEqual([]);
    expect(after).not.toMatch(/ET_HELT_NYTT_TILTAK|"1201"/);
    expect(ours.state.refs.size).toBe(4);
    const rejected = [...ours.state.lanes.values()].reduce((sum, { counts }) => sum + counts.rejected, 0);
    expect(rejected).toBe(5);
    // The lanes have moved, and that is all.
    ours.state.lanes.clear();
    expect(everything(ours) === before).toBe(true);
  });

  test('of one whose consents do not name measures, measures and the youth programme leave no trace; the rest is kept', async () => {
    const ours = await bridge();
    const before = everything({ ...ours, state: { ...ours.state, lanes: new Map() } });
    await ours.register('nav-deltaker', participation(narrow, { tiltakskode: 'ET_HELT_NYTT_TILTAK' }));
    await ours.register('nav-ungdomsprogram', programme(narrow));
    await ours.tombstone(uuid(narrow, 1), SAID);
    const canaries = [
      narrow.fodselsnummer,
      uuid(narrow, 1),
      uuid(narrow, 4),
      'DELTAR',
      'ET_HELT_NYTT_TILTAK',
    ];
    expect(canariesIn(everything(ours), canaries)).toEqual([]);
    const lanes = new Map(ours.state.lanes);
    ours.state.lanes.clear();
    expect(everything(ours) === before).toBe(true);
    for (const [key, lane] of lanes) ours.state.lanes.set(key, lane);
    await ours.register('nav-oppfolging', followUp(narrow));
    await ours.register('nav-arbeidssoker', jobSeeker(narrow));
    expect((await at(ours, narrow)).map((fact) => 'about' in fact && fact.about).toSorted()).toEqual([
      'ARBEIDSSOKER',
      'OPPFOLGING',
    ]);
  });

  test('a later consent that names less erases the measures, takes back the proposal, and leaves the rest', async () => {
    const ours = await bridge();
    for (const [feed, record] of [
      ['nav-deltaker', participation(consenting)],
      ['nav-ungdomsprogram', programme(consenting)],
      ['nav-oppfolging', followUp(consenting)],
    ] as const)
      await ours.register(feed, record);
    const less = consent(consenting, 'B', 'SAMTYKKET', '2026-11-04T08:00:00.000Z');
    await ours.send('consent', [less], { at: '2026-11-04T08:00:00.000Z' });
    await ours.settle();
    expect(await at(ours, consenting)).toMatchObject([
      { about: 'TILTAK', state: null, measure: null, office: null },
      { about: 'OPPFOLGING', state: 'AKTIV', office: '1201' },
      { about: 'UNGDOMSPROGRAM', state: null },
    ]);
    expect(ours.out('alert').filter(({ kind }) => kind === 'STATUS_FORSLAG')).toMatchObject([
      { state: 'REIST' },
      { state: 'TRUKKET', rule: 'R48' },
    ]);
  });

  test('is kept of no one without an agreement that is in force', async () => {
    for (const to of ['', '2026-11-02']) {
      const ours = await bridge(to);
      await ours.register('nav-deltaker', participation(consenting));
      expect(await at(ours, consenting)).toEqual([]);
    }
  });

  test('that cannot be read is in quarantine without its content, whoever sent it', async () => {
    const ours = await bridge();
    await ours.register('nav-deltaker', participation(consenting, { endretTidspunkt: 'i går' }));
    await ours.send('nav-oppfolging', [Buffer.from(`{"ident":"${silent.fodselsnummer}" "x`)], { at: SAID });
    await ours.settle();
    const items = await ours.store.quarantine(ours.org, { status: 'open', limit: 10, after: null });
    expect(items.map(({ problems: [first] }) => first?.code).toSorted()).toEqual([
      'INVALID_VALUE',
      'NOT_JSON',
    ]);
    expect(canariesIn(everything(ours), [silent.fodselsnummer, uuid(consenting, 1)])).toEqual([]);
    const sealed = [...ours.state.quarantine.values()].map(({ sealed: bytes }) => bytes.length);
    // No longer than what says that it is not kept.
    expect(Math.max(...sealed)).toBeLessThan(150);
  });

  test('a tombstone retracts by its key, and an older record does not bring it back', async () => {
    const ours = await bridge();
    await ours.register('nav-deltaker', participation(consenting));
    expect(await at(ours, consenting)).toMatchObject([{ state: 'DELTAR', measure: 'ARBEIDSTRENING' }]);
    await ours.tombstone(uuid(consenting, 1).toUpperCase(), '2026-11-10T08:00:00.000Z');
    expect(await at(ours, consenting)).toMatchObject([{ state: 'SLETTET', measure: null, office: null }]);
    expect(ours.out('alert').filter(({ kind }) => kind === 'STATUS_FORSLAG')).toMatchObject([
      { state: 'REIST' },
      { state: 'TRUKKET' },
    ]);
    await ours.register('nav-deltaker', participation(consenting), '2026-11-11T08:00:00.000Z');
    expect(await at(ours, consenting)).toMatchObject([{ state: 'SLETTET' }]);
  });

  test('a tombstone of another feed’s record, and one of a number that was merged, find whom they are about', async () => {
    const ours = await bridge();
    await ours.register('nav-deltaker', participation(consenting));
    const now = person('P10');
    const changed = {
      ...{ id: 'fr-2', type: 'nummerendring', fodselsnummer: now.fodselsnummer },
      ...{ tidligereNummer: consenting.fodselsnummer, dato: '2026-11-05' },
    };
    await ours.send('folkeregister', [changed], { at: '2026-11-05T08:00:00.000Z' });
    await ours.settle();
    await ours.tombstone(uuid(consenting, 1), '2026-11-10T08:00:00.000Z');
    expect(await at(ours, consenting)).toMatchObject([{ state: 'SLETTET' }]);
  });

  test('a record without a value means nothing on the other feeds', async () => {
    const ours = await bridge();
    const topic = feedTopic(ours.org, 'nav-oppfolging');
    await ours.replay([{ topic, key: 'x', value: null, headers: {}, timestamp: Date.parse(SAID) }]);
    await ours.settle();
    const items = await ours.store.quarantine(ours.org, { status: 'open', limit: 10, after: null });
    expect(items.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['NOT_AN_OBJECT']]);
  });

  test('a withdrawal erases it and withdraws what came of it, and the order of arrival does not matter', async () => {
    const ours = await bridge();
    const withdrawn = consent(consenting, 'B', 'TRUKKET', '2026-11-04T08:00:00.000Z');
    await ours.send('consent', [withdrawn], { at: '2026-11-04T08:00:00.000Z' });
    await ours.settle();
    // Came into Kafka the day before, and is read after the withdrawal.
    const topic = feedTopic(ours.org, 'nav-deltaker');
    const value = Buffer.from(JSON.stringify(participation(consenting)));
    await ours.replay([{ topic, key: 'late', value, headers: {}, timestamp: Date.parse(SAID) }]);
    await ours.settle();
    expect(await at(ours, consenting)).toMatchObject([{ state: null, measure: null, office: null }]);
    expect(everything(ours)).not.toMatch(/DELTAR|ARBEIDSTRENING|"1201"/);
    expect(ours.out('alert').filter(({ kind }) => kind === 'STATUS_FORSLAG')).toEqual([]);
  });
});
