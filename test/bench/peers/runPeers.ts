import { line } from '../appRun.ts';
import type { BenchTask } from '../benchFlags.ts';
import { startBenchParts } from '../benchParts.ts';
import { PER_YOUTH } from '../load.ts';
import { connectKafka } from '../topics.ts';
import { javaPeers } from './javaPeers.ts';
import { lostCases } from './lostCases.ts';
import { PEERS } from './peer.ts';
import { coldRuns } from './peerRuns.ts';
import { warmRuns } from './warmRuns.ts';

/** `npm run bench -- --peers [--warm]`. BENCH_YOUTHS (50 000), BENCH_ROUNDS (1: of A B C C B A), BENCH_WARM (600 seconds),
 *  BENCH_WARM_RATE (2 000 records a second). */
export async function runPeers({ warm }: Extract<BenchTask, { task: 'peers' }>): Promise<void> {
  const youths = Number(process.env.BENCH_YOUTHS ?? 50_000);
  const rounds = Number(process.env.BENCH_ROUNDS ?? 1);
  const seconds = Number(process.env.BENCH_WARM ?? 600);
  const perSecond = Number(process.env.BENCH_WARM_RATE ?? 2_000);
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  // Not while others run.
  await javaPeers();
  const parts = await startBenchParts(false);
  try {
    const kafka = await connectKafka(parts.brokers);
    try {
      const records = youths * (PER_YOUTH - 1);
      say(`${records} records of ${youths} youths each; broker, database and program on this machine`);
      say('the bridge decides follow-ups with all its rules, and keeps history and receipts');
      say('the peers do the simple job on as many records of the same size: one topic, no rules, no history');
      const plan = { peers: PEERS, youths, rounds, say };
      const runs = await coldRuns(parts, kafka, plan);
      if (warm) runs.push(...(await warmRuns(parts, kafka, { ...plan, seconds, perSecond })));
      for (const { kind, name, cost } of runs) say(line(`${kind}, ${name}`, cost));
      const lost = lostCases(runs);
      say(lost.length === 0 ? 'the bridge is behind in nothing' : 'where the bridge is behind:');
      for (const each of lost) say(`  ${each}`);
    } finally {
      await kafka.disconnect();
    }
  } finally {
    await parts.stop();
  }
}
