import { afterAll, beforeAll, expect, test } from 'vitest';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

// One start command, several processes: who works which lane, what becomes of one that is killed, and what the first says
// of all.

const lines: string[] = [];
let pipeline: RealPipeline;
beforeAll(async () => {
  pipeline = await startRealPipeline({ clock: null });
  const write = (line: string) => void lines.push(line);
  await pipeline.restart({ laneProcesses: { count: 1, level: 'info', lines: { write } } });
});
afterAll(() => pipeline?.stop());

async function worked(): Promise<{ own: number; others: number }> {
  const text = await (await fetch(`${pipeline.current().url}/internal/metrics`)).text();
  const found = [...text.matchAll(/^ot_bridge_lane_worked\{(.*)\} 1$/gm)].map(([, labels = '']) => labels);
  const others = found.filter((labels) => labels.includes('process="2"')).length;
  return { own: found.length - others, others };
}
const shared = async () => {
  const { own, others } = await worked();
  return own === FEEDS.length && others === FEEDS.length;
};

async function decided(): Promise<number> {
  const [row] = await pipeline.query<{ youths: number }>('select count(*)::int as youths from youth');
  return row?.youths ?? 0;
}

test('shares every feed with its process, and says of both what they work', async () => {
  await until('each has one of two partitions of every feed', shared);
});

test('a process that is killed is started again, and nothing is lost or decided twice', async () => {
  await until('each has its share', shared);
  const [killed = 0] = pipeline.current().laneProcesses();
  const persons = crowd(42, 400);
  const records = persons.map((person, at) => dropout(person, `killed-${at}`));
  await pipeline.send('school-dropout', records.slice(0, 100));
  expect(lines.filter((line) => line.includes('batch.handled')).length).toBeGreaterThan(0);
  const sending = pipeline.send('school-dropout', records.slice(100, 300));
  await until('it has begun', async () => (await decided()) > 100);
  process.kill(killed, 'SIGKILL');
  await sending;
  await pipeline.send('school-dropout', records.slice(300));

  const alerts = (await pipeline.out('alert')).map(({ key }) => key);
  expect(new Set(alerts).size).toBe(persons.length);
  const [stored] = await pipeline.query<{ youths: number; events: number }>(
    'select count(*)::int as youths, sum(version)::int as events from youth',
  );
  expect(stored).toEqual({ youths: persons.length, events: persons.length });
  await until('another works in its place', shared);
  expect(pipeline.current().laneProcesses()).not.toEqual([killed]);
  expect(pipeline.logLines.filter((line) => line.includes('process.restarted'))).toHaveLength(1);
});

test('when the first stops, all have let their lanes go', async () => {
  const pids = pipeline.current().laneProcesses();
  await pipeline.restart();

  await until('the lanes are worked by the first alone', async () => {
    const { own, others } = await worked();
    return own === 2 * FEEDS.length && others === 0;
  });
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
