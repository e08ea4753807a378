import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { numberRef, personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { PlacedEvents } from '../../../src/core/report/inDecidedOrder.ts';
import type { RecordedEvents } from '../../../src/core/report/register.ts';
import { replay } from '../../../src/core/report/replay.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { renumber } from '../../../src/core/youth/merge.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { packEvents, unpackEvents } from '../../../src/store/form/storedEvents.ts';
import { contact, factOf, left, type Provenance, status, terminated } from '../../harness/story.ts';

const POLICY = defaultPolicy(countyNumber('40'));
const SPRING = '2027-04-01T08:00:00.000Z';

/** Records of one youth as they are read, each with the moment it entered Kafka. */
function reading(ref = 'youth') {
  const records: PlacedEvents[] = [];
  let youth: Youth = UNKNOWN_YOUTH;
  const put = (recorded: string, events: YouthEvent[], topic: string) => {
    if (events.length === 0) return;
    youth = fold(youth, events);
    const version = records.length + 1;
    records.push({
      ref: personRef(ref),
      version,
      recorded,
      events,
      topic,
      partition: 0,
      offset: BigInt(version),
    });
  };
  return {
    records,
    youth: () => youth,
    put,
    when(received: string, body: FactBody, provenance: Provenance = {}) {
      const event = factOf(body, provenance, '2007-05-05', received, records.length);
      const context = { now: received, today: osloDate(received), policy: POLICY };
      put(received, decide(event, youth, context), event.feed);
    },
  };
}

/** Moment and codes of what each record led to, e.g. `2026-10-07 AVBRUTT OTUK`. */
function linesOf(records: readonly RecordedEvents[]): string[] {
  return records.map(({ recorded, events }) =>
    [recorded.slice(0, 10), ...events.flatMap(codeOf)].filter((part) => part !== '').join(' '),
  );
}

function codeOf(event: YouthEvent): string[] {
  switch (event.type) {
    case 'TilmeldingOpened':
      return [event.tilmeldingskode ?? ''];
    case 'StatusSet':
      return [event.status.code];
    case 'TilmeldingAnnulled':
      return ['annulled'];
    case 'AlertRaised':
      return [event.alert.kind];
    case 'MergedInto':
      return [`into ${event.survivor}`];
    case 'FactRecorded':
    case 'VersionNoted':
    case 'TimePassed':
    case 'DueMoved':
    case 'TilmeldingChanged':
    case 'AlertChanged':
    case 'AlertWithdrawn':
    case 'WithheldForConsent':
    case 'NumberSeen':
    case 'ProtectionChanged':
      return [];
  }
}

const again = (records: readonly PlacedEvents[], until: string) => replay(records, { policy: POLICY, until });

const DROPOUT: [string, FactBody, Provenance] = [
  '2026-10-07T08:00:00.000Z',
  left('40014', 'FV'),
  { effective: '2026-10-05', id: 'a' },
];

describe('records in the order of their moments', () => {
  test('are given back as they were decided, whatever the rules say now', () => {
    const youth = reading();
    youth.when(...DROPOUT);
    const opened = youth.records[0]?.events.find(({ type }) => type === 'TilmeldingOpened');
    // As a rule of another day decided it.
    if (opened?.type === 'TilmeldingOpened') opened.tilmeldingskode = 'ANDRE_GRUNNER';
    youth.when('2026-10-09T08:00:00.000Z', contact);
    expect(again(youth.records, '2026-10-10T00:00:00.000Z')).toEqual(youth.records);
  });

  test('are none where nothing was recorded', () => {
    expect(again([], SPRING)).toEqual([]);
  });

  test('of one moment are ordered by their place, and that is an order too', () => {
    const youth = reading();
    youth.when(...DROPOUT);
    youth.when(DROPOUT[0], { kind: 'Referral', by: 'SELV' }, { feed: 'school-dropout' });
    expect(again(youth.records, DROPOUT[0])).toEqual(youth.records);
    const [one, other] = youth.records;
    const turned = [
      { ...other!, version: 1, events: one!.events },
      { ...one!, version: 2, events: other!.events },
    ];
    expect(again(turned, DROPOUT[0])).not.toEqual(turned);
  });
});

describe('time', () => {
  const TERMINATED: [string, FactBody, Provenance] = [
    '2026-10-02T08:00:00.000Z',
    terminated('987654321', 'FV'),
    { effective: '2026-10-01' },
  ];
  const clock: FactBody = { kind: 'Due', at: '' };

  test('has passed when the moment falls due, not when the clock’s record came', () => {
    const youth = reading();
    youth.when(...TERMINATED);
    const due = youth.youth().due ?? '';
    youth.when(due.replace('.000Z', '.700Z'), { ...clock, at: due });
    expect(youth.records).toHaveLength(2);
    expect(again(youth.records, due).map(({ recorded }) => recorded)).toEqual([TERMINATED[0], due]);
  });

  test('has passed until the cut-off also where no clock’s record says so, and no further', () => {
    const youth = reading();
    youth.when(...TERMINATED);
    const due = youth.youth().due ?? '';
    const [, passed, ...more] = again(youth.records, due);
    expect(passed).toMatchObject({ version: 2, recorded: due });
    expect(passed?.events[0]).toEqual({ type: 'TimePassed', at: due });
    expect(more).toEqual([]);
    expect(again(youth.records, '2026-10-02T09:00:00.000Z')).toEqual(youth.records);
  });

  test('that was seen to pass much too late passed at each moment all the same', () => {
    const youth = reading();
    youth.when(...TERMINATED);
    youth.when(SPRING, { ...clock, at: SPRING });
    const moments = again(youth.records, TERMINATED[0]).map(({ recorded }) => recorded);
    expect(moments.length).toBeGreaterThan(2);
    expect(moments).toEqual([...new Set(moments)].sort());
    expect(moments.every((moment) => moment < SPRING)).toBe(true);
  });

  test('that passed before a record counts before it, also when the record was read first', () => {
    const early = reading();
    early.when(...TERMINATED);
    const due = early.youth().due ?? '';
    early.when(due, { ...clock, at: due });
    early.when('2026-12-01T08:00:00.000Z', contact, { id: 'c' });
    const late = reading();
    late.when(...TERMINATED);
    late.when('2026-12-01T08:00:00.000Z', contact, { id: 'c' });
    const [first, second] = [early, late].map(({ records }) => again(records, SPRING));
    expect(second).toEqual(first);
  });
});

describe('records out of their order', () => {
  test('are decided again as if each had come in its turn', () => {
    const youth = reading();
    youth.when('2026-10-10T08:00:00.000Z', status('2026-27', 'OTOV'));
    youth.when('2026-10-09T08:00:00.000Z', contact);
    youth.when(...DROPOUT);
    expect(linesOf(again(youth.records, '2026-10-11T00:00:00.000Z'))).toEqual([
      '2026-10-07 AVBRUTT OTUK NY_TILMELDING',
      '2026-10-09',
      '2026-10-10 OTOV',
    ]);
  });

  test('an earlier version that came late is replayed for the time it held', () => {
    const youth = reading();
    youth.when('2026-12-01T08:00:00.000Z', left('40014', 'FV'), {
      effective: '2026-09-28',
      id: 'a',
      version: 2,
    });
    youth.when(...DROPOUT);
    const [first] = again(youth.records, '2026-12-02T00:00:00.000Z');
    expect(first?.recorded).toBe(DROPOUT[0]);
    expect(first?.events).toContainEqual(
      expect.objectContaining({ type: 'TilmeldingOpened', effective: '2026-10-05' }),
    );
  });

  test('a version of which only the number was stored is left out, and the rest is replayed', () => {
    const youth = reading();
    youth.when('2026-12-01T08:00:00.000Z', left('40014', 'FV'), {
      effective: '2026-09-28',
      id: 'a',
      version: 2,
    });
    const older = [
      1,
      {
        type: 'VersionNoted',
        key: 'skole:40014|a',
        version: 1,
        received: DROPOUT[0],
        receivedOn: '2026-10-07',
      },
    ];
    youth.put(DROPOUT[0], unpackEvents(older), 'school-dropout');
    expect(linesOf(again(youth.records, '2026-12-02T00:00:00.000Z'))).toEqual([
      '2026-12-01 AVBRUTT OTUK NY_TILMELDING',
    ]);
  });

  test('an answer of NAV’s is never kept with a version that changes nothing', () => {
    const youth = reading();
    const answer = (version: number): [FactBody, Provenance] => [
      { kind: 'NavMatch', batch: `B-${version}`, month: '2026-11', answer: 'JA', office: '4601' },
      { source: 'nav', id: '2026-11', effective: '2026-11-01', version },
    ];
    youth.when('2026-11-05T08:00:00.000Z', ...answer(2));
    youth.when('2026-11-04T08:00:00.000Z', ...answer(1));
    const noted = youth.records[1]?.events[0];
    expect(noted).toMatchObject({ type: 'VersionNoted', version: 1, fact: { answer: null, office: null } });
    expect(unpackEvents(JSON.parse(packEvents(noted === undefined ? [] : [noted])))).toEqual([noted]);
  });
});

describe('two numbers that became one', () => {
  const CHANGE: FactBody = { kind: 'Renumbered' };
  const MERGED_ON = '2026-11-02T08:00:00.000Z';

  /** `mine` stays; `other` goes, and what it had comes with the change. */
  function joined(mine: ReturnType<typeof reading>, other: ReturnType<typeof reading>) {
    const event = factOf(CHANGE, { id: 'fr-1' }, null, MERGED_ON, 0);
    if (event.kind !== 'Renumbered') throw new Error('a change of number');
    const context = { now: MERGED_ON, today: osloDate(MERGED_ON), policy: POLICY };
    const bearers = [mine, other].map((each) => ({
      ref: personRef(each === mine ? 'mine' : 'other'),
      numberRef: numberRef(each === mine ? 'mine' : 'other'),
      met: each === mine ? 1 : 2,
      youth: each.youth(),
    }));
    for (const { ref, events } of renumber(event, bearers[0]!, bearers[1]!, context))
      (ref === 'mine' ? mine : other).put(MERGED_ON, events, 'folkeregister');
  }

  test('the one that goes has until then what it had, whatever was read out of turn', () => {
    const [mine, other] = [reading('mine'), reading('other')];
    mine.when('2026-09-01T08:00:00.000Z', contact);
    other.when('2026-10-09T08:00:00.000Z', contact);
    other.when(...DROPOUT);
    joined(mine, other);
    const lines = linesOf(again(other.records, MERGED_ON));
    expect(lines.slice(0, 2)).toEqual(['2026-10-07 AVBRUTT OTUK NY_TILMELDING', '2026-10-09']);
    expect(lines.at(-1)).toBe('2026-11-02 annulled into mine');
  });

  test('the one that stays gets it with the change, and what came later in its turn', () => {
    const [mine, other] = [reading('mine'), reading('other')];
    mine.when('2026-09-02T08:00:00.000Z', contact);
    mine.when('2026-09-01T08:00:00.000Z', { kind: 'Referral', by: 'SELV' });
    other.when(...DROPOUT);
    other.when('2026-11-20T08:00:00.000Z', status('2026-27', 'OTOV'));
    joined(mine, other);
    const records = again(mine.records, '2026-11-21T00:00:00.000Z');
    const lines = linesOf(records).filter((line) => /AVBRUTT|OTOV/.test(line));
    expect(lines).toEqual([
      expect.stringMatching(/^2026-11-02 AVBRUTT OTUK .*NUMRE_SLATT_SAMMEN/),
      '2026-11-20 OTOV',
    ]);
    // Under the number that went nothing was published after it had gone.
    expect(linesOf(again(other.records, '2026-11-21T00:00:00.000Z')).at(-1)).toBe(
      '2026-11-02 annulled into mine',
    );
  });
});
