import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { bridge } from '../../../adapters/bridge/index.ts';
import { navMatch } from '../../../adapters/nav-match/index.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { type PersonRef, personRef } from '../../../src/core/person/reference.ts';
import { createOpenAnswer } from '../../../src/jobs/lists/heldAnswer.ts';
import { concludeLists, type ListParts } from '../../../src/jobs/lists/lists.ts';
import { SHRINKAGE_LIMIT } from '../../../src/jobs/lists/shrinkage.ts';
import type { NavDelivery, NotedAnswer } from '../../../src/jobs/nav/answers.ts';
import type { OutgoingRecord, Publisher } from '../../../src/kafka/publisher.ts';
import type { CompleteList } from '../../../src/store/operationsPort.ts';
import { createVault } from '../../../src/store/vault.ts';
import type { Alarm } from '../../../src/telemetry/alarm.ts';
import { createDecoder } from '../../../src/wire/decode.ts';
import { packRecord } from '../../../src/wire/sealedRecord.ts';
import { askedRef, nameTag, pseudonym } from '../../harness/pseudonym.ts';
import { loggerWithLines } from '../../telemetry/logLines.ts';

const ORG = orgId('telemarkfylke-no');
const NUMBER = '02910788054';
const CONTEXT = {
  county: countyNumber('40'),
  environment: 'test',
  activations: {},
  pseudonym,
  nameTag,
  askedRef,
} as const;
const ref = (n: number) => personRef(`6f1d6a0e-54a1-4a2b-8c11-${n.toString(16).padStart(12, '0')}`);
const refs = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => ref(from + n));
const vault = createVault(randomBytes(32));

/** A list with the one before it, where the test has no more than that. */
type OpenList = CompleteList & { previous: PersonRef[] | null };

let open: OpenList[];
let settled: { list: string; run: string; verdict: string; reason: string | null }[];
let sent: OutgoingRecord[];
let alarms: ({ code: string } & Alarm)[];
let lines: ReturnType<typeof loggerWithLines>;
let publish: Publisher['publish'];
let conclude: ListParts['operations']['concludeList'];
let virtualNow: string | null;
let concluded: PersonRef[][];

beforeEach(() => {
  open = [];
  settled = [];
  sent = [];
  alarms = [];
  lines = loggerWithLines();
  virtualNow = null;
  concluded = [];
  publish = async (records) => void sent.push(...records);
  conclude = async (org, list, run, { verdict, reason }) => {
    open = open.filter((each) => !(each.org === org && each.list === list && each.run === run));
    settled.push({ list, run, verdict, reason });
  };
});

/** NAV was asked about these, and all that it answers may be used. */
function deliveryOf(asked: readonly PersonRef[], changes: Partial<NavDelivery> = {}): NavDelivery {
  const open = {
    unanswered: 0,
    late: false,
    mayUse: () => true,
    note: async () => null,
    noteStrangers: async () => undefined,
  };
  return { asked: new Set(asked), ...open, ...changes };
}

/** Where an agreement holds. */
function opens(open: ListParts['deliveries']['open']): ListParts['deliveries'] {
  return { waits: async () => false, open };
}

const completeLists: ListParts['operations']['completeLists'] = async (choose) => {
  const chosen = new Set<unknown>(await choose?.(open));
  return open.filter((each) => chosen.has(each));
};

function run(changes: Partial<ListParts> = {}): Promise<number> {
  return concludeLists({
    operations: {
      completeLists,
      concludeList: (...entry) => conclude(...entry),
      async pastLists(_org, _list, count, before) {
        const previous = open.find((each) => each.run === before?.run)?.previous ?? null;
        const past = concluded.length > 0 ? concluded : previous === null ? [] : [previous];
        return past.slice(0, count).map((refs) => ({ refs, nameless: [], doubtful: [] }));
      },
      virtualNow: async () => virtualNow,
    },
    publisher: { publish: (records, options) => publish(records, options), close: async () => {} },
    policyFor: () => ({ absencesBeforeReview: 2, schoolAbsencesBeforeReview: 1 }),
    deliveries: opens(async ({ refs: about }) => deliveryOf(about)),
    openAnswer: createOpenAnswer({
      vault,
      decode: createDecoder({ schemas: [] }),
      adapter: navMatch,
      contextOf: () => CONTEXT,
    }),
    limitFor: () => SHRINKAGE_LIMIT,
    log: lines.log,
    alarm: (code, alarm) => alarms.push({ code, ...alarm }),
    ...changes,
  });
}

