import { describe, expect, test } from 'vitest';
import { epochOf, type IsoInstant } from '../../../src/core/time/date.ts';
import type { OutgoingRecord } from '../../../src/kafka/publisher.ts';
import { SAMPLE_END, sampleCutoffs } from '../../../src/local/sample/calendar.ts';
import { NAV_MONTHS } from '../../../src/local/sample/navMonths.ts';
import { type Progress, playSample, type SamplePlay } from '../../../src/local/sample/player.ts';
import { sampleYear } from '../../../src/local/sample/population.ts';
import { seededRandom } from '../../../src/local/sample/random.ts';
import { SAMPLE_ORG } from '../../../src/local/sample/target.ts';

const year = sampleYear();
const texts = year.records.map(({ value }) => JSON.stringify(value));
const numbers = new Set(year.records.flatMap(({ fodselsnummer }) => fodselsnummer ?? []));

/** Whom NAV is asked about each month here. */
const ASKED = year.identities.slice(0, 9).map(({ fodselsnummer }) => fodselsnummer);
/** What NAV answers in a run that is not killed. */
const deliveries = await answersOfWholeRun();

describe('player of the sample county', () => {
  test('every record is sent once, in time order, to its feed’s topic, at its virtual moment', async () => {
    const world = createWorld();
    expect(await playSample(world.parts)).toBe('played');
    const sent = world.sources();
    expect(sent.map(({ value }) => value?.toString())).toEqual(texts);
    expect(sent.map(({ timestamp }) => timestamp)).toEqual(year.records.map(({ at }) => at));
    expect(sent.map(({ topic }) => topic)).toEqual(
      year.records.map(({ feed }) => `vtfk-no.ot.event.${feed}`),
    );
    expect(world.clock).toBe(SAMPLE_END);
  });

  test('keys are references and headers name the sender; neither holds a number', async () => {
    const world = createWorld();
    await playSample(world.parts);
    expect(world.log.filter(({ key }) => numbers.has(key) || !/^(ref-\d+|[0-9a-f-]{36})$/.test(key))).toEqual(
      [],
    );
    expect(new Set(world.log.map(({ headers }) => headers['origin.application.id']))).toEqual(
      new Set(['ot-bridge-sample']),
    );
    const ofOne = new Set(
      world.log
        .filter(({ value }) => JSON.parse(String(value)).fodselsnummer === year.identities[7]?.fodselsnummer)
        .map(({ key }) => key),
    );
    expect(ofOne.size, 'all records of a youth have one key').toBe(1);
  });

  test('a report is built when everything up to its cut-off is decided and nothing after it is sent', async () => {
    const world = createWorld();
    await playSample(world.parts);
    expect(world.built.map(({ referenceDate }) => referenceDate)).toEqual([
      '2020-11-15',
      '2021-02-15',
      '2021-06-15',
    ]);
    for (const [index, { sentThen, clockThen }] of world.built.entries()) {
      const cutoff = sampleCutoffs()[index]?.cutoff as IsoInstant;
      expect(clockThen).toBe(cutoff);
      expect(sentThen).toBe(year.records.filter(({ at }) => at <= epochOf(cutoff)).length);
    }
  });

  test('killed anywhere, it goes on where it was: nothing is left out, and no order within a youth is lost', async () => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const world = createWorld();
      for (let runs = 0; ; runs += 1) {
        expect(runs).toBeLessThan(60);
        world.killAfter = runs < 5 ? random.between(1, 250) : Number.POSITIVE_INFINITY;
        const ended = await playSample(world.parts).catch((error: Error) => error.message);
        if (ended === 'played') break;
        expect(ended).toBe('killed');
      }
      const first = new Map<string, number>();
      for (const [index, { value }] of world.log.entries()) {
        const text = String(value);
        if (!first.has(text)) first.set(text, index);
      }
      const answers = new Set(world.answers().map(({ value }) => String(value)));
      expect([...first.keys()].filter((text) => !answers.has(text))).toEqual([...new Set(texts)]);
      expect([...answers], 'each delivery is sent whole').toEqual(deliveries);
      expect(world.lists).toEqual(NAV_MONTHS.map(({ month }) => month));
      expect(world.log.length, 'something was sent again').toBeGreaterThan(year.records.length);
      expect(new Set(world.built.map(({ referenceDate }) => referenceDate)).size).toBe(3);
      expect(world.early, 'the clock never passes a record that is not acknowledged').toEqual([]);
    }
  });

  test('three months of NAV: each is asked for, fetched and answered at its moments, by match ids', async () => {
    const world = createWorld();
    await playSample(world.parts);
    expect(world.nav).toEqual(
      NAV_MONTHS.flatMap(({ month, extracted, answered }) => [
        `${extracted} list ${month}`,
        `${answered} fetched ${month}`,
      ]),
    );
    const answers = world.answers().map(({ topic, timestamp, key, value }) => ({
      ...{ topic, timestamp, key, value: JSON.parse(String(value)) },
    }));
    const of = (month: string, type: string) =>
      answers.filter(({ value }) => value.maaned === month && value.type === type);
    for (const { month, answered, goes } of NAV_MONTHS) {
      const [letter] = of(month, 'manifest');
      const rows = of(month, 'svar');
      const [asked, sent] = { whole: [9, 9], 'in-part': [9, 3], 'with-stranger': [10, 10] }[goes];
      expect(letter?.value.antall, month).toBe(asked);
      expect(rows, month).toHaveLength(sent ?? Number.NaN);
      expect(new Set(rows.map(({ value }) => value.id)).size).toBe(sent);
      expect(rows.filter(({ value }) => !world.given.has(value.id)).length).toBe(asked === 10 ? 1 : 0);
      for (const { topic, timestamp, key, value } of rows) {
        expect([topic, timestamp]).toEqual(['vtfk-no.ot.event.nav-match', epochOf(answered)]);
        expect(key).toMatch(world.given.has(value.id) ? /^ref-\d+$/ : /^[0-9a-f-]{36}$/);
      }
    }
    expect(new Set(answers.map(({ value }) => value.registrert).filter(Boolean))).toEqual(
      new Set(['JA', 'NEI', 'IKKE_SVART']),
    );
  });

  test('an organisation with records of its own is left alone', async () => {
    const world = createWorld();
    world.occupied = true;
    expect(await playSample(world.parts)).toBe('occupied');
    expect(world.log).toEqual([]);
    expect(world.clock).toBeNull();
  });

  test('a year that has been played is not played again, also when the clock was moved on', async () => {
    const world = createWorld();
    world.clock = '2021-09-01T10:00:00.000Z';
    expect(await playSample(world.parts)).toBe('already-played');
    expect(world.log).toEqual([]);
    expect(world.clock).toBe('2021-09-01T10:00:00.000Z');
  });

  test('another client moving the clock stops the player', async () => {
    const world = createWorld();
    const moveClock = async (to: IsoInstant) =>
      world.parts.moveClock(to > '2020-10' ? '2021-03-01T00:00:00.000Z' : to);
    await expect(playSample({ ...world.parts, moveClock })).rejects.toThrow('was moved');
  });

  test('progress rises to the whole year', async () => {
    const world = createWorld();
    await playSample(world.parts);
    expect(world.progress.at(-1)).toEqual({
      sent: year.records.length,
      total: year.records.length,
      now: SAMPLE_END,
    });
    expect(world.progress.map(({ sent }) => sent)).toEqual(
      world.progress.map(({ sent }) => sent).sort((a, b) => a - b),
    );
  });
});

