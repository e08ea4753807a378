import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import { writeXlsx } from '../../src/upload/xlsx/writeXlsx.ts';
import { startBenchParts } from './benchParts.ts';
import { newDatabase } from './cursors.ts';
import { dropout, identityNumbers, ORG } from './load.ts';
import { cpuSeconds, peakMegabytes } from './measure.ts';
import { startProgram } from './programs.ts';

// A list of many rows, uploaded while other records flow: how long until it is checked, and until the receipt is final;
// how long the event loop is held, and how much memory grows. `node test/bench/upload.ts`. UPLOAD_ROWS (20 000),
// UPLOAD_FLOW (records a second at the same time, 200), UPLOAD_ROUNDS (2: in the first everything still compiles).

const ROWS = Number(process.env.UPLOAD_ROWS ?? 20_000);
const FLOW = Number(process.env.UPLOAD_FLOW ?? 200);
const ROUNDS = Number(process.env.UPLOAD_ROUNDS ?? 2);
const HEAD = ['Hva raden gjelder', 'Fødselsnummer', 'Navn', 'Skolenummer', 'Avbruddsdato', 'Avbruddsårsak'];
const say = (text: string) => process.stdout.write(`${text}\n`);

interface Loop {
  delayMs: number;
  heldMs: number;
}

letKafkajsSleep();
const parts = await startBenchParts(false);
const child = startProgram('./uploadApp.ts', {
  BENCH_BROKERS: parts.brokers.join(),
  BENCH_DATABASE: await newDatabase(parts.databaseUrl, 'bench_upload'),
});
const kafka = new Kafka({ brokers: parts.brokers, logLevel: logLevel.NOTHING });
const producer = kafka.producer();
let flow: ReturnType<typeof startFlow> | undefined;
try {
  const base = await answer(child, 'serves ');
  await producer.connect();
  const numbers = identityNumbers(ROUNDS * 2 * ROWS + 100_000);
  flow = startFlow(producer, numbers.splice(0, 100_000));
  await sleep(3_000);
  await measureRecords(numbers.splice(0, ROWS));
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const kind of ['csv', 'xlsx'] as const)
      await measure(base, `round ${round}, ${kind}`, fileOf(kind, numbers.splice(0, ROWS)));
} finally {
  await flow?.stop();
  await producer.disconnect().catch(() => undefined);
  child.kill('SIGTERM');
  await once(child, 'exit');
  await parts.stop();
}

async function measure(base: string, name: string, bytes: Buffer): Promise<void> {
  const { pid } = child;
  if (pid === undefined) throw new Error('the program does not run');
  await loop();
  const before = residentMegabytes(pid);
  // From now on the peak is of this list.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const at = `${base}/organisations/${ORG}/feeds/school-dropout/uploads`;
  const began = performance.now();
  const processor = cpuSeconds(pid);
  const spent = () => cpuSeconds(pid) - processor;
  const { id } = await ask(at, { method: 'POST', body: new Uint8Array(bytes) });
  const read = { seconds: (performance.now() - began) / 1_000, loop: await loop() };
  const { counts } = await ask(`${at}/${id}/check`);
  const checked = { seconds: (performance.now() - began) / 1_000, loop: await loop() };
  const checking = spent();
  const sending = performance.now();
  const { receipt } = await ask(`${at}/${id}/send`, { method: 'POST', body: '{}' });
  const sent = { seconds: (performance.now() - sending) / 1_000, loop: await loop() };
  while (!(await ask(`${base}${receipt}`)).final) await sleep(100);
  const final = { seconds: (performance.now() - sending) / 1_000, loop: await loop() };
  const step = (word: string, { seconds, loop: { heldMs, delayMs } }: typeof read) =>
    `${word} ${seconds.toFixed(1)} s (loop held ${heldMs.toFixed(0)} ms of processor, ${delayMs.toFixed(0)} ms of time)`;
  say(
    [
      `${name}: ${counts.ready} of ${ROWS} rows ready, ${(bytes.length / 1024 / 1024).toFixed(1)} MB`,
      ...[step('read', read), step('checked', checked), step('sent', sent), step('final', final)],
      `processor: ${checking.toFixed(1)} s until checked, ${(spent() - checking).toFixed(1)} s from there until final, the other records' too`,
      `memory ${before} MB, at most ${peakMegabytes(pid) - before} MB more`,
    ].join('\n  '),
  );
}

/** The same number of records as one list of a program, that is without a file: what any list makes a new process grow by. */
async function measureRecords(numbers: readonly string[]): Promise<void> {
  const { pid } = child;
  if (pid === undefined) throw new Error('the program does not run');
  const before = residentMegabytes(pid);
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const records = numbers.map((number, at) => dropout(2_000_000 + at, number));
  for (let first = 0; first < records.length; first += 500) {
    const messages = records
      .slice(first, first + 500)
      .map(({ value, youth }) => ({ value, partition: youth % 4 }));
    await producer.send({ topic: feedTopic(ORG, 'school-dropout'), acks: -1, messages });
  }
  await sleep(5_000);
  say(
    `the same number of records without a file: memory ${before} MB, at most ${peakMegabytes(pid) - before} MB more`,
  );
}

async function ask(url: string, init: RequestInit = {}) {
  const type = init.body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
  const headers = init.body === undefined ? {} : { 'content-type': type };
  const response = await fetch(url, { ...init, headers });
  const body = JSON.parse(await response.text());
  if (!response.ok) throw new Error(`${response.status}: ${body.title}`);
  return body;
}

function loop(): Promise<Loop> {
  const said = answer(child, 'loop ').then((text): Loop => JSON.parse(text));
  child.stdin?.write('\n');
  return said;
}

async function answer({ stdout }: ChildProcess, word: string): Promise<string> {
  if (stdout === null) throw new Error('no output');
  for (;;) {
    const [chunk] = await once(stdout, 'data');
    const line = String(chunk)
      .split('\n')
      .find((each) => each.startsWith(word));
    if (line !== undefined) return line.slice(word.length);
  }
}

/** Others' records, evenly. */
function startFlow(to: Producer, numbers: readonly string[]) {
  let on = true;
  const running = (async () => {
    for (let youth = 0; on; youth += FLOW / 10) {
      const records = Array.from({ length: FLOW / 10 }, (_, index) => {
        const which = (youth + index) % numbers.length;
        return dropout(1_000_000 + which, numbers[which] ?? '');
      });
      const messages = records.map(({ value, youth: of }) => ({ value, partition: of % 4 }));
      const [first] = records;
      if (first !== undefined) await to.send({ topic: first.topic, acks: -1, messages });
      await sleep(100);
    }
  })();
  return {
    async stop() {
      on = false;
      await running;
    },
  };
}

function fileOf(kind: 'csv' | 'xlsx', numbers: readonly string[]): Buffer {
  const rows = numbers.map((number, at) => [
    'Avbrudd',
    number,
    `Navn ${at}`,
    '40014',
    '06.10.2026',
    'Feilvalg',
  ]);
  if (kind === 'xlsx') return writeXlsx([{ name: 'Liste', head: 1, rows: [HEAD, ...rows] }]);
  return Buffer.from([HEAD, ...rows].map((cells) => `${cells.join(';')}\r\n`).join(''));
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}