function list(changes: Partial<OpenList>): OpenList {
  const base = { org: ORG, list: 'laktiv' as const, run: 'vigo-laktiv-40-2026-10-06T00:00:01.000Z' };
  const completed = '2026-10-06T00:00:09.000Z';
  const said = { outdated: false, confirmed: false, vouched: false, nameless: [], bad: 0 };
  const whole = { ...base, ...said, completed, refs: [], previous: null, held: [], ...changes };
  return { total: whole.refs.length, opened: whole.completed, ...whole };
}

/** A held NAV row as the pipeline keeps it. */
function held(n: number, answer: { registrert: string; kontor?: string | null }) {
  const value = Buffer.from(
    JSON.stringify({
      type: 'svar',
      batchId: 'B-2026-11',
      maaned: '2026-11',
      id: `rad-${n}`,
      fodselsnummer: NUMBER,
      kontor: null,
      ...answer,
    }),
  );
  return { rowKey: `rad-${n}`, ref: ref(n), sealed: vault.seal(packRecord({ value, headers: {} })) };
}

const nav = (rows: ReturnType<typeof held>[]) =>
  list({ list: 'nav', run: 'B-2026-11', refs: [...new Set(rows.map((row) => row.ref))], held: rows });

function facts() {
  return sent.map(({ value }) => {
    const record = {
      value: JSON.parse(value?.toString() ?? '') as unknown,
      received: '2026-10-06T00:00:10.000Z',
      envelope: null,
    };
    const verdict = bridge.read(record, CONTEXT);
    if (verdict.kind !== 'event') throw new Error(`the bridge adapter says ${JSON.stringify(verdict)}`);
    return verdict;
  });
}

test('who is in the last list and not in this one is reported absent, by the date of the list', async () => {
  open = [list({ refs: refs(1, 812), previous: refs(0, 812) })];
  expect(await run()).toBe(1);
  expect(facts()).toMatchObject([
    {
      person: { ref: ref(0) },
      event: { kind: 'Absent', list: 'laktiv', effective: '2026-10-06', county: '40' },
    },
  ]);
  expect(sent[0]).toMatchObject({ topic: `${ORG}.ot.event.bridge`, key: ref(0) });
  expect(sent[0]).not.toHaveProperty('timestamp');
  expect(settled).toMatchObject([{ verdict: 'concluded', reason: null }]);
  expect(lines.events()).toMatchObject([{ event: 'list.concluded', total: 811, absent: 1 }]);
});

test('a youth is reported absent from as many lists in a row as the policy asks for, and no more', async () => {
  const counts: number[] = [];
  concluded = [refs(0, 20)];
  for (const night of ['a', 'b', 'c', 'd']) {
    const here = refs(1, 20);
    open = [list({ run: night, refs: here, previous: concluded[0] ?? null })];
    sent = [];
    await run();
    counts.push(sent.length);
    concluded = [here, ...concluded];
  }
  expect(counts).toEqual([1, 1, 0, 0]);
});

test('a youth that is back in the list is reported present, as is every youth who was not in the one before', async () => {
  concluded = [refs(1, 20), refs(0, 20)];
  open = [list({ refs: refs(0, 21), previous: refs(1, 20) })];
  await run();
  expect(facts()).toMatchObject([
    { person: { ref: ref(0) }, event: { kind: 'Present', list: 'laktiv', effective: '2026-10-06' } },
    { person: { ref: ref(20) }, event: { kind: 'Present' } },
  ]);
  expect(lines.events()).toMatchObject([{ event: 'list.concluded', absent: 0 }]);
});

test('the first list of a kind concludes nothing about anyone', async () => {
  open = [list({ refs: refs(0, 5) })];
  await run();
  expect(sent).toEqual([]);
  expect(settled).toMatchObject([{ verdict: 'concluded' }]);
});