function createWorld() {
  const refs = new Map<string, string>();
  const state = {
    clock: null as IsoInstant | null,
    occupied: false,
    killAfter: Number.POSITIVE_INFINITY,
    log: [] as OutgoingRecord[],
    built: [] as { referenceDate: string; sentThen: number; clockThen: IsoInstant | null }[],
    progress: [] as Progress[],
    /** Clock positions that passed a record which was not in the log. */
    early: [] as IsoInstant[],
    /** What was done of the exchange with NAV. */
    nav: [] as string[],
    lists: [] as string[],
    given: new Set<string>(),
    answers: () => state.log.filter(({ topic }) => topic.endsWith('.nav-match')),
    sources: () => state.log.filter(({ topic }) => !topic.endsWith('.nav-match')),
  };
  const seen = new Set<string>();
  let unsent = 0;
  const step = (): void => {
    state.killAfter -= 1;
    if (state.killAfter <= 0) throw new Error('killed');
  };
  const parts: SamplePlay = {
    org: SAMPLE_ORG,
    publisher: {
      async publish(records) {
        // Killed in the middle of a send: some of the records are in Kafka.
        const part = state.killAfter <= 2 ? records.slice(0, Math.ceil(records.length / 2)) : records;
        state.log.push(...part);
        for (const { value } of part) seen.add(String(value));
        step();
      },
    },
    async resolveKeys(wanted) {
      step();
      return wanted.map(
        (number) => refs.get(number) ?? (refs.set(number, `ref-${refs.size}`).get(number) as string),
      );
    },
    operations: { virtualNow: async () => state.clock },
    hasRecords: async () => state.occupied,
    async moveClock(to) {
      step();
      state.clock = state.clock !== null && state.clock > to ? state.clock : to;
      const now = epochOf(state.clock);
      // Records come in order of time: what is passed, if anything, is the first that is not in the log.
      while (seen.has(texts[unsent] ?? '')) unsent += 1;
      if ((year.records[unsent]?.at ?? Number.POSITIVE_INFINITY) <= now) state.early.push(state.clock);
      step();
      return state.clock;
    },
    async awaitIdle() {
      step();
    },
    async buildSnapshot(referenceDate) {
      step();
      state.built.push({ referenceDate, sentThen: state.sources().length, clockThen: state.clock });
    },
    nav: {
      async makeList(month) {
        step();
        state.nav.push(`${state.clock} list ${month}`);
        if (!state.lists.includes(month)) state.lists.push(month);
        step();
      },
      async fetchList(month) {
        step();
        state.nav.push(`${state.clock} fetched ${month}`);
        return ASKED.map((fodselsnummer, at) => {
          const matchId = `pw_${month}-${at}`;
          state.given.add(matchId);
          return { matchId, fodselsnummer };
        });
      },
      async judged() {
        step();
      },
    },
    onProgress: (progress) => void state.progress.push(progress),
  };
  return Object.assign(state, { parts });
}

async function answersOfWholeRun(): Promise<string[]> {
  const world = createWorld();
  await playSample(world.parts);
  return world.answers().map(({ value }) => String(value));
}
