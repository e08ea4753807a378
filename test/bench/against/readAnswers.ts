import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Build } from '../build.ts';
import { withClient } from '../cursors.ts';
import { outputOf } from '../programs.ts';
import type { Answers } from './answers.ts';

const OUTCOMES = ['applied', 'duplicate', 'rejected', 'quarantined', 'parked'] as const;

/** @param messages as `messagesOn` has counted them for this run alone */
export async function readAnswers(
  run: { build: Build; database: string; org: string; countEvents: boolean },
  messages: Answers['messages'],
): Promise<Answers> {
  const { build, database, org } = run;
  const env = { BENCH_BUILD: build.folder, BENCH_DATABASE: database, BENCH_ORG: org };
  const text = await outputOf('./against/youthsApp.ts', env, build);
  const lines = text.split('\n').filter(Boolean);
  const youths = new Map(
    lines.map((line): [string, string] => {
      const end = line.indexOf(' ');
      return [line.slice(0, end), line.slice(end + 1)];
    }),
  );
  if (youths.size !== lines.length) throw new Error('two youths have one number');
  return withClient(database, async (client) => {
    const sums = OUTCOMES.map((each) => `coalesce(sum(${each}), 0)::float8 as ${each}`).join(', ');
    const { rows: counted } = await client.query<Record<string, number>>(`select ${sums} from lane`);
    const { rows: events } = run.countEvents
      ? await client.query<{ n: number }>('select count(*)::float8 as n from event')
      : { rows: [] };
    return { youths, events: events[0]?.n ?? null, outcomes: counted[0] ?? {}, messages };
  });
}

/** How many messages each topic has had. */
export async function messagesOn(admin: Admin, topics: readonly string[]): Promise<Map<string, number>> {
  const counts = await Promise.all(
    topics.map(async (topic): Promise<[string, number]> => {
      const offsets = await offsetsOf(admin, topic);
      return [topic, offsets.reduce((sum, { high }) => sum + Number(high), 0)];
    }),
  );
  return new Map(counts);
}

/** A topic that was just made has no leader yet. */
async function offsetsOf(admin: Admin, topic: string, tries = 100): ReturnType<Admin['fetchTopicOffsets']> {
  try {
    return await admin.fetchTopicOffsets(topic);
  } catch (error) {
    const retriable = error instanceof Error && 'retriable' in error && error.retriable === true;
    if (!retriable || tries === 0) throw error;
    await sleep(100);
    return offsetsOf(admin, topic, tries - 1);
  }
}

export function messagesSince(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Answers['messages'] {
  return Object.fromEntries([...after].map(([topic, count]) => [topic, count - (before.get(topic) ?? 0)]));
}
