import { describe, expect, test } from 'vitest';
import { STANDING_KINDS } from '../../src/text/standing.ts';
import {
  ago,
  countyWithoutFaults,
  FAULTS,
  HOUR,
  load,
  MINUTE,
  withAgreement,
  withList,
  withReceiver,
} from '../harness/standingFaults.ts';
import { batch, CONCLUDED, listRow, newRef } from '../store/commits.ts';
import { appOf, bodyOf, ORG, PERSON, SAMPLE, type TestParts, testParts } from './parts.ts';
import { seedYouth } from './seed.ts';

const AT = `/organisations/${ORG}/flow`;

interface Flow {
  feeds: { feed: string; last: string | null; waiting: number | null }[];
  lists: { list: string; rows: number }[];
  standing: Record<string, unknown>[];
}

async function flowOf(parts: TestParts, path = AT): Promise<Flow> {
  const response = await appOf(parts).get(path);
  expect(response.status).toBe(200);
  return (await bodyOf(response)) as unknown as Flow;
}

describe('what stands still', () => {
  test('is empty in a county without faults', async () => {
    const county = countyWithoutFaults();
    county.look.loads = [load({ lag: 2, stillMs: 200, unpublished: 1, unsentMs: 90 })];
    await withList(county, { verdict: 'concluded' });
    await withAgreement(county);
    const { standing, feeds, lists } = await flowOf(county.parts);
    expect(standing).toEqual([]);
    expect(feeds.find(({ feed }) => feed === 'school-dropout')).toEqual({
      ...{ feed: 'school-dropout', last: null, waiting: 2 },
    });
    expect(lists).toEqual([{ list: 'laktiv', school: null, completed: expect.any(String), rows: 1 }]);
  });

  test.each(STANDING_KINDS)('%s is named alone, with its cause and what to do', async (kind) => {
    const { plant, says, cure } = FAULTS[kind];
    const county = countyWithoutFaults();
    await plant(county);
    const { parts } = county;
    const { standing } = await flowOf(parts);
    const others = standing.filter((each) => each.kind !== kind);
    // A list that is not used is not there as a whole one either.
    expect(others.map((each) => each.kind)).toEqual(kind === 'LIST_INCOMPLETE' ? ['LIST_MISSING'] : []);
    const found = standing.find((each) => each.kind === kind);
    expect(found).toMatchObject(says);
    expect(found?.cure).toMatch(cure);
    expect(JSON.stringify(standing)).not.toMatch(/\d{11}|[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect((await flowOf(parts, `/organisations/${SAMPLE}/flow`)).standing).toEqual([]);
  });

  test('what has stood longest comes first, and an agreement that will end comes last', async () => {
    const county = countyWithoutFaults();
    await withReceiver(county, { failingSince: ago(HOUR) }, { waiting: 1, oldestWaiting: ago(HOUR) });
    await withAgreement(county, { to: '2026-10-17' });
    await withList(county, { verdict: 'concluded', opened: ago(40 * HOUR) });
    const { standing } = await flowOf(county.parts);
    expect(standing.map(({ kind }) => kind)).toEqual(['LIST_MISSING', 'RECEIVER_FAILING', 'AGREEMENT_ENDS']);
  });

  test('of a list that a newer one replaced nothing is asked any more', async () => {
    const county = countyWithoutFaults();
    await withList(county, { verdict: 'refused' });
    const { parts } = county;
    const lane = await parts.memory.claim({
      org: ORG,
      topic: `${ORG}.ot.event.apprenticeship`,
      partition: 0,
    });
    const envelope = { list: 'laktiv' as const, run: 'natt-2', type: 'FULL' as const, total: 1 };
    const row = { ...listRow(envelope, 'row-1', newRef()), offset: lane.nextOffset, received: ago(MINUTE) };
    await parts.memory.commit(batch(lane, lane.nextOffset + 1n, { listRows: [row] }));
    await parts.memory.concludeList(ORG, 'laktiv', 'natt-2', { ...CONCLUDED, refs: [] });
    expect((await flowOf(parts)).standing).toEqual([]);
  });

  test('of NAV an older month still waits, until a later delivery of the same month is used', async () => {
    const { parts } = countyWithoutFaults();
    const lane = await parts.memory.claim({ org: ORG, topic: `${ORG}.ot.event.nav-match`, partition: 0 });
    let offset = lane.nextOffset;
    const deliver = async (run: string, opened: string, verdict: 'refused' | 'concluded') => {
      const envelope = { list: 'nav' as const, run, type: 'FULL' as const, total: 1 };
      const row = { ...listRow(envelope, run, newRef()), offset, received: opened };
      await parts.memory.commit(batch({ ...lane, nextOffset: offset }, offset + 1n, { listRows: [row] }));
      offset += 1n;
      const judged = verdict === 'refused' ? { verdict, reason: 'NAV_STRANGER', affected: 1 } : {};
      await parts.memory.concludeList(ORG, 'nav', run, { ...CONCLUDED, ...judged, refs: [] });
    };
    const held = async () => (await flowOf(parts)).standing.map(({ kind, name }) => `${kind} ${name}`);
    await deliver('B-2026-08', ago(3 * HOUR), 'refused');
    await deliver('B-2026-09', ago(2 * HOUR), 'concluded');
    expect(await held()).toEqual(['LIST_HELD B-2026-08']);
    await deliver('B-2026-08b', ago(HOUR), 'concluded');
    expect(await held()).toEqual([]);
  });
});

test('each feed says when its last record with an effect came', async () => {
  const parts = testParts();
  await seedYouth(parts, PERSON);
  const { feeds } = await flowOf(parts);
  expect(feeds.filter(({ last }) => last !== null)).toEqual([
    { feed: 'school-dropout', last: '2026-10-07T07:12:00.000Z', waiting: null },
  ]);
});
