import { expect } from 'vitest';
import { FEEDS, type Feed } from '../../src/core/statusEvent.ts';
import { reportsOf } from './replayedReports.ts';
import { EVERYBODY, type Played, playYear, replayYear, UNMERGED } from './replayedYear.ts';
import type { Scenarios } from './scenario.ts';

// Read again, refused, misread, late: what the integration engineer is woken for, or not.

/** Consents first: an answer of NAV's that may not be known when it is read is erased, and no later consent brings it
 *  back. */
const FEED_BY_FEED: readonly (readonly Feed[])[] = [
  FEEDS,
  ['consent', ...FEEDS.filter((feed) => feed !== 'consent').toReversed()],
];

export const ENGINEER: Scenarios = {
  'E01a the topics read again into an empty store give the same youths, proposals and reports, and no other alert':
    async () => {
      const year = await playYear();
      expect(new Set(kindsOf(year)).size).toBeGreaterThan(8);
      const again = await replayYear(year, 'as it came');
      await expectSame(again, year);
      expect(again.reports).toEqual(year.reports);
      expect(await reportsOf(again, EVERYBODY)).toEqual(await reportsOf(year, EVERYBODY));
      expect(alertIds(again)).toEqual(alertIds(year));
      expect(again.river.alarms).toEqual(year.river.alarms);
      expect(again.river.parked).toEqual([]);
    },

  // Who was known when a number changed is judged when it is read: of two numbers the same is left only for topics that
  // are read in the order of their moments (E01a).
  'E01b read again feed by feed, whichever is first, each youth of one number ends the same with the same reports':
    async () => {
      const year = await playYear();
      const reports = await reportsOf(year, UNMERGED);
      for (const order of FEED_BY_FEED) {
        const again = await replayYear(year, order);
        await expectSame(again, year, UNMERGED);
        expect(await reportsOf(again, UNMERGED)).toEqual(reports);
        // What was alerted on the way, and never when it was read as it came, is taken back.
        for (const { fodselsnummer } of UNMERGED) {
          const before = new Set(
            (await year.stage.out('alert', fodselsnummer)).map(({ alertId }) => alertId),
          );
          const states = new Map<unknown, unknown>();
          for (const { alertId, kind, state } of await again.stage.out('alert', fodselsnummer))
            if (!before.has(alertId)) states.set(alertId, `${kind} ${state}`);
          for (const state of states.values()) expect(state).toMatch(/ WITHDRAWN$/);
        }
        expect(again.river.parked).toEqual([]);
      }
    },

  'E01c a consumer that reads its topics once more has no effect: every record is known': async () => {
    const { river, stage } = await playYear();
    const topics = ['status', 'alert', 'status-group', 'ot-ungdom'] as const;
    const before = topics.map((topic) => river.out(topic).length);
    await river.replay(river.records());
    await river.settle();
    await river.conclude();
    expect(topics.map((topic) => river.out(topic).length)).toEqual(before);
    expect(await stage.alarms()).toEqual([]);
  },
};

async function expectSame(again: Played, year: Played, people = EVERYBODY): Promise<void> {
  for (const { fodselsnummer } of people)
    expect(await decided(again, fodselsnummer)).toEqual(await decided(year, fodselsnummer));
}

async function decided({ stage, river }: Played, number: string) {
  const youth = await stage.youth(number);
  const { registrations, alerts, due, mergedInto } = youth ?? {};
  return { ref: (await river.youth(number))?.ref, registrations, alerts, due, mergedInto };
}

function alertIds({ river }: Played): string[] {
  return [...new Set(river.out('alert').map(({ alertId, state }) => `${alertId} ${state}`))].sort();
}

function kindsOf({ river }: Played): unknown[] {
  return river.out('alert').map(({ kind }) => kind);
}
