import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedProcess } from './daemon.ts';
import { type LogFile, lastFault } from './logFile.ts';
import { StartupError } from './startupError.ts';

export interface ReadinessCheck {
  part: EmbeddedProcess;
  /** e.g. `PostgreSQL` */
  name: string;
  log: LogFile;
  /** Matches a log line that explains a failure. */
  faulty: RegExp;
  limitMs: number;
  answers: () => Promise<boolean>;
}

/** @throws StartupError when the process ends, or does not answer within the limit (it is then stopped). */
export async function waitUntilReady(check: ReadinessCheck): Promise<void> {
  let ended = false;
  check.part.onExit(() => {
    ended = true;
  });
  for (const end = performance.now() + check.limitMs; performance.now() < end; await sleep(50)) {
    if (ended) break;
    if (await check.answers()) return;
  }
  const problem = ended ? 'startet ikke' : `svarte ikke innen ${check.limitMs / 1000} sekunder`;
  await check.part.stop();
  throw new StartupError(
    `${check.name} ${problem}: ${lastFault(check.log, check.faulty)} (se ${check.log.path}).`,
  );
}
