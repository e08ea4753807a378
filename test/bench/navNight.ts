import { orgId } from '../../src/core/organisation.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { COUNTIES, playNight } from '../store/navNight.ts';
import { startBenchParts } from './benchParts.ts';

// 15 counties ask NAV the same night: what their lists cost on a real Kafka and PostgreSQL.
// `node test/bench/navNight.ts [youths of each county] [processes]`

const [youths = 20_000, processes = 1] = process.argv.slice(2).map(Number);
const parts = await startBenchParts(false);
try {
  const topics = COUNTIES.flatMap((county) =>
    topicSpecs({
      ...{ org: orgId(`natt-${county}`), partitions: 2, replication: 1, retentionDays: 1 },
      ...{ virtualClock: false, projections: [] },
    }),
  ).filter(({ topic }) => topic.endsWith('.event.bridge'));
  await ensureTopics({ brokers: parts.brokers, topics });
  const night = await playNight({
    ...{ databaseUrl: parts.databaseUrl, brokers: parts.brokers, youths, processes, shared: false },
  });
  const lists = night.processes.flatMap((each) => each.lists).map(({ ms }) => ms / 1_000);
  const [least = 0, most = 0] = [Math.min(...lists), Math.max(...lists)];
  const whole = night.counties.filter(
    ({ rows, expected, sum, recounted }) => rows === expected && sum === recounted,
  );
  console.log(
    `${COUNTIES.length} counties of ${youths} youths, ${processes} process(es): ${(night.ms / 1_000).toFixed(1)} s`,
  );
  console.log(`  a list takes ${least.toFixed(1)} to ${most.toFixed(1)} s`);
  console.log(`  whole, and summed alike: ${whole.length} of ${night.counties.length}`);
  console.log(`  rows of another county: ${night.strangers}; match ids in two lists: ${night.shared}`);
  console.log(
    `  ${night.disclosures} disclosures, ${night.processes.reduce((sum, { sent }) => sum + sent, 0)} records`,
  );
  for (const { before, highest, lists: own } of night.processes)
    console.log(`  a process with ${own.length} lists: ${before} MB before, ${highest} MB at most`);
} finally {
  await parts.stop();
}
