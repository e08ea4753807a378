import { expect } from 'vitest';
import { EVERYBODY, type Played, playYear, replayYear, UNMERGED } from './replayedYear.ts';
import type { Scenarios } from './scenario.ts';

// Read again, refused, misread, late: what the integration engineer is woken for, or not.

export const ENGINEER: Scenarios = {
  'E01a the topics read again into an empty store give the same youths, proposals and reports, and no other alert':
    async () => {
      const year = await playYear();
      expect(new Set(kindsOf(year)).size).toBeGreaterThan(8);
      const again = await replayYear(year, 'as it came');
      await expectSame(again, year);
      expect(again.reports).toEqual(year.reports);
      expect(alertIds(again)).toEqual(alertIds(year));
      expect(again.river.alarms).toEqual(year.river.alarms);
      expect(again.river.parked).toEqual([]);
    },

  // A report counts what each record led to when it was decided, and who was known when a number changed is judged then
  // too: both are the same only for topics that are read in the order of their moments (E01a).
  'E01b read again lane by lane, each youth of one number ends the same, and what differs on the way is taken back':
    async () => {
      const year = await playYear();
      const again = await replayYear(year, 'lane by lane');
      await expectSame(again, year, UNMERGED);
      for (const { fodselsnummer } of UNMERGED) {
        const before = new Set((await year.stage.out('alert', fodselsnummer)).map(({ alertId }) => alertId));
        const states = new Map<unknown, unknown>();
        for (const { alertId, kind, state } of await again.stage.out('alert', fodselsnummer))
          if (!before.has(alertId)) states.set(alertId, `${kind} ${state}`);
        for (const state of states.values()) expect(state).toMatch(/ WITHDRAWN$/);
      }
      expect(again.river.parked).toEqual([]);
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
