import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { errorTopic } from '../../src/core/messages/topic.ts';
import { contact, dropout } from '../harness/feedRecords.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { answer, asked, consent, delivery, fetched, matchAlerts } from '../harness/navMonth.ts';
import { contracts, fetchAtNight } from '../harness/nightlyList.ts';
import { type Person, person } from '../harness/persons.ts';
import { plainNode } from '../harness/plainNode.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { stageOver } from '../harness/stage.ts';

// What comes in can be wrong in every way; what was right yesterday stays.

const P02 = person('P02');
const ok = (body: object) => () => Response.json(body);
const html = () => new Response('<html>Vedlikehold</html>', { headers: { 'content-type': 'text/html' } });

export const ENGINEER_FEEDS: Scenarios = {
  'E02a a list that is wrong though VIGO says 200 fails after three tries, is reported, and takes no youth away':
    async () => {
      const pipeline = await createTestPipeline();
      const stage = stageOver(pipeline, '2026-10-01T01:00:00.000Z');
      const [gone, ...stay] = crowd(60, 14) as [Person, ...Person[]];
      const whole = contracts([gone, ...stay]);
      const first = await fetchAtNight(pipeline, '2026-10-01T01:00:00.000Z', ok(whole));
      expect(first).toMatchObject({ result: { ok: true, rows: 14 }, tries: 1, alarms: [] });
      const yesterday = await stage.youth(gone.fodselsnummer);
      const wrong: [string, () => Response][] = [
        ['ERROR_MESSAGE', ok(contracts([], { errorMessage: 'Databasen svarer ikke' }))],
        ['COUNT_MISMATCH', ok(contracts(stay, { antall: 1200 }))],
        ['NOT_JSON', html],
        ['MISSING_LIST', ok({ errorMessage: '', antall: 0 })],
      ];
      for (const [at, [code, answered]] of wrong.entries()) {
        const night = await fetchAtNight(pipeline, `2026-10-0${at + 2}T01:00:00.000Z`, answered);
        expect(night).toEqual({ result: { ok: false, code }, tries: 3, alarms: ['POLL_FAILED'] });
      }
      expect(await stage.youth(gone.fodselsnummer)).toEqual(yesterday);
      expect(await stage.out('alert')).toEqual([]);
      // A server that recovers within the night is heard, and two whole lists in a row are a review (F03).
      const mended = await fetchAtNight(pipeline, '2026-10-06T01:00:00.000Z', html, ok(contracts(stay)));
      expect(mended).toMatchObject({ result: { ok: true, rows: 13 }, tries: 2, alarms: [] });
      expect(await stage.open(gone.fodselsnummer)).toEqual([]);
      await fetchAtNight(pipeline, '2026-10-07T01:00:00.000Z', ok(contracts(stay)));
      expect(await stage.open(gone.fodselsnummer)).toEqual(['MULIG_HEVING']);
    },

  'E02b a list that has shrunk by more than the county’s share is held until an operator confirms it':
    async () => {
      const pipeline = await createTestPipeline();
      const people = crowd(61, 100);
      await fetchAtNight(pipeline, '2026-10-01T01:00:00.000Z', ok(contracts(people)));
      const shorter = ok(contracts(people.slice(11)));
      const held = await fetchAtNight(pipeline, '2026-10-02T01:00:00.000Z', shorter);
      expect(held).toMatchObject({ result: { ok: true, rows: 89 }, tries: 1, alarms: ['LIST_SHRUNK'] });
      const stage = stageOver(pipeline, '2026-10-02T02:00:00.000Z');
      const [list] = (await stage.get('lists')).body.lists as { run: string; state: string }[];
      expect(list).toMatchObject({ state: 'held', reason: 'LIST_SHRUNK', affected: 11 });
      const lesser = await fetchAtNight(
        pipeline,
        '2026-10-03T01:00:00.000Z',
        ok(contracts(people.slice(10))),
      );
      expect(lesser).toMatchObject({ result: { ok: true, rows: 90 }, alarms: [] });
      expect(pipeline.out('alert')).toEqual([]);
    },

  'E03 a date is the same date in whatever time zone the process runs': async () => {
    const zones = ['America/Los_Angeles', 'Pacific/Kiritimati'] as const;
    const [inOslo, ...there] = await Promise.all([datesIn('Europe/Oslo'), ...zones.map(datesIn)]);
    const { facts, registrations, published, quarantined } = JSON.parse(inOslo);
    expect(quarantined).toBe(0);
    expect(facts).toEqual([
      expect.objectContaining({ kind: 'Left', born: '2003-02-01', effective: '2026-03-29' }),
      expect.objectContaining({ kind: 'ContractSeen', born: '2003-02-01', to: '2025-12-10' }),
    ]);
    expect(registrations).toMatchObject([{ effective: '2026-03-29', schoolYear: '2025-26' }]);
    const [statuses, alerts] = published;
    expect(statuses).toMatchObject([{ effective: '2026-03-29', registeredFrom: '2026-03-29' }]);
    expect(alerts).toMatchObject([{ effective: '2026-03-29' }]);
    for (const [at, zone] of zones.entries()) expect(there[at]).toBe(inOslo.replace('Europe/Oslo', zone));
    expect(inOslo).not.toMatch(/2003-01-31|2025-12-09|2026-03-28/);
  },

  'E04 poison goes to the error topic without its content, an unknown code waits, and what is behind them flows':
    async () => {
      const pipeline = await createTestPipeline();
      const stage = stageOver(pipeline, '2026-10-07T07:00:00.000Z');
      const [unknown, ...good] = crowd(62, 4) as [Person, ...Person[]];
      const [before, behind, later] = good as [Person, Person, Person];
      const poison = Buffer.from(`{"fodselsnummer":"${unknown.fodselsnummer}" "navn":"KRITISK BJØRK"}`);
      const rows = [
        dropout(before, '2026-10-06'),
        poison,
        dropout(unknown, '2026-10-06', { avbruddsarsak: 'ZZ' }),
      ];
      await stage.send('2026-10-07T07:00:00.000Z', 'school-dropout', ...rows, dropout(behind, '2026-10-06'));
      for (const { fodselsnummer } of [before, behind])
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.registrations(unknown.fodselsnummer)).toEqual([]);
      expect(await stage.quarantine()).toEqual(['NOT_JSON', 'avbruddsarsak UNKNOWN_CODE']);
      const errors = pipeline
        .written()
        .filter(({ topic }) => topic === errorTopic(pipeline.org, 'school-dropout'));
      expect(errors).toHaveLength(2);
      for (const { key, value, headers } of errors)
        expect(JSON.stringify([key, value?.toString(), headers])).not.toMatch(
          new RegExp(`${unknown.fodselsnummer}|KRITISK|BJØRK`),
        );
      // VIGO adds a field to its list: it is not read, and takes nothing with it.
      const list = contracts([later], { nyttFelt: 'noe' });
      await stage.list('2026-10-08T01:00:00.000Z', 'apprenticeship', list);
      expect((await stage.youth(later.fodselsnummer))?.facts.map(({ kind }) => kind)).toEqual([
        'ContractSeen',
      ]);
    },

  'E05 while no consents come, what needs them waits or is stopped, and tilmelding, contact and status go on':
    staged({ county: '46', from: '2026-10-01T06:00:00.000Z' }, async (stage) => {
      const [late] = crowd(63, 1) as [Person];
      const left = [P02, late].map((who) => dropout(who, '2026-10-01', { skolenummer: '46014' }));
      await stage.send('2026-10-02T08:00:00.000Z', 'school-dropout', ...left);
      expect([...(await asked(stage, '2026-11-02T08:00:00.000Z', '2026-11')).keys()]).toEqual([]);
      await stage.send('2026-11-03T10:00:00.000Z', 'ot-adviser', contact(P02, '2026-11-03'));
      expect(await stage.registrations(P02.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 46']);
      // The backlog of consents comes, out of order: given in October, and for one of them withdrawn since.
      await stage.send(
        '2026-11-20T08:00:00.000Z',
        'consent',
        consent(late, 'A', 'TRUKKET', '2026-11-10T08:00:00.000Z'),
        ...(['A', 'B'] as const).flatMap((side) =>
          [P02, late].map((who) => consent(who, side, 'SAMTYKKET', '2026-10-05T08:00:00.000Z')),
        ),
      );
      // November's list has no one; the next month asks about the one whose consent lasts.
      expect([...(await fetched(stage, 'B-2026-11')).keys()]).toEqual([]);
      const ids = await asked(stage, '2026-12-01T08:00:00.000Z', '2026-12');
      expect([...ids.keys()]).toEqual([P02.fodselsnummer]);
      const december = [answer('2026-12', P02)];
      await stage.rows('2026-12-03T09:00:00.000Z', 'nav-match', delivery('2026-12', december));
      expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
      expect(await matchAlerts(stage, P02)).toEqual(['REIST 4601']);
    }),
};

const SCRIPT = fileURLToPath(new URL('./datesInZone.ts', import.meta.url));

const datesIn = (zone: string) => plainNode([SCRIPT], zone);
