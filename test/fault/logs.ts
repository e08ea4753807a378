import { seededRandom } from '../../src/local/sample/random.ts';
import { startOwnKafka } from '../harness/ownKafka.ts';
import { startRealParts } from '../harness/realParts.ts';
import { createDatabase } from './database.ts';
import { type LostLog, playLostLog } from './lostLog.ts';

// `npm run fault:logs`: Kafka's log loses its tail, or is put back from a copy, in twenty ways drawn by a seed: cut
// off or grown again to less, as much or more than before, under a running bridge or a stopped one, with or without
// submissions that were not handled. Each is reported within ten seconds, and nothing is lost without a report. About
// ten minutes. FAULT_SEED repeats a run; FAULT_VARIANTS makes fewer.

const SEED = Number(process.env.FAULT_SEED ?? 20_261_122);
const VARIANTS = Number(process.env.FAULT_VARIANTS ?? 20);

const random = seededRandom(SEED);
const variants: LostLog[] = Array.from({ length: VARIANTS }, (_, index) => {
  const running = index % 2 === 0;
  const lost = random.between(2, 20);
  const regrown = [0, Math.ceil(lost / 2), lost, 2 * lost + 4][Math.floor(index / 2) % 4] ?? 0;
  const unheard = running ? 0 : random.between(0, 6);
  return { seed: index + 1, kept: random.between(2, 12), lost, regrown, unheard, running };
});

const kafka = await startOwnKafka();
const parts = await startRealParts({ kafka: false });
let bad = 0;
let slowest = 0;
try {
  console.log(`seed ${SEED}`);
  for (const variant of variants) {
    const databaseUrl = await createDatabase(parts.databaseUrl, `logs_${variant.seed}`);
    const { ms, codes, findings } = await playLostLog(kafka, databaseUrl, variant);
    slowest = Math.max(slowest, ms);
    if (findings.length > 0) bad += 1;
    console.log(
      `${JSON.stringify(variant)}: reported after ${(ms / 1_000).toFixed(1)} s, ${codes.join(', ')}${findings.map((each) => `\n    - ${each}`).join('')}`,
    );
  }
} finally {
  await kafka.stop();
  await parts.stop();
}
console.log(
  `\n${variants.length - bad} of ${variants.length} found nothing, slowest alert ${(slowest / 1_000).toFixed(1)} s`,
);
process.exit(bad > 0 ? 1 : 0);