test('a list without more than a tenth of the last one is refused, and no youth is reported absent', async () => {
  open = [list({ refs: refs(81, 800), previous: refs(0, 800) })];
  await run();
  expect(sent).toEqual([]);
  expect(settled).toMatchObject([{ verdict: 'refused', reason: 'LIST_SHRUNK' }]);
  expect(alarms).toMatchObject([{ code: 'LIST_SHRUNK', org: ORG, list: 'laktiv', count: 81 }]);
});

test('a list of the same length with other people in it is refused like a shrunken one', async () => {
  open = [list({ refs: refs(400, 1200), previous: refs(0, 800) })];
  await run();
  expect(settled).toMatchObject([{ verdict: 'refused' }]);
});

test.each([
  // [last list, gone, held]: a tenth and ten, or half and two.
  ...[[0, 0, false]],
  ...[[1, 1, false]],
  ...[[2, 2, false]],
  ...[
    [3, 2, false],
    [3, 3, true],
  ],
  ...[
    [5, 2, false],
    [5, 3, true],
    [5, 5, true],
  ],
  ...[
    [10, 5, false],
    [10, 6, true],
    [10, 10, true],
  ],
  ...[
    [20, 10, false],
    [20, 11, true],
    [20, 16, true],
  ],
  ...[
    [1000, 100, false],
    [1000, 101, true],
  ],
] as const)('of a list of %i, %i may not be gone without a person’s word: %s', async (before, gone, held) => {
  open = [list({ refs: refs(gone, before), previous: refs(0, before) })];
  await run();
  expect(settled).toMatchObject([{ verdict: held ? 'refused' : 'concluded' }]);
  expect(sent).toHaveLength(held ? 0 : gone);
  expect(alarms).toMatchObject(held ? [{ code: 'LIST_SHRUNK', count: gone }] : []);
});

test('a shrinkage that was confirmed with the fetch is concluded', async () => {
  const confirmed = 'vigo-laktiv-40-2026-10-06T00:00:01.000Z-bekreftet';
  open = [list({ run: confirmed, refs: [], previous: refs(0, 800) })];
  await run();
  expect(new Set(facts().map(({ person }) => ('ref' in person ? person.ref : '')))).toEqual(
    new Set(refs(0, 800)),
  );
});

test('lists of one kind are concluded one by one, each against the one before', async () => {
  const first = list({
    run: 'a',
    completed: '2026-10-06T00:00:09.000Z',
    refs: refs(1, 20),
    previous: refs(0, 20),
  });
  const second = list({
    run: 'b',
    completed: '2026-10-07T00:00:09.000Z',
    refs: refs(2, 20),
    previous: refs(0, 20),
  });
  open = [second, first];
  const settle = conclude;
  conclude = async (...entry) => {
    await settle(...entry);
    open = open.map((each) => ({ ...each, previous: first.refs }));
  };
  expect(await run()).toBe(2);
  expect(settled.map((each) => each.run)).toEqual(['a', 'b']);
  expect(sent.map(({ key }) => key)).toEqual([ref(0), ref(1)]);
});

