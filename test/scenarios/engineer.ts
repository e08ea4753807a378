import { expect } from 'vitest';
import { FEEDS, type Feed } from '../../src/core/youth/statusEvent.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { reportsOf } from './replayedReports.ts';
import { EVERYBODY, type Played, playYear, replayYear } from './replayedYear.ts';

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
      expect(await reportsOf(again)).toEqual(await reportsOf(year));
      expect(alertIds(again)).toEqual(alertIds(year));
      expect(again.pipeline.alarms).toEqual(year.pipeline.alarms);
      expect(again.pipeline.parked).toEqual([]);
    },

  'E01b read again feed by feed, whichever is first, every youth ends the same with the same reports, and what differs on the way is taken back':
    async () => {
      const year = await playYear();
      const [reports, lastWords] = [await reportsOf(year), said(year)];
      for (const order of FEED_BY_FEED) {
        const again = await replayYear(year, order);
        await expectSame(again, year);
        expect(await reportsOf(again)).toEqual(reports);
        expect(again.reports).toEqual(year.reports);
        for (const [alert, state] of said(again)) expect(state).toBe(lastWords.get(alert) ?? 'TRUKKET');
        expect(again.pipeline.parked).toEqual([]);
      }
    },

  'E01c a consumer that reads its topics once more has no effect: every record is known': async () => {
    const { pipeline, stage } = await playYear();
    const topics = ['status', 'alert', 'status-group', 'ot-ungdom'] as const;
    const before = topics.map((topic) => pipeline.out(topic).length);
    await pipeline.replay(pipeline.records());
    await pipeline.settle();
    await pipeline.conclude();
    expect(topics.map((topic) => pipeline.out(topic).length)).toEqual(before);
    expect(await stage.alarms()).toEqual([]);
  },
};

async function expectSame(again: Played, year: Played): Promise<void> {
  for (const { fodselsnummer } of EVERYBODY)
    expect(await decided(again, fodselsnummer)).toEqual(await decided(year, fodselsnummer));
}

async function decided({ stage, pipeline }: Played, number: string) {
  const youth = await stage.youth(number);
  const { registrations, alerts, due, mergedInto } = youth ?? {};
  return { ref: (await pipeline.youth(number))?.ref, registrations, alerts, due, mergedInto };
}

/** Of each alert whether it was taken back in the end. */
function said({ pipeline }: Played): Map<string, string> {
  return new Map(
    pipeline
      .out('alert')
      .map(({ ref, kind, alertId, state }) => [
        `${ref} ${kind} ${alertId}`,
        state === 'TRUKKET' ? 'TRUKKET' : 'OPEN',
      ]),
  );
}

function alertIds({ pipeline }: Played): string[] {
  return [...new Set(pipeline.out('alert').map(({ alertId, state }) => `${alertId} ${state}`))].sort();
}

function kindsOf({ pipeline }: Played): unknown[] {
  return pipeline.out('alert').map(({ kind }) => kind);
}
