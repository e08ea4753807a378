import { setTimeout as sleep } from 'node:timers/promises';
import { feedTopic, outTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import type { Answers } from './against/answers.ts';
import { messagesOn, messagesSince, readAnswers } from './against/readAnswers.ts';
import { watchTopic } from './alertWatch.ts';
import { recordsThrough, startApp } from './appRun.ts';
import type { BenchParts } from './benchParts.ts';
import type { Build } from './build.ts';
import { dropDatabase, newDatabase, withClient } from './cursors.ts';
import { dropout, identityNumbers, type LoadRecord, ORG } from './load.ts';
import { peakMegabytes } from './measure.ts';
import { said } from './programs.ts';
import { sendRecords } from './send.ts';
import { type BenchKafka, makeTopics } from './topics.ts';

// VIGO's nightly OT list, sent by HTTP to a county whose youths are registered already: each row that has another status
// than ours gives an alert. The county's clock is virtual, so that the next night comes when it is asked for.

export const NIGHTS = ['first night', 'next night', 'after the pass'] as const;
export type Night = (typeof NIGHTS)[number];

export interface ListPlan {
  rows: number;
  /** Other youths who are worked before the third night. */
  pass: number;
  /** When the first records are received, in milliseconds since 1970: the same for all runs that are compared. */
  began: number;
  /** Whether events are counted: both builds keep them the same way. */
  countEvents: boolean;
}

export interface NightTimes {
  night: Night;
  /** Seconds from the sending of the list. */
  receipt: number;
  lastAlert: number;
  alerts: number;
}

export interface ListRun {
  build: Build;
  nights: NightTimes[];
  peakMegabytes: number;
  answers: Answers;
}

const DAY_MS = 86_400_000;
const CODES = ['OTOV', 'OTAR', 'OTSY'] as const;
/** One row in so many has another status the night after. */
const CHANGED = 10;

/** @param org of its own for each run: no run reads another's topics */
export async function runNights(
  parts: BenchParts,
  kafka: BenchKafka,
  build: Build,
  org: string,
  plan: ListPlan,
): Promise<ListRun> {
  const out = await makeTopics(parts.brokers, org, true);
  const before = await messagesOn(kafka.admin, out);
  const database = await newDatabase(parts.databaseUrl);
  const app = startApp(parts, database, { build, org, virtualClock: true, api: true });
  const alerts = await watchTopic(parts.brokers, outTopic(orgId(org), 'alert'));
  try {
    const url = (await said(app.child, 'serves ')).trim().replace('serves ', '');
    const at = `${url}/organisations/${org}`;
    const settled = () => allThrough(kafka, database, org);
    const setClock = async (days: number) => {
      const now = new Date(plan.began + days * DAY_MS).toISOString();
      await ask(`${at}/clock`, { now });
      await settled();
    };
    const work = async (records: Iterable<LoadRecord>) => {
      const own = Array.from(records, (each) => ({ ...each, topic: each.topic.replace(ORG, org) }));
      await sendRecords(kafka.producer, own, plan.began);
      await settled();
    };
    const numbers = identityNumbers(plan.rows + plan.pass);
    const listed = numbers.slice(0, plan.rows);
    await setClock(0);
    await work(listed.map((number, youth) => dropout(youth, number)));

    const nights: NightTimes[] = [];
    for (const [index, night] of NIGHTS.entries()) {
      if (night === 'after the pass')
        await work(numbers.slice(plan.rows).map((number, at) => dropout(plan.rows + at, number)));
      await setClock(index + 1);
      const known = alerts.count();
      const began = performance.now();
      const since = (moment: number) => (moment - began) / 1_000;
      const { receipt } = await ask(`${at}/feeds/ot-adviser`, listOf(listed, index));
      while (!(await ask(`${url}${receipt}`)).final) await sleep(50);
      const final = since(performance.now());
      await settled();
      nights.push({
        night,
        receipt: final,
        lastAlert: since(alerts.lastAt()),
        alerts: alerts.count() - known,
      });
    }
    const peak = peakMegabytes(app.child.pid ?? 0);
    await app.stop();
    const messages = Object.entries(messagesSince(before, await messagesOn(kafka.admin, out)));
    // By the topic's name without the run's own organisation.
    const named = Object.fromEntries(messages.map(([topic, count]) => [topic.replace(org, 'org'), count]));
    const run = { build, database, org, countEvents: plan.countEvents };
    return { build, nights, peakMegabytes: peak, answers: await readAnswers(run, named) };
  } finally {
    await alerts.stop();
    await app.stop();
    await dropDatabase(parts.databaseUrl, database);
  }
}

/** @param night from 0; one row in ten has another status than the night before */
export function listOf(numbers: readonly string[], night: number) {
  const otungdommer = numbers.map((fnr, row) => {
    const changes = row % CHANGED === 0 ? night : 0;
    return {
      person: { fnr, fdato: '14.03.2008' },
      otData: { aktivitetskode: CODES[changes % CODES.length], tilknytningnr: '40201' },
    };
  });
  return { errorMessage: '', antall: otungdommer.length, otungdommer };
}

/** Resolves when everything on the feeds is committed and published, and what came of it is read. */
async function allThrough({ admin }: BenchKafka, database: string, org: string): Promise<void> {
  const topics = FEEDS.map((feed) => feedTopic(orgId(org), feed));
  await withClient(database, async (client) => {
    for (let quiet = 0; quiet < 3; ) {
      const sent = [...(await messagesOn(admin, topics)).values()].reduce((sum, each) => sum + each, 0);
      quiet = (await recordsThrough(client)) === sent ? quiet + 1 : 0;
      await sleep(100);
    }
    const { rows } = await client.query('select problems from quarantine limit 1');
    if (rows.length > 0) throw new Error(`refused: ${JSON.stringify(rows[0])}`);
  });
}

/** Posts a body, or reads where there is none. */
async function ask(url: string, body?: object) {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(url, init);
  const answer = JSON.parse(await response.text());
  if (!response.ok) throw new Error(`${response.status}: ${answer.title} ${answer.detail ?? ''}`);
  return answer;
}
