import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('relayApp.ts', import.meta.url));

export interface RelayProcess {
  process: ChildProcess;
  /** When it takes deliveries. */
  ready: Promise<unknown>;
}

/** The relay alone, as a process. @param stepMs between attempts, longer each time; the standard's timetable when left out */
export function startRelayProcess({
  brokers,
  databaseUrl,
  org,
  vaultKey,
  stepMs,
  quiet = false,
}: {
  brokers: readonly string[];
  databaseUrl: string;
  org: string;
  vaultKey: Buffer;
  stepMs?: number;
  /** Its faults are not printed: the database is killed. */
  quiet?: boolean;
}): RelayProcess {
  const relay = spawn(process.execPath, [APP], {
    env: {
      PATH: process.env.PATH,
      APP_BROKERS: brokers.join(),
      APP_DATABASE: databaseUrl,
      APP_ORG: org,
      APP_VAULT_KEY: vaultKey.toString('hex'),
      ...(stepMs !== undefined && { APP_STEP_MS: String(stepMs) }),
    },
    stdio: ['pipe', 'pipe', quiet ? 'ignore' : 'inherit'],
  });
  return { process: relay, ready: once(relay.stdout, 'data') };
}
