import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { backoff } from '../core/backoff.ts';
import type { LogDestination } from '../telemetry/logFile.ts';
import type { Logger, LogLevel } from '../telemetry/logger.ts';
import type { BridgeOptions } from './options.ts';

// Processes of one start command that share the lanes with it: JavaScript decides on one thread, and a county's night has
// more than one thread's work. Each joins and leaves as a process on another machine does, with a heap of its own that
// can be bounded; the command that started them restarts one that dies.

/** What such a process is given at its start: all of it plain data. */
export type LaneProcessOptions = Omit<
  BridgeOptions,
  'log' | 'login' | 'localIssuer' | 'signing' | 'laneProcesses' | 'access' | 'limits' | 'accesses' | 'relay'
> & { level: LogLevel };

export type ToLaneProcess =
  | { kind: 'start'; options: LaneProcessOptions }
  | { kind: 'report'; id: number }
  | { kind: 'stop' };

export type FromLaneProcess =
  | { kind: 'asksForOptions' }
  | { kind: 'report'; id: number; report: LaneProcessReport };

export interface LaneProcessReport {
  /** In Prometheus' text format. */
  metrics: string;
  /** Lanes whose loop has not turned for longer than any outage explains. */
  stuck: string[];
}

export interface LaneProcesses {
  /** Lets them work: tables and topics are there. */
  begin(): void;
  /** Metrics of each that answers in time, by its number (from 2: the first is the command's own process). */
  metrics(): Promise<{ process: string; text: string }[]>;
  /** Process ids of those that run. */
  pids(): number[];
  /** Each finishes its batches and lets its lanes go. */
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../laneProcess.ts', import.meta.url));
/** One that does not answer is not waited for by a scrape … */
const ANSWER_MS = 3_000;
const LOOK_MS = 15_000;
/** … and is ended when it has not for longer than any time limit of a statement or request. */
const SILENT_MS = 5 * 60_000;
/** Longer than a lane is drained. */
const STOP_MS = 20_000;
/** After this uptime a death is counted as the first. */
const HEALTHY_MS = 10_000;
const pauseBefore = backoff({ first: 500, longest: 30_000 });

interface Running {
  child: ChildProcess;
  /** performance.now() of its last answer. */
  heard: number;
}

/** They load their program immediately, and wait for `begin`. */
export function startLaneProcesses(
  count: number,
  options: LaneProcessOptions,
  { log, lines }: { log: Logger; lines: LogDestination },
): LaneProcesses {
  const stopping = new AbortController();
  const begun = Promise.withResolvers<void>();
  const running = new Map<number, Running>();
  const answers = new Map<number, (report: LaneProcessReport) => void>();
  let asked = 0;
  const kept = Array.from({ length: count }, (_, at) => keep(at + 2));
  const looks = setInterval(() => void look(), LOOK_MS);
  looks.unref();

  /** Starts it, and again when it dies. */
  async function keep(number: number): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const since = performance.now();
      const child = start();
      running.set(number, { child, heard: since });
      const [exitCode, signal] = await ended(child);
      running.delete(number);
      if (stopping.signal.aborted) return;
      failures = performance.now() - since < HEALTHY_MS ? failures + 1 : 1;
      log.event('process.restarted', {
        process: String(number),
        ...(exitCode !== null && { exitCode }),
        ...(signal !== null && { signal }),
      });
      await sleep(pauseBefore(failures), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  function start(): ChildProcess {
    const child = fork(PROGRAM, {
      // The bound of the young heap above all; not a debugger's port.
      execArgv: process.execArgv.filter((flag) => flag.startsWith('--max-')),
      // Keys and buffers as they are.
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on('line', (line) => lines.write(`${line}\n`));
    child.on('message', (message: FromLaneProcess) => {
      // One that comes up while all stop is not begun: the stop that was sent may have come before it listened.
      if (message.kind === 'asksForOptions')
        void begun.promise.then(() =>
          tell(child, stopping.signal.aborted ? { kind: 'stop' } : { kind: 'start', options }),
        );
      else if (message.kind === 'report') {
        answers.get(message.id)?.(message.report);
        answers.delete(message.id);
      }
    });
    return child;
  }

  async function report(each: Running): Promise<LaneProcessReport | null> {
    asked += 1;
    const id = asked;
    const answer = new Promise<LaneProcessReport>((resolve) => answers.set(id, resolve));
    tell(each.child, { kind: 'report', id });
    const timer = new AbortController();
    const late = sleep(ANSWER_MS, null, { signal: timer.signal, ref: false }).catch(() => null);
    const heard = await Promise.race([answer, late]);
    timer.abort();
    answers.delete(id);
    if (heard !== null) each.heard = performance.now();
    return heard;
  }

  /** Ends what hangs: `keep` starts another in its place. */
  async function look(): Promise<void> {
    for (const each of [...running.values()]) {
      const heard = await report(each);
      const hangs = heard === null ? performance.now() - each.heard > SILENT_MS : heard.stuck.length > 0;
      if (hangs) each.child.kill('SIGKILL');
    }
  }

  return {
    begin: () => begun.resolve(),
    async metrics() {
      const reports = await Promise.all(
        [...running].map(async ([number, each]) => ({ number, heard: await report(each) })),
      );
      return reports.flatMap(({ number, heard }) =>
        heard === null ? [] : [{ process: String(number), text: heard.metrics }],
      );
    },
    pids: () => [...running.values()].flatMap(({ child: { pid } }) => (pid === undefined ? [] : [pid])),
    async stop() {
      stopping.abort();
      begun.resolve();
      clearInterval(looks);
      for (const { child } of running.values()) tell(child, { kind: 'stop' });
      const all = Promise.all(kept);
      const timer = new AbortController();
      await Promise.race([all, sleep(STOP_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
      for (const { child } of running.values()) child.kill('SIGKILL');
      await all;
    },
  };
}

async function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  try {
    const [exitCode, signal] = await once(child, 'exit');
    return [exitCode, signal];
  } catch {
    // It could not be started at all.
    return [null, null];
  }
}

/** One that has just died is restarted, and given its options then. */
function tell(child: ChildProcess, message: ToLaneProcess): void {
  if (child.connected) child.send(message, () => undefined);
}
