import { describe, expect, test } from 'vitest';
import type { Cost } from '../cost.ts';
import { BRIDGE, lostCases, type PeerRun } from './lostCases.ts';
import { CODES, faultsOf, rightAnswer, type SimpleRecord, simpleRecords } from './simpleJob.ts';
import { joined } from './simpleLoad.ts';

const PLAN = { seed: 7, records: 20_000, youths: 500, bytes: 220 };
const ALL = [...simpleRecords(PLAN)];

describe('the load of the simple job', () => {
  test('is the same each time, and shares nothing with one of another seed', () => {
    expect([...simpleRecords(PLAN)]).toEqual(ALL);
    const other = [...simpleRecords({ ...PLAN, seed: 8 })];
    const names = new Set(ALL.flatMap(({ id, youth }) => [id, youth]));
    expect(other.filter(({ id, youth }) => names.has(id) || names.has(youth))).toEqual([]);
  });

  test('has repeats, invalid records and late versions, of the size asked for', () => {
    const repeats = ALL.length - new Set(ALL.map(({ id }) => id)).size;
    expect(repeats / ALL.length).toBeCloseTo(0.02, 2);
    const invalid = ALL.filter(({ status }) => !CODES.includes(status)).length;
    expect(invalid).toBeGreaterThan(0);
    const { newest } = rightAnswer(ALL);
    const last = new Map(ALL.map(({ youth, version }) => [youth, version]));
    expect([...last].filter(([youth, version]) => newest.get(youth)?.version !== version)).not.toEqual([]);
    const bytes = ALL.reduce((sum, each) => sum + JSON.stringify(each).length, 0) / ALL.length;
    expect(bytes).toBeCloseTo(PLAN.bytes, 0);
  });
});

describe('the answer of the simple job', () => {
  const record = (changes: Partial<SimpleRecord>): SimpleRecord => ({
    ...{ id: 'a', source: 'ot:40201', youth: 'youth-1', status: 'R', occurredAt: 1, version: 1, remarks: {} },
    ...changes,
  });

  test('holds each valid id once, and the highest version of each youth', () => {
    const { events, newest } = rightAnswer([
      record({ id: 'a', status: 'R', version: 2 }),
      record({ id: 'b', status: 'F', version: 5 }),
      record({ id: 'c', status: 'A', version: 4 }),
      record({ id: 'b', status: 'F', version: 5 }),
      record({ id: 'd', status: 'X', version: 9 }),
    ]);
    expect([...events.keys()]).toEqual(['a', 'b', 'c']);
    expect([...newest]).toEqual([['youth-1', { status: 'FOLLOWED_UP', version: 5 }]]);
  });

  const right = rightAnswer(ALL);
  const [id = ''] = right.events.keys();
  const [youth = ''] = right.newest.keys();
  const without = <T>(map: ReadonlyMap<string, T>, name: string) =>
    new Map([...map].filter(([each]) => each !== name));

  test('is right when it is the same', () => {
    expect(faultsOf(right, joined([right]))).toEqual([]);
  });

  test.each([
    ['events missing: 1', { events: without(right.events, id) }],
    ['events too many: 1', { events: new Map([...right.events, ['x', 'y']]) }],
    ['events with another content: 1', { events: new Map([...right.events, [id, 'another']]) }],
    ['youths whose newest status is missing or another: 1', { newest: without(right.newest, youth) }],
    [
      'youths whose newest status is missing or another: 1',
      { newest: new Map([...right.newest, [youth, { status: 'CLOSED', version: 0 }]]) },
    ],
    ['youths too many: 1', { newest: new Map([...right.newest, ['x', { status: 'CLOSED', version: 1 }]]) }],
  ])('%s', (fault, changes) => {
    expect(faultsOf(right, { ...right, ...changes })).toEqual([fault]);
  });
});

describe('where the bridge is behind', () => {
  const run = (name: string, kind: PeerRun['kind'], cost: Partial<Cost>): PeerRun => ({
    name,
    kind,
    cost: {
      ...{ eventsPerSecond: 100, app: 10, broker: 1, database: 1, peakMegabytes: 300 },
      ...{ walBytes: 0, allocatedBytes: null },
      ...cost,
    },
  });

  test('each kind of run, peer and figure is a line, by medians', () => {
    const runs = [
      run(BRIDGE, 'cold', { eventsPerSecond: 50 }),
      run(BRIDGE, 'cold', { eventsPerSecond: 70 }),
      run('Java', 'cold', {}),
      run(BRIDGE, 'warm', { database: 3 }),
      run('Java', 'warm', { peakMegabytes: 400 }),
    ];
    expect(lostCases(runs)).toEqual([
      'cold, records/s: 60, Java 100 (0.60)',
      'warm, µs of CPU per record in all: 14.0, Java 12.0 (1.17)',
    ]);
  });

  test('equal or ahead is not behind', () => {
    expect(lostCases([run(BRIDGE, 'cold', { eventsPerSecond: 101 }), run('Java', 'cold', {})])).toEqual([]);
  });
});