test('a crash between the records and the mark repeats them with the same ids', async () => {
  open = [list({ refs: refs(1, 20), previous: refs(0, 20) })];
  const settle = conclude;
  conclude = () => Promise.reject(new Error('killed'));
  expect(await run()).toBe(0);
  conclude = settle;
  expect(await run()).toBe(1);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

test('a list is not marked before Kafka has its records, and holds up no other list', async () => {
  open = [
    list({ refs: refs(1, 20), previous: refs(0, 20) }),
    list({ org: orgId('ofk-no'), refs: refs(1, 20), previous: refs(0, 20) }),
  ];
  publish = async (records) => {
    if (records[0]?.topic.startsWith(ORG)) throw new Error('away');
    sent.push(...records);
  };
  expect(await run()).toBe(1);
  expect(open.map((each) => each.org)).toEqual([ORG]);
  expect(lines.events()).toMatchObject([
    { event: 'work.failed', part: 'lists' },
    { event: 'list.concluded', org: orgId('ofk-no') },
  ]);
});

test('absences of two lists or two runs have different ids, for references of any shape', async () => {
  const past = refs(0, 5);
  // More than a short list may lose: an operator has confirmed it.
  const confirmed = true;
  for (const kind of ['ot', 'laktiv'] as const) {
    for (const name of ['a', 'b'])
      open.push(list({ list: kind, run: `${'x'.repeat(78)}-${name}`, refs: [], previous: past, confirmed }));
  }
  await run();
  expect(new Set(facts().map(({ event }) => event.id)).size).toBe(20);
});

test('on a virtual clock the records have the moment of the list', async () => {
  virtualNow = '2020-11-01T00:00:00.000Z';
  open = [list({ completed: '2020-10-06T00:00:09.000Z', refs: refs(1, 20), previous: refs(0, 20) })];
  await run();
  expect(sent[0]?.timestamp).toBe(Date.parse('2020-10-06T00:00:09.000Z'));
});

test('the answers of a complete batch are opened and published one by one', async () => {
  open = [
    nav([
      held(1, { registrert: 'JA', kontor: '0806' }),
      held(2, { registrert: 'NEI' }),
      held(3, { registrert: 'IKKE_SVART' }),
    ]),
  ];
  expect(await run()).toBe(1);
  expect(facts().map(({ person, event }) => ({ person, event }))).toMatchObject([
    {
      person: { ref: ref(1) },
      event: { kind: 'NavMatch', batch: 'B-2026-11', month: '2026-11', answer: 'JA', office: '0806' },
    },
    { person: { ref: ref(2) }, event: { answer: 'NEI', office: null } },
    { person: { ref: ref(3) }, event: { answer: 'IKKE_SVART' } },
  ]);
  expect(
    JSON.stringify(sent.map(({ value, key, headers }) => [value?.toString(), key, headers])),
  ).not.toContain(NUMBER);
  expect(lines.events()).toMatchObject([{ event: 'list.concluded', list: 'nav', answers: 3 }]);
});

test('a stranger among the answers holds the whole batch, and no row is opened', async () => {
  open = [nav([held(1, { registrert: 'JA' }), held(2, { registrert: 'NEI' })])];
  const openAnswer = () => {
    throw new Error('opened');
  };
  await run({ deliveries: opens(async () => deliveryOf([ref(1)])), openAnswer });
  expect(sent).toEqual([]);
  expect(settled).toEqual([{ list: 'nav', run: 'B-2026-11', verdict: 'refused', reason: 'NAV_STRANGER' }]);
  expect(alarms).toEqual([{ code: 'NAV_STRANGER', org: ORG, list: 'nav', run: 'B-2026-11', count: 1 }]);
  expect(lines.lines.join('')).not.toMatch(new RegExp(`${NUMBER}|${ref(2)}|NEI`));
});

test('while no agreement holds the batch waits, is not read, and holds up no other list', async () => {
  open = [nav([held(1, { registrert: 'JA' })]), list({ refs: refs(0, 20), previous: null })];
  const openAnswer = () => {
    throw new Error('opened');
  };
  const deliveries: ListParts['deliveries'] = { waits: async () => true, open: openAnswer };
  await run({ deliveries, openAnswer });
  expect(settled).toMatchObject([{ list: 'laktiv', verdict: 'concluded' }]);
  expect(open.map(({ run: name }) => name)).toEqual(['B-2026-11']);
  // One that lapses between the look and the reading.
  await run({ deliveries: opens(async () => null), openAnswer });
  expect(open.map(({ run: name }) => name)).toEqual(['B-2026-11']);
  await run();
  expect(sent).toHaveLength(1);
});

test('a batch without all that NAV was asked about is held, and used when an operator concludes it', async () => {
  const deliveries = opens(async ({ refs: about }) => deliveryOf(about, { unanswered: 26 }));
  open = [nav([held(1, { registrert: 'JA' })])];
  await run({ deliveries });
  expect(settled).toMatchObject([{ verdict: 'refused', reason: 'NAV_PARTIAL' }]);
  expect(alarms).toMatchObject([{ code: 'NAV_PARTIAL', count: 26 }]);
  open = [{ ...nav([held(1, { registrert: 'JA' })]), vouched: true }];
  await run({ deliveries });
  expect(sent).toHaveLength(1);
});

test('an answer that may not be used is not read: the person has not answered', async () => {
  const noted: NotedAnswer[] = [];
  open = [
    nav([held(1, { registrert: 'JA', kontor: '0806' }), held(2, { registrert: 'JA', kontor: '0807' })]),
  ];
  await run({
    deliveries: opens(async ({ refs: about }) =>
      deliveryOf(about, {
        mayUse: (who) => who === ref(1),
        note: async (answers) => {
          noted.push(...answers);
          return null;
        },
      }),
    ),
  });
  expect(facts().map(({ event }) => event)).toMatchObject([
    { answer: 'JA', office: '0806' },
    { answer: 'IKKE_SVART', office: null, batch: 'B-2026-11', month: '2026-11' },
  ]);
  expect(noted.map(({ answer, office }) => [answer, office])).toEqual([
    ['JA', '0806'],
    ['IKKE_SVART', null],
  ]);
  expect(JSON.stringify(sent.map(({ value }) => value?.toString()))).not.toContain('0807');
});

test('a batch that says the same as the one before it is concluded and publishes nothing', async () => {
  open = [nav([held(1, { registrert: 'JA' })])];
  await run({
    deliveries: opens(async ({ refs: about }) => deliveryOf(about, { note: async () => 'B-2026-11' })),
  });
  expect(sent).toEqual([]);
  expect(settled).toMatchObject([{ verdict: 'concluded' }]);
});

test('two answers for one youth that contradict each other hold the whole batch', async () => {
  const [yes, no] = [held(1, { registrert: 'JA' }), held(1, { registrert: 'NEI' })];
  open = [nav([yes, { ...no, rowKey: 'rad-2' }])];
  await run();
  expect(sent).toEqual([]);
  expect(settled).toMatchObject([{ verdict: 'refused', reason: 'NAV_CONTRADICTION' }]);
});

test('the same answer twice for one youth is published once', async () => {
  open = [nav([held(1, { registrert: 'JA' }), { ...held(1, { registrert: 'JA' }), rowKey: 'rad-2' }])];
  await run();
  expect(sent).toHaveLength(1);
});

test('a held row that is no answer any more holds the whole batch', async () => {
  const odd = {
    rowKey: 'x',
    ref: ref(2),
    sealed: vault.seal(packRecord({ value: Buffer.from('{"type":"svar"}'), headers: {} })),
  };
  open = [nav([held(1, { registrert: 'JA' }), odd])];
  await run();
  expect(sent).toEqual([]);
  expect(settled).toMatchObject([{ verdict: 'refused', reason: 'NAV_UNREADABLE' }]);
});

test('I03 each private school’s list is compared with its own lists, and asked about after one', async () => {
  const asked: [string, number][] = [];
  open = [
    list({ list: 'private-school:46301', run: 'skoleliste-46301-a', refs: refs(1, 4), previous: refs(0, 4) }),
    list({ list: 'private-school:46302', run: 'skoleliste-46302-a', refs: refs(9, 12), previous: null }),
  ];
  const opened = open;
  const operations: ListParts['operations'] = {
    completeLists,
    concludeList: (...entry) => conclude(...entry),
    virtualNow: async () => null,
    async pastLists(_org, name, count) {
      asked.push([name, count]);
      const previous = opened.find((each) => each.list === name)?.previous;
      return previous ? [{ refs: previous, nameless: [], doubtful: [] }] : [];
    },
  };
  expect(await run({ operations })).toBe(2);
  expect(asked).toEqual([
    ['private-school:46301', 1],
    ['private-school:46302', 1],
  ]);
  expect(facts()).toMatchObject([
    { person: { ref: ref(0) }, event: { kind: 'Absent', list: 'private-school:46301' } },
  ]);
});

test('I03 a school’s list that has shrunk too much concludes nothing until it is confirmed with the list', async () => {
  const shorter = { list: 'private-school:46301', refs: refs(0, 40), previous: refs(0, 80) } as const;
  open = [list({ ...shorter, run: 'skoleliste-46301-a' })];
  await run();
  expect(sent).toEqual([]);
  expect(alarms).toMatchObject([{ code: 'LIST_SHRUNK', count: 40 }]);
  open = [list({ ...shorter, run: 'skoleliste-46301-b-bekreftet' })];
  await run();
  expect(facts()).toHaveLength(40);
});
