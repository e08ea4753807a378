import { feedTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import {
  attempt,
  contact,
  contract,
  declined,
  dropout,
  emigrated,
  moved,
  nonShow,
  notApplied,
  recode,
  referral,
  renumbered,
  started,
  status,
  terminated,
} from '../harness/feedRecords.ts';
import { storeThatKnows } from '../harness/keptVault.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { answer, bothSides, delivery } from '../harness/navMonth.ts';
import { type Person, person } from '../harness/persons.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { type Stage, stageOver } from '../harness/stage.ts';

// Half a year of one county with all feeds in it, and the same year read again from the topics into an empty store.
// What is carried over is what no topic contains: the vault's key, and which reference a number has.

const SETTING = { org: orgId('telemarkfylke-no'), county: '40' };
const START = '2026-08-15T06:00:00.000Z';
const END = '2027-03-20T08:00:00.000Z';

const [twice, apprentice, hired, pupil, gone, ...night] = crowd(80, 30) as [
  Person,
  Person,
  Person,
  Person,
  Person,
  ...Person[],
];
const P = person;
/** All persons of the year, under every number they have had. */
export const EVERYBODY: readonly Person[] = [
  ...(['P01', 'P02', 'P06', 'P06f', 'P07', 'P07f', 'P08', 'P09', 'P12', 'P16', 'P19'] as const).map(P),
  twice,
  apprentice,
  hired,
  pupil,
  gone,
  ...night,
];

export interface Played {
  pipeline: TestPipeline;
  stage: Stage;
  /** Bytes of the reports of 15 November and 15 February. */
  reports: string[];
}

export async function playYear(): Promise<Played> {
  const pipeline = await createTestPipeline(SETTING);
  const stage = stageOver(pipeline, START);
  const { send } = stage;
  await send(
    '2026-08-18T08:00:00.000Z',
    'vigo-intake',
    nonShow(P('P07'), '2026-08-17'),
    declined(P('P16'), '2026-08-17'),
  );
  await send(
    '2026-09-18T08:00:00.000Z',
    'folkeregister',
    protection(P('P08'), '6'),
    protection(P('P09'), '7'),
  );
  await schoolList(stage, '2026-09-20T08:00:00.000Z', [pupil, gone, ...night]);
  await contracts(stage, '2026-10-01T01:00:00.000Z', [apprentice, ...night]);
  await send('2026-10-02T07:00:00.000Z', 'school-dropout', ...dropouts());
  await send('2026-10-02T07:30:00.000Z', 'consent', ...consents());
  await send(
    '2026-10-03T07:00:00.000Z',
    'ot-adviser',
    attempt(P('P16'), '2026-10-03', 'BREV'),
    contact(P('P12'), '2026-10-03'),
  );
  await send('2026-10-05T07:00:00.000Z', 'folkeregister', renumbered(P('P06f'), P('P06'), '2026-10-05'));
  await send('2026-10-06T07:00:00.000Z', 'school-dropout', dropout(P('P07f'), '2026-10-05'));
  await send('2026-10-07T07:00:00.000Z', 'vigo-intake', renumbered(P('P07f'), P('P07'), '2026-10-05'));
  await send(
    '2026-10-08T07:00:00.000Z',
    'apprenticeship',
    terminated(hired, '2026-10-07', 'FV'),
    contract(hired, '2026-10-08', '912345678'),
  );
  await schoolList(stage, '2026-10-20T08:00:00.000Z', [pupil, ...night]);
  await contracts(stage, '2026-10-21T01:00:00.000Z', night);
  await contracts(stage, '2026-10-22T01:00:00.000Z', night);
  await send(
    '2026-10-23T07:00:00.000Z',
    'ot-adviser',
    status(P('P12'), '2026-10-23', 'OTOV'),
    referral(P('P19'), '2026-10-23'),
  );
  await stage.extract('2026-11-02T09:00:00.000Z', '2026-11');
  await stage.rows('2026-11-03T09:00:00.000Z', 'nav-match', november());
  await send(
    '2026-11-04T07:00:00.000Z',
    'folkeregister',
    moved(P('P12'), '2026-11-03', '3903'),
    emigrated(night[3] ?? gone, '2026-11-03'),
  );
  const reports = [await report(stage, '2026-11-15')];
  await send('2026-11-20T07:00:00.000Z', 'ot-adviser', recode(P('P06f'), '2026-11-20', 'ANDRE_GRUNNER'));
  await send(
    '2026-11-21T07:00:00.000Z',
    'consent',
    ...bothSides(P('P02'), '2026-11-21T06:00:00.000Z').map(withdrawn),
  );
  // A correction of the first dropout, and one that starts again.
  await send(
    '2026-12-01T07:00:00.000Z',
    'school-dropout',
    { ...first(), version: 2, avbruddsdato: '2026-09-28' },
    started(twice, '2026-11-30'),
  );
  reports.push(await report(stage, '2027-02-15'));
  await send('2027-03-16T07:00:00.000Z', 'vigo-intake', notApplied(P('P16'), '2027-28', '2027-03-15'));
  await stage.pass(END);
  return { pipeline, stage, reports };
}

/** How the topics are read again: in the order of their moments, or all of one feed, then all of another. */
export type Order = 'as it came' | readonly Feed[];

export async function replayYear(earlier: Played, order: Order): Promise<Played> {
  const pipeline = await createTestPipeline({ ...SETTING, store: storeThatKnows(earlier.pipeline.store) });
  const stage = stageOver(pipeline, START);
  const records = earlier.pipeline.records();
  if (order !== 'as it came') {
    for (const feed of order) {
      await pipeline.replay(records.filter(({ topic }) => topic === feedTopic(pipeline.org, feed)));
      await pipeline.settle();
    }
  } else {
    const moments = [...new Set(records.map(({ timestamp }) => timestamp ?? 0))].sort((a, b) => a - b);
    for (const moment of moments) {
      await pipeline.replay(records.filter(({ timestamp }) => timestamp === moment));
      await pipeline.settle();
    }
  }
  await stage.pass(END);
  await pipeline.conclude();
  await stage.pass(END);
  return { pipeline, stage, reports: [await report(stage, '2026-11-15'), await report(stage, '2027-02-15')] };
}

async function report(stage: Stage, referenceDate: string): Promise<string> {
  return (await stage.report(referenceDate)).snapshot.content.toString();
}

const first = () => ({ ...dropout(P('P01'), '2026-10-01'), id: 'avbrudd-p01' });

function dropouts(): object[] {
  const others = [P('P02'), P('P06'), P('P08'), P('P09'), P('P12'), twice];
  return [first(), ...others.map((who) => dropout(who, '2026-10-01'))];
}

function consents(): object[] {
  return [P('P02'), P('P12')].flatMap((who) => bothSides(who, '2026-10-01T08:00:00.000Z'));
}

function withdrawn(given: object): object {
  return { ...given, tilstand: 'TRUKKET' };
}

function november(): object[] {
  return delivery('2026-11', [answer('2026-11', P('P02')), answer('2026-11', P('P12'))]);
}

function protection({ fodselsnummer }: Person, gradering: string): object {
  return { id: `fr-${gradering}`, type: 'adressebeskyttelse', fodselsnummer, dato: '2026-09-01', gradering };
}

function schoolList(stage: Stage, at: string, pupils: readonly Person[]): Promise<void> {
  const elever = pupils.map((who) => ({ ...who, startdato: '2026-08-17' }));
  return stage.list(at, 'private-school', {
    skole: '40301',
    dato: at.slice(0, 10),
    antall: elever.length,
    elever,
  });
}

function contracts(stage: Stage, at: string, people: readonly Person[]): Promise<void> {
  const kontrakter = people.map(({ fodselsnummer, fodselsdato }) => ({
    elev: { fnr: fodselsnummer, fdato: fodselsdato.split('-').reverse().join('.') },
    bnr: '987654321',
    start: '15.08.2025',
    slutt: '14.08.2027',
  }));
  return stage.list(at, 'apprenticeship', { errorMessage: '', antall: kontrakter.length, kontrakter });
}
