import { feedTopic } from '../../../src/core/messages/topic.ts';
import { type AppPlan, startApp, watch } from '../appRun.ts';
import type { BenchParts } from '../benchParts.ts';
import { type Build, haveOneSchema } from '../build.ts';
import { checkpoint, copyDatabase, dropDatabase, moveCursors, newDatabase } from '../cursors.ts';
import { latency } from '../latency.ts';
import { dropout, followUp, identityNumbers, ORG, PER_YOUTH, statusChange } from '../load.ts';
import { sendRecords } from '../send.ts';
import { type BenchKafka, connectKafka, makeTopics } from '../topics.ts';
import { turns } from '../turns.ts';
import { type Answers, disagreements } from './answers.ts';
import type { Delay, Load, Measured } from './measured.ts';
import { messagesOn, messagesSince, readAnswers } from './readAnswers.ts';

// Two builds by turns on one broker and one database server, each run from a copy of the same filled database.

export interface ComparePlan {
  builds: readonly [Build, Build];
  youths: number;
  /** Of A B B A. */
  rounds: number;
  /** Of 500 records a second; 0 leaves it out. */
  latencySeconds: number;
  /** Both take samples of their heap. */
  heap: boolean;
  /** Each build fills its own databases, though the schemas are the same. */
  own: boolean;
  say(line: string): void;
}

/** A finished run, its database open to no program. */
interface Ended {
  build: Build;
  database: string;
}

/** What was measured, and in what the answers are not equal: a line for each load, run and difference. */
export interface Comparison {
  measured: Measured[];
  delays: Delay[];
  unequal: string[];
}

export async function compareBuilds(parts: BenchParts, plan: ComparePlan): Promise<Comparison> {
  const kafka = await connectKafka(parts.brokers);
  try {
    return await createComparison(parts, plan, kafka).run(await makeTopics(parts.brokers, ORG));
  } finally {
    await kafka.disconnect();
  }
}

function createComparison(parts: BenchParts, plan: ComparePlan, kafka: BenchKafka) {
  const { builds, youths, say } = plan;
  const oneSchema = haveOneSchema(...builds);
  const shared = oneSchema && !plan.own;
  const numbers = identityNumbers(youths);
  const { producer, admin } = kafka;
  const measured: Measured[] = [];
  const unequal: string[] = [];

  /** The databases that further runs begin from: the other build's where both can read it, and so is it read by the newer. */
  const kept = (ended: readonly Ended[], build: Build): string => {
    const of = shared ? builds[1] : build;
    const found = ended.find((each) => each.build === of);
    if (found === undefined) throw new Error(`${of.name} has filled no database`);
    return found.database;
  };

  async function phase(
    load: Load,
    out: readonly string[],
    { count, warm }: { count: number; warm: number },
    from?: readonly Ended[],
  ): Promise<Ended[]> {
    const ended: (Ended & { answers: Answers })[] = [];
    for (const build of turns(builds, plan.rounds)) {
      const database = from
        ? await copyDatabase(parts.databaseUrl, kept(from, build))
        : await newDatabase(parts.databaseUrl);
      await checkpoint(parts.databaseUrl);
      const before = await messagesOn(admin, out);
      const options: AppPlan = { build, heap: plan.heap };
      const { app, cost } = await watch(
        parts,
        database,
        count,
        () => startApp(parts, database, options),
        warm,
      );
      await app.stop();
      const messages = messagesSince(before, await messagesOn(admin, out));
      const run = { build, database, org: ORG, countEvents: oneSchema };
      ended.push({ build, database, answers: await readAnswers(run, messages) });
      measured.push({ build, load, cost });
      say(`${load}, ${build.name}: ${Math.round(cost.eventsPerSecond)} records/s`);
    }
    const found = disagreements(ended.map(({ build, answers }) => ({ name: build.name, answers })));
    unequal.push(...found.map((each) => `${load}: ${each}`));
    const { youths: seen, events } = ended[0]!.answers;
    const verdict = found.length === 0 ? 'equal answers' : 'ANSWERS THAT ARE NOT EQUAL';
    say(`${load}: ${verdict} of ${ended.length} runs, ${seen.size} youths, ${events ?? 'uncounted'} events`);
    const firsts = builds.map((build) => ended.find((each) => each.build === build)!);
    const others = ended.filter((each) => !firsts.includes(each));
    for (const { database } of [...others, ...(from ?? [])]) await dropDatabase(parts.databaseUrl, database);
    return firsts;
  }

  async function delayed(from: readonly Ended[]): Promise<Delay[]> {
    const delays: Delay[] = [];
    for (const build of plan.latencySeconds > 0 ? turns(builds, plan.rounds) : []) {
      const database = await copyDatabase(parts.databaseUrl, kept(from, build));
      // What the build before was sent is not this one's.
      await moveCursors(admin, database, feedTopic(ORG, 'ot-adviser'), 'high');
      const app = startApp(parts, database, { build });
      const { p50, p99 } = await latency(parts.brokers, numbers, {
        perSecond: 500,
        seconds: plan.latencySeconds,
      }).finally(() => app.stop());
      await dropDatabase(parts.databaseUrl, database);
      delays.push({ build, p50, p99 });
      say(`500 records/s, ${build.name}: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`);
    }
    return delays;
  }

  function* year() {
    for (let step = 1; step < PER_YOUTH; step += 1)
      for (const [youth, number] of numbers.entries()) yield followUp(youth, number, step);
  }

  function* changes() {
    for (const turn of [0, 1])
      for (const [youth, number] of numbers.entries()) yield statusChange(youth, number, turn);
  }

  return {
    async run(out: readonly string[]): Promise<Comparison> {
      say(
        shared
          ? `${builds[1].name} fills the databases that both begin from`
          : 'each build fills its own databases',
      );
      await sendRecords(
        producer,
        numbers.map((number, youth) => dropout(youth, number)),
      );
      const born = await phase('new youths, cold', out, { count: youths, warm: 1 });
      const records = await sendRecords(producer, year());
      const known = await phase('follow-up', out, { count: records, warm: records / 10 }, born);
      const changed = await sendRecords(producer, changes());
      const last = await phase('status changes only', out, { count: changed, warm: changed / 10 }, known);
      const delays = await delayed(last);
      return { measured, delays, unequal };
    },
  };
}
